using System.Threading.Channels;
using AutoFlow.EmbeddedHost.Tests.Hosting;

namespace AutoFlow.EmbeddedHost.Tests.Triggers;

/// <summary>What a test learns from the functions that it runs.</summary>
public sealed class Probe
{
    private readonly Channel<string> _seen = Channel.CreateUnbounded<string>();

    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Tell(string what) => _seen.Writer.TryWrite(what);

    public async Task<string> NextAsync() => await _seen.Reader.ReadAsync().AsTask().WaitAsync(TestHost.Patience);

    public bool IsSilent => !_seen.Reader.TryPeek(out _);
}
