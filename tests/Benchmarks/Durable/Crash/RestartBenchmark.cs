using System.Diagnostics;
using System.Globalization;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Crash;

/// <summary>
/// A kill -9 in the middle of W1's load: how long until the next process completes a step, whether everything that was acknowledged
/// is there, and whether a step with a recorded result ran again.
/// </summary>
internal static class RestartBenchmark
{
    /// <summary>The child that is killed.</summary>
    public const string Load = "restart-load";

    /// <summary>The child that goes on.</summary>
    public const string GoOn = "restart-go-on";

    /// <summary>What the first child says in the middle of its load.</summary>
    public const string HalfDone = "half done";

    public static readonly string[] Flags = ["--data", "--instances"];
    public static readonly string[] ChildFlags = ["--database", "--instances", "--born"];

    public static async Task<int> RunAsync(Flags flags)
    {
        using var folder = new DataFolder(flags.Text("--data", Path.GetTempPath()));
        string[] rest = ["--database", folder.Database, "--instances", flags.Count("--instances", 10_000).ToString(CultureInfo.InvariantCulture)];
        using var load = OwnProcess.Start([Load, .. rest]);
        await load.KillAfterAsync(HalfDone);
        using var next = OwnProcess.Start([GoOn, .. rest, "--born", Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)]);
        return await next.PrintAsync();
    }
}
