using AutoFlow.Protocols.Tests.Fakes;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutoFlow.Protocols.Tests;

/// <summary>A call that was sent is never sent again because the engine made a mistake afterwards.</summary>
public sealed class UnexpectedTests : IDisposable
{
    private readonly KnownSecrets _secrets = new();
    private readonly WrittenLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task What_nobody_expected_is_a_runtime_error_that_tells_nothing_of_the_data()
    {
        var outcome = await CallAsync(new Breaking(new ArgumentException("personal data")));

        Assert.Equal(StandardErrors.Runtime.Type, outcome.Error!.Type);
        Assert.DoesNotContain("personal", outcome.Error.Detail, StringComparison.Ordinal);
        Assert.Contains("System.ArgumentException", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("personal", _log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(48, true)]
    [InlineData(49, false)]
    [InlineData(9_000, false)]
    public async Task An_answer_is_as_deep_as_a_history_takes(int levels, bool fits)
    {
        var outcome = await CallAsync(new Breaking(null, JqValue.Parse(new string('[', levels) + new string(']', levels))));

        Assert.Equal(fits ? null : "the answer nests deeper than 48 levels", outcome.Error?.Detail);
        Assert.Equal(fits, outcome.Output is not null);
    }

    [Fact]
    public async Task A_host_that_stops_and_a_broken_source_of_secrets_are_no_outcome()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => CallAsync(new Breaking(new OperationCanceledException()), stopped.Token));
        await Assert.ThrowsAsync<IOException>(() => CallerOf(new Breaking(null), new BrokenSource()).CallAsync(
            new ProtocolCall("any", JqValue.FromObject(("body", JqValue.From("mark"))), "key", JqValue.Parse("""{"token":"mark"}""")), default));
    }

    private Task<ProtocolOutcome> CallAsync(IProtocol protocol, CancellationToken cancellation = default) =>
        CallerOf(protocol, _secrets).CallAsync(new ProtocolCall("any", JqValue.EmptyObject, "key", JqValue.EmptyObject), cancellation);

    private ProtocolCaller CallerOf(IProtocol protocol, ISecretSource secrets) => new(
        [protocol], new SecretMarks(secrets), Options.Create(new ProtocolOptions()), new ManualTime(), new Logger<ProtocolCaller>(new Factory(_log)));

    private sealed class Breaking(Exception? exception, JqValue? answer = null) : IProtocol
    {
        public string Name => "any";

        public Task<JqValue> CallAsync(ProtocolRequest request, CancellationToken cancellation) =>
            exception is null ? Task.FromResult(answer ?? JqValue.Null) : throw exception;
    }

    private sealed class BrokenSource : ISecretSource
    {
        public ValueTask<JqValue?> FindAsync(string name, CancellationToken cancellation) => throw new IOException("locked");
    }

    private sealed class Factory(WrittenLog log) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
