using System.Globalization;

namespace AutoFlow.Benchmarks.Pipeline;

/// <summary>What a run through the whole pipeline is to do.</summary>
/// <param name="Messages">How many messages are handed in.</param>
/// <param name="KillEvery">How often the app is killed (SIGKILL) and started again while messages are at work, if it has taken some since; null never kills.</param>
/// <param name="Data">Where the app and the sample shop keep their files; emptied first.</param>
/// <param name="Seed">Decides the order of the messages.</param>
/// <param name="InFlight">How many messages are on their way to the app at one time.</param>
/// <param name="Rate">Messages a second that are handed in at the most; null hands in as many as the app takes.</param>
/// <param name="MostWaiting">The app's setting Messages:MostWaiting; null leaves its default.</param>
/// <param name="Program">The folder of the built app; null takes the one beside this program.</param>
internal sealed record PipelineOptions(int Messages, TimeSpan? KillEvery, string Data, int Seed, int InFlight, double? Rate, int? MostWaiting, string? Program)
{
    public const string Help = "pipeline --messages 1000 --kill-every 60s --data data/pipeline [--seed 1] [--in-flight 32] [--rate 30] [--most-waiting 5000] [--program <folder of the published app>]";

    private const int FewestSeconds = 5;

    /// <summary>Reads the command line; a mistake is one line.</summary>
    public static (PipelineOptions? Options, string? Mistake) Read(ReadOnlySpan<string> args)
    {
        var options = new PipelineOptions(1_000, null, Path.Combine("data", "pipeline"), 1, 32, null, null, null);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) return (null, $"{args[i]} needs a value.");
            var value = args[i + 1];
            var read = args[i] switch
            {
                "--messages" => Number(value, 1, SampleTraffic.Most) is { } count ? options with { Messages = count } : null,
                "--kill-every" => Seconds(value) is { } every ? options with { KillEvery = every > TimeSpan.Zero ? every : null } : null,
                "--data" => options with { Data = value },
                "--seed" => Number(value, 0, int.MaxValue) is { } seed ? options with { Seed = seed } : null,
                "--in-flight" => Number(value, 1, 1_000) is { } many ? options with { InFlight = many } : null,
                "--rate" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate > 0 ? options with { Rate = rate } : null,
                "--most-waiting" => Number(value, 1, int.MaxValue) is { } most ? options with { MostWaiting = most } : null,
                // From here: the app runs in a folder of its own.
                "--program" => Directory.Exists(value) ? options with { Program = Path.GetFullPath(value) } : null,
                _ => null,
            };
            if (read is null) return (null, $"{args[i]} {value} makes no sense. Usage: {Help}");
            options = read;
        }

        return (options, null);
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    /// <summary>Such as 60s; 0s for never.</summary>
    private static TimeSpan? Seconds(string text) =>
        int.TryParse(text.AsSpan().TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is 0 or >= FewestSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
