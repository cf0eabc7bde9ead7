using System.Diagnostics.Metrics;

namespace AutoFlow.Functions.Telemetry.Metrics;

/// <summary>The one meter. Its instruments cost next to nothing while nobody listens.</summary>
internal static class MeterOf
{
    public static Meter AutoFlow { get; } = new(TelemetryNames.Source);

    /// <summary>A histogram in seconds.</summary>
    /// <param name="buckets">Upper bounds, in seconds.</param>
    public static Histogram<double> Seconds(string name, string description, params double[] buckets) => AutoFlow.CreateHistogram(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });
}
