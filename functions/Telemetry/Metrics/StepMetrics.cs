using System.Diagnostics;
using System.Diagnostics.Metrics;
using AutoFlow.Functions.Telemetry.Metrics;

namespace AutoFlow.Functions.Telemetry;

/// <summary>How steps go. Outcomes are <c>ok</c>, <c>error</c> (a call by protocol), <c>broken</c> (it threw) or the failure's stable code.</summary>
internal static class StepMetrics
{
    public const string Ok = "ok";
    public const string Error = "error";

    /// <summary>It threw: broken infrastructure, which the engine tries again.</summary>
    public const string Broken = "broken";

    /// <summary>What failure codes of the carriers' service begin with.</summary>
    private const string Carrier = "carrier-";

    private static readonly Histogram<double> Durations = MeterOf.Seconds(
        "autoflow.steps.duration", "How long a step ran.", 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);

    private static readonly Counter<long> Retries = MeterOf.AutoFlow.CreateCounter<long>("autoflow.steps.retries", "{try}", "Tries of a step after the first: by the workflow, and those that broken infrastructure will cause.");

    private static readonly Counter<long> CarrierErrors = MeterOf.AutoFlow.CreateCounter<long>("autoflow.carrier.errors", "{call}", "Steps that the carriers' service failed.");

    /// <param name="retry">How many times the workflow made the same call before.</param>
    public static void Ran(string step, string workflow, string outcome, int retry, TimeSpan duration)
    {
        Durations.Record(duration.TotalSeconds, new TagList { { "step", step }, { "outcome", outcome } });
        if (retry > 0 || outcome == Broken)
            Retries.Add(1, new TagList { { "step", step }, { "workflow", workflow }, { "cause", outcome == Broken ? Broken : "workflow" } });
        if (outcome.StartsWith(Carrier, StringComparison.Ordinal)) CarrierErrors.Add(1, new TagList { { "code", outcome } });
    }
}
