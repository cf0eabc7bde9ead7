using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AutoFlow.Functions.Telemetry;

namespace AutoFlow.Functions.Tests.Telemetry;

/// <summary>Tests that listen to spans or measures, or that must not be listened to, run by themselves: sources and meters belong to the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Listening
{
    public const string Name = "listening";
}

/// <summary>Keeps our spans, as an exporter sees them.</summary>
internal sealed class SpanList : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanList()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "test" || TelemetryExport.Sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = span => Spans.Inherit(span),
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Ended => [.. _ended];

    public Activity One(string name) => Assert.Single(Ended, span => span.OperationName == name);

    /// <summary>A run of a function, as a host makes it; current until it is stopped.</summary>
    public static Activity Run(string function) => new ActivitySource("test").StartActivity($"function {function}", ActivityKind.Consumer, default(ActivityContext))!;

    public void Dispose() => _listener.Dispose();
}

/// <summary>Keeps what our meter measures.</summary>
internal sealed class MeasureList : IDisposable
{
    private readonly MeterListener _listener = new();

    public MeasureList()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TelemetryNames.Source) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Instrument, value and attributes as one line each, in order.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Asks the gauges.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public IEnumerable<string> Of(string instrument) => Lines.Where(line => line.StartsWith(instrument + " ", StringComparison.Ordinal)).Select(line => line[(instrument.Length + 1)..]);

    public void Dispose() => _listener.Dispose();

    private void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var line = FormattableString.Invariant($"{instrument.Name} {value}");
        foreach (var (name, tag) in tags) line += $" {name}={tag}";
        lock (Lines) Lines.Add(line);
    }
}
