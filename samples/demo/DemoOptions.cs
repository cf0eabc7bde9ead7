using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.Demo;

/// <summary>How the demo runs.</summary>
/// <param name="DataFolder">Where the sample shop keeps its state; ignored by git.</param>
/// <param name="Inbox">The folder of the sample messages.</param>
/// <param name="Speed">Virtual seconds per real second of the carriers' clock; 0 leaves it standing.</param>
/// <param name="Exit">True to end once every message is at rest, instead of staying up.</param>
/// <param name="Trace">The name of the sample message whose trace is shown at rest; null shows none.</param>
public sealed record DemoOptions(string DataFolder, string Inbox, double Speed, bool Exit, string? Trace = null)
{
    /// <summary>Set by <c>--trace</c>; empty for the first sample message.</summary>
    public const string TraceSetting = "trace";

    /// <summary>Fastest clock: a year an hour and more; beyond it follow-ups would only pile up.</summary>
    private const double Fastest = 100_000;

    /// <summary>Null when the demo is off (<c>AUTOFLOW_DEMO</c> is not true). Throws <see cref="FormatException"/> when a setting makes no sense.</summary>
    public static DemoOptions? Read(IConfiguration configuration)
    {
        if (!Flag(configuration, "AUTOFLOW_DEMO")) return null;
        var data = Path.GetFullPath(configuration["AUTOFLOW_DATA"] is { Length: > 0 } set ? set : "data");
        var inbox = Path.Combine(AppContext.BaseDirectory, "inbox");
        return new DemoOptions(Path.Combine(data, "shop"), inbox, ReadSpeed(configuration), Flag(configuration, "AUTOFLOW_DEMO_EXIT"), ReadTrace(configuration, inbox));
    }

    /// <summary>The command line for the host: <c>--trace</c> may stand without a value, which the host's own reader does not know.</summary>
    public static string[] Complete(string[] args) =>
        [.. args.Select((arg, at) => arg == $"--{TraceSetting}" && (at == args.Length - 1 || args[at + 1].StartsWith('-')) ? $"{arg}=" : arg)];

    /// <summary>Whether a command line has <c>--trace</c>.</summary>
    public static bool AskForTrace(IReadOnlyList<string> args) =>
        args.Any(arg => arg == $"--{TraceSetting}" || arg.StartsWith($"--{TraceSetting}=", StringComparison.Ordinal));

    private static string? ReadTrace(IConfiguration configuration, string inbox)
    {
        if (configuration[TraceSetting] is not { } asked) return null;
        var messages = SampleMessage.Load(inbox);
        var named = asked.Length == 0 ? messages[0] : messages.FirstOrDefault(message => message.Id == asked || message.Name == asked);
        return named?.Name ?? throw new FormatException($"--trace is '{asked}', which no sample message is named; give one like {messages[0].Name}.");
    }

    private static bool Flag(IConfiguration configuration, string name) => configuration[name] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var flag) => flag,
        "1" => true,
        "0" => false,
        var text => throw new FormatException($"{name} is '{text}': set it to true or false."),
    };

    private static double ReadSpeed(IConfiguration configuration)
    {
        if (configuration["speed"] is not { } text) return 0;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed is >= 0 and <= Fastest
            ? speed
            : throw new FormatException($"--speed is '{text}': give virtual seconds per second, 0 to {Fastest:0}; 3600 lets an hour pass each second.");
    }
}
