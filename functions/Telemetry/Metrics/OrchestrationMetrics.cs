using System.Diagnostics;
using System.Diagnostics.Metrics;
using AutoFlow.Functions.Telemetry.Metrics;

namespace AutoFlow.Functions.Telemetry;

/// <summary>Workflows that ended with an error that they did not catch; each became a ticket.</summary>
internal static class OrchestrationMetrics
{
    private static readonly Counter<long> Failures = MeterOf.AutoFlow.CreateCounter<long>("autoflow.orchestrations.failed", "{run}", "Workflow runs that ended with an error.");

    public static void Failed(string workflow) => Failures.Add(1, new TagList { { "workflow", workflow } });
}
