using System.Collections.Concurrent;
using System.Diagnostics;
using AutoFlow.Demo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Functions.Telemetry.Tree;

/// <summary>Keeps the spans of this process in memory, to show the trace of one message. It exists with <c>--trace</c> only.</summary>
public sealed class SpanCollector : IMessageTraces, IDisposable
{
    /// <summary>Calls over HTTP, by .NET itself. Those of no trace (the demo's own) are left out.</summary>
    private const string HttpSource = "System.Net.Http";

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public SpanCollector()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == HttpSource || TelemetryExport.Sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Source.Name == HttpSource && options.Parent == default ? ActivitySamplingResult.None : ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = span => Spans.Inherit(span),
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Every span that has ended, in the order of their ends.</summary>
    public IReadOnlyCollection<Activity> Ended => _spans;

    public IReadOnlyList<string> Tell(string inboxId)
    {
        Dispose();
        return SpanTree.Of(_spans, inboxId);
    }

    public void Dispose() => _listener.Dispose();
}

/// <summary>Registers the collector.</summary>
public static class SpanCollection
{
    /// <summary>Collects from now on when <c>--trace</c> was given.</summary>
    public static IServiceCollection AddMessageTraces(this IServiceCollection services, IConfiguration configuration) =>
        configuration[DemoOptions.TraceSetting] is null ? services : services.AddSingleton<IMessageTraces>(new SpanCollector());
}
