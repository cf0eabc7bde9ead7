using System.Collections.Concurrent;
using System.Diagnostics;

namespace AutoFlow.EmbeddedHost.Tests.Telemetry;

/// <summary>Tests that listen to spans, or that must not be listened to, run by themselves: sources belong to the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Listening
{
    public const string Name = "listening to spans";
}

/// <summary>Keeps the spans of the host's sources, and begins a trace of its own.</summary>
internal sealed class SpanList : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanList()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.DurableTask" or "Microsoft.Azure.Functions.Worker" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        Root = new ActivitySource("test").StartActivity("root")!;
    }

    /// <summary>What a caller does; current until it is stopped.</summary>
    public Activity Root { get; }

    public IReadOnlyList<Activity> Ended => [.. _ended];

    public Activity One(string name) => Assert.Single(Ended, span => span.OperationName == name);

    public IReadOnlyList<Activity> Named(string name) => [.. Ended.Where(span => span.OperationName == name)];

    public void Dispose()
    {
        Root.Dispose();
        _listener.Dispose();
    }
}
