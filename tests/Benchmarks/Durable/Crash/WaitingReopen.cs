using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AutoFlow.Benchmarks.Durable.Engine;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Crash;

/// <summary>Opens the file of a killed process, does one piece of work, and waits for the timers that are due soon.</summary>
internal static class WaitingReopen
{
    private const string Name = "waiting";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(Flags flags)
    {
        var (instances, soon, database) = (flags.Count("--instances", 500_000), flags.Count("--timers", 2_000), flags.Text("--database", ""));
        var born = long.Parse(flags.Text("--born", "0"), CultureInfo.InvariantCulture);
        var passed = new ConcurrentQueue<(DateTime Due, DateTime At)>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var size = DataFolder.SizeOf(database);

        await using var run = await EngineRun.StartAsync(database, BenchmarkFunctions.Registry(due =>
        {
            passed.Enqueue((due, DateTime.UtcNow));
            if (passed.Count == soon)
                all.TrySetResult();
        }));
        var started = Stopwatch.GetElapsedTime(born).TotalSeconds;
        await run.RaiseAsync(WaitingBenchmark.EventId(0));
        var (worked, upAt) = (Stopwatch.GetElapsedTime(born).TotalSeconds, DateTime.UtcNow);

        // Memory is measured before the timers are due, and once more when all is quiet again.
        var waiting = MemoryUse.Now();
        await Task.WhenAny(all.Task, Task.Delay(Patience));
        var late = passed.Where(one => one.Due >= upAt).Select(one => (one.At - one.Due).TotalMilliseconds).ToList();
        var after = MemoryUse.Now();
        if (late.Count == 0)
            throw new InvalidOperationException("No timer was due after the start: give them more time with --due-in <seconds>.");
        using var folder = new DataFolder(Path.GetDirectoryName(database)!);
        ResultLine.Of(
            ResultLine.Embedded,
            Name,
            folder,
            [("instances", instances), ("timersDueSoon", soon)],
            ("secondsToStarted", started),
            ("secondsToFirstWork", worked),
            ("managedMB", waiting.ManagedBytes / 1e6),
            ("workingSetMB", waiting.WorkingSetBytes / 1e6),
            ("workingSetAfterTimersMB", after.WorkingSetBytes / 1e6),
            ("databaseMB", size / 1e6),
            ("timersFired", passed.Count),
            ("timersDueWhileDown", passed.Count - late.Count),
            ("latenessP50Ms", Percentiles.Of(late, 0.5)),
            ("latenessP99Ms", Percentiles.Of(late, 0.99)),
            ("latenessMaxMs", late.Max())).Print();
        return passed.Count == soon ? 0 : 1;
    }
}
