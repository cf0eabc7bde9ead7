using OpenTelemetry;

namespace AutoFlow.Functions.Telemetry.Hosts;

/// <summary>What the embedded host needs of OpenTelemetry: nothing, it is this process.</summary>
internal static class HostTelemetry
{
    public static void Use(OpenTelemetryBuilder telemetry) => ArgumentNullException.ThrowIfNull(telemetry);
}
