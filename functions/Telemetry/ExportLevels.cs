using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace AutoFlow.Functions.Telemetry;

/// <summary>
/// From which level logs are exported. On Azure host.json's levels are the Functions host's own: the worker's logs go straight to
/// the exporter, and at Information ASP.NET Core writes addresses with keys in them, and Entity Framework its SQL.
/// </summary>
internal static class ExportLevels
{
    private static readonly (string? Category, LogLevel Level)[] Levels =
    [
        (null, LogLevel.Warning),
        ("AutoFlow", LogLevel.Information),
        ("Microsoft.AspNetCore", LogLevel.Warning),
        ("Microsoft.EntityFrameworkCore", LogLevel.Warning),
        ("Azure", LogLevel.Warning),
    ];

    /// <summary>Sets them for the exporter alone; what <c>Logging:LogLevel</c> or <c>Logging:OpenTelemetry:LogLevel</c> say about the same category comes first.</summary>
    public static void Use(ILoggingBuilder logging, IConfiguration configuration)
    {
        foreach (var (category, level) in Levels) logging.AddFilter<OpenTelemetryLoggerProvider>(category, level);
        // A rule for one provider outdoes every rule for all of them, so these must be the exporter's own too; of two for one category the later counts.
        foreach (var section in new[] { "Logging:LogLevel", "Logging:OpenTelemetry:LogLevel" })
        {
            foreach (var said in configuration.GetSection(section).GetChildren())
            {
                if (!Enum.TryParse<LogLevel>(said.Value, ignoreCase: true, out var level)) continue;
                logging.AddFilter<OpenTelemetryLoggerProvider>(said.Key.Equals("Default", StringComparison.OrdinalIgnoreCase) ? null : said.Key, level);
            }
        }
    }
}
