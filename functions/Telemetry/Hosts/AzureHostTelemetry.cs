using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using OpenTelemetry;

namespace AutoFlow.Functions.Telemetry.Hosts;

/// <summary>Tells the Functions host that this worker exports by itself, and names the function app as the resource. Compiled for Azure only.</summary>
internal static class HostTelemetry
{
    public static void Use(OpenTelemetryBuilder telemetry) => telemetry.UseFunctionsWorkerDefaults();
}
