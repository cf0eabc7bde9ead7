using AutoFlow.Connectors.Graph;
using AutoFlow.Functions.Telemetry;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.Functions.Settings;

/// <summary>What can be seen to be wrong with the settings before anything is registered.</summary>
public static class SettingMistakes
{
    /// <summary>One line for each mistake, none with a value that may be secret.</summary>
    public static IReadOnlyList<string> In(IConfiguration configuration) =>
        [.. UnresolvedSecrets.In(configuration), .. TelemetryMistakes.In(configuration), .. Graph(configuration)];

    /// <summary>Prints them to the error output; false when there is one.</summary>
    public static bool SettingsAreGood(IConfiguration configuration)
    {
        var mistakes = In(configuration);
        foreach (var mistake in mistakes) Console.Error.WriteLine(mistake);
        if (mistakes.Count > 0) Console.Error.WriteLine($"Not started: {mistakes.Count} {(mistakes.Count == 1 ? "mistake" : "mistakes")} in the settings; docs/settings.md has them all.");
        return mistakes.Count == 0;
    }

    private static IEnumerable<string> Graph(IConfiguration configuration)
    {
        try
        {
            GraphOptions.Read(configuration);
            return [];
        }
        catch (InvalidOperationException half)
        {
            return [half.Message];
        }
    }
}
