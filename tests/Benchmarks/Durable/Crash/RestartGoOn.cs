using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AutoFlow.Benchmarks.Durable.Engine;
using AutoFlow.Benchmarks.Durable.Measuring;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Benchmarks.Durable.Crash;

/// <summary>Goes on where the killed process was, and holds what both did against what must be.</summary>
internal static class RestartGoOn
{
    public static async Task<int> RunAsync(Flags flags)
    {
        var database = flags.Text("--database", "");
        var born = long.Parse(flags.Text("--born", "0"), CultureInfo.InvariantCulture);
        var ran = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var (firstRun, firstStep) = (0L, 0L);
        using var notes = new RestartNotes(database, run: 2);
        await using var run = await EngineRun.StartAsync(database, RestartFunctions.Registry(notes, instance =>
        {
            Interlocked.CompareExchange(ref firstRun, Stopwatch.GetTimestamp(), 0);
            // The second step that an instance runs here: the result of its first one is recorded.
            if (!ran.TryAdd(instance, true))
                Interlocked.CompareExchange(ref firstStep, Stopwatch.GetTimestamp(), 0);
        }));
        var started = Stopwatch.GetTimestamp();

        // Those in flight at the kill: everything else is over.
        var live = new List<string>();
        await foreach (var instance in run.Client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running])))
            live.Add(instance.InstanceId);
        await Task.WhenAll(live.Select(id => run.Client.WaitForInstanceCompletionAsync(id)));
        var ended = Stopwatch.GetTimestamp();

        var check = await RestartCheck.OfAsync(database, run.Client);
        using var folder = new DataFolder(Path.GetDirectoryName(database)!);
        ResultLine.Of(
            ResultLine.Embedded,
            "restart",
            folder,
            [("instances", flags.Count("--instances", 10_000)), ("inFlight", Workload.InFlight)],
            ("msToStarted", Since(started)),
            ("msToFirstStepRunning", Since(firstRun)),
            ("msToFirstStepCompleted", Since(firstStep)),
            ("msToAllCompleted", Since(ended)),
            ("acknowledgedStarts", check.Acknowledged),
            ("goneOn", live.Count),
            ("runAgainWithoutResult", check.RunAgainWithoutResult),
            ("lost", check.Lost),
            ("runAgainWithResult", check.RunAgainWithResult),
            ("resultsNotUnique", check.ResultsNotUnique)).Print();
        return check.IsRight ? 0 : 1;

        double Since(long timestamp) => timestamp == 0
            ? throw new InvalidOperationException("Nothing was in flight at the kill: take more --instances.")
            : Stopwatch.GetElapsedTime(born, timestamp).TotalMilliseconds;
    }
}
