using System.Collections.Concurrent;
using System.Diagnostics;
using AutoFlow.Demo;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Functions.Telemetry.Tree;

/// <summary>Keeps the spans of this process in memory, to show the trace of one message. It exists in a demo with <c>--trace</c> only.</summary>
public sealed class SpanCollector : IMessageTraces, IDisposable
{
    /// <summary>Calls over HTTP, by .NET itself. Those of no trace (the demo's own) are left out.</summary>
    private const string HttpSource = "System.Net.Http";

    /// <summary>The sample inbox makes some thousands; a demo that stays up goes on making them.</summary>
    private const int Most = 50_000;

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
            ActivityStopped = Keep,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The last 50,000 spans that have ended, in the order of their ends.</summary>
    public IReadOnlyCollection<Activity> Ended => _spans;

    public IReadOnlyList<string> Tell(string inboxId)
    {
        Dispose();
        var lines = SpanTree.Of(_spans, inboxId);
        _spans.Clear();
        return lines;
    }

    public void Dispose() => _listener.Dispose();

    private void Keep(Activity span)
    {
        _spans.Enqueue(span);
        if (_spans.Count > Most) _spans.TryDequeue(out _);
    }
}

/// <summary>Registers the collector.</summary>
public static class SpanCollection
{
    /// <summary>Collects from now on when a demo runs that was asked for a trace.</summary>
    public static IServiceCollection AddMessageTraces(this IServiceCollection services) =>
        services.Any(static service => service.ImplementationInstance is DemoOptions { Trace: not null }) ? services.AddSingleton<IMessageTraces>(new SpanCollector()) : services;
}
