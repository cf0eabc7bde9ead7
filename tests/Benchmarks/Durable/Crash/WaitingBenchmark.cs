using System.Diagnostics;
using System.Globalization;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Crash;

/// <summary>
/// Very many instances that wait, half for an event and half for a time; their process is killed. What the next one needs until its
/// first work is done, what it holds, and how late its timers are.
/// </summary>
internal static class WaitingBenchmark
{
    /// <summary>The child that makes them.</summary>
    public const string Fill = "waiting-fill";

    /// <summary>The child that opens the file again.</summary>
    public const string Reopen = "waiting-reopen";

    /// <summary>What the first child says when all of them wait.</summary>
    public const string AllWait = "all wait";

    public static readonly string[] Flags = ["--data", "--instances", "--timers", "--due-in"];
    public static readonly string[] ChildFlags = ["--database", "--instances", "--timers", "--due-in", "--born"];

    /// <summary>The id of an instance that waits for an event.</summary>
    public static string EventId(int number) => $"event-{number.ToString("D7", CultureInfo.InvariantCulture)}";

    /// <summary>The id of an instance that waits for a time.</summary>
    public static string TimerId(int number) => $"timer-{number.ToString("D7", CultureInfo.InvariantCulture)}";

    public static async Task<int> RunAsync(Flags flags)
    {
        using var folder = new DataFolder(flags.Text("--data", Path.GetTempPath()));
        string[] rest =
        [
            "--database", folder.Database,
            "--instances", Text(flags.Count("--instances", 500_000)),
            "--timers", Text(flags.Count("--timers", 2_000)),
            "--due-in", Text(flags.Count("--due-in", 20)),
        ];
        using var fill = OwnProcess.Start([Fill, .. rest]);
        await fill.KillAfterAsync(AllWait);
        // The clock of Stopwatch is the machine's: both processes read the same.
        using var reopen = OwnProcess.Start([Reopen, .. rest, "--born", Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)]);
        return await reopen.PrintAsync();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
