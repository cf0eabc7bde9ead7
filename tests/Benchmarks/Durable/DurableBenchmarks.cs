using AutoFlow.Benchmarks.Durable.Bound;
using AutoFlow.Benchmarks.Durable.Crash;
using AutoFlow.Benchmarks.Durable.Engine;
using AutoFlow.Benchmarks.Durable.Measuring;
using AutoFlow.Benchmarks.Durable.Tables;

namespace AutoFlow.Benchmarks.Durable;

/// <summary>What durable execution costs, the bound that SQLite itself sets, and what a kill costs.</summary>
internal static class DurableBenchmarks
{
    /// <summary>Runs what the words ask for.</summary>
    /// <returns>The exit code: 1 where what was measured is not right, 2 for wrong words.</returns>
    public static async Task<int> RunAsync(string[] words)
    {
        try
        {
            return words switch
            {
                ["table", .. var files] => ResultTable.Print(files),
                ["growth", .. var flags] => await GrowthBenchmark.RunAsync(Flags.Parse(flags, GrowthBenchmark.Flags)),
                ["waiting", .. var flags] => await WaitingBenchmark.RunAsync(Flags.Parse(flags, WaitingBenchmark.Flags)),
                [WaitingBenchmark.Fill, .. var flags] => await WaitingFill.RunAsync(Flags.Parse(flags, WaitingBenchmark.ChildFlags)),
                [WaitingBenchmark.Reopen, .. var flags] => await WaitingReopen.RunAsync(Flags.Parse(flags, WaitingBenchmark.ChildFlags)),
                ["restart", .. var flags] => await RestartBenchmark.RunAsync(Flags.Parse(flags, RestartBenchmark.Flags)),
                [RestartBenchmark.Load, .. var flags] => await RestartLoad.RunAsync(Flags.Parse(flags, RestartBenchmark.ChildFlags)),
                [RestartBenchmark.GoOn, .. var flags] => await RestartGoOn.RunAsync(Flags.Parse(flags, RestartBenchmark.ChildFlags)),
                ["bound", .. var rest] => await RunAsync(rest, settings => settings.Bound == BoundKind.Callers ? CallersWorkloads.All : BoundWorkloads.All),
                [] => Usage(),
                _ => await RunAsync(words, _ => EngineWorkloads.All),
            };
        }
        catch (BadArgumentException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 2;
        }
    }

    private static async Task<int> RunAsync(
        string[] words, Func<WorkloadSettings, IReadOnlyDictionary<string, Func<WorkloadSettings, Task<ResultLine>>>> of)
    {
        var names = words.TakeWhile(word => !word.StartsWith('-')).ToList();
        var settings = WorkloadSettings.Of(Flags.Parse(words[names.Count..], WorkloadSettings.Flags));
        var workloads = of(settings);
        if (names.Find(name => !workloads.ContainsKey(name)) is { } unknown)
            throw new BadArgumentException($"durable: there is no workload '{unknown}'; there are {string.Join(", ", workloads.Keys)}");
        foreach (var name in names.Count > 0 ? names : workloads.Keys)
            (await workloads[name](settings)).Print();
        return 0;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("""
            Prints one line of JSON per workload. docs/benchmarks.md says what each figure means.
              durable w1 w1-alone w2 w3 w4       the engine: throughput, one at a time, fan-out, waiting, a long sequence
              durable bound [w1 ...]             the same work by bare SQLite: the bound
              durable table <file> ...           a table of such lines, each figure with its ratio to the bound before and after it
              durable waiting [--instances N]    a start with N instances waiting (500000), after a kill
              durable growth [--events N]        the file's size over N history events (10000000), with a purge beside that keeps
                                                 the newest --keep part (0.05); --smaller: 200000 events
              durable restart [--instances N]    a kill in the middle of N instances (10000): what is lost, what is done again
            Flags: --data <folder> where the database lies (the temp folder), and for workloads
              --scale <number>      shrinks every count (1)
              --in-flight <number>  instances at once (w1 200, w2 20, w3 1000)
              --warm-up <seconds>   before anything is measured (5)
              --ids <word>          sequential or random instance ids (sequential); the engine only
              --kind <word>         what the bound is: turns, all that an engine's turn writes, on one thread; callers, the same with
                                    callers that wait for their commit; history, a row a turn and nothing else (turns)
            """);
        return 2;
    }
}
