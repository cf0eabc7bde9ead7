using System.Diagnostics;
using System.Text.Json;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Tests.Jq;

namespace AutoFlow.Benchmarks.Fuzz;

/// <summary>
/// Runs random programs on random inputs until the time is over. Every one must end in values or in one of the two
/// errors that are data; anything else is a finding. A watch-dog ends the process when one case takes too long, by the
/// processor's time: on a machine that others use too, the clock says little.
/// </summary>
internal sealed class JqFuzz
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(3);
    private readonly IReadOnlyList<string> corpus = [.. (JqVector.Load() ?? []).Select(v => v.Program)];
    private FuzzCase? running;
    private long startedAt;
    private long usedBefore;
    private int cases;
    private int compiled;
    private long values;
    private int errors;
    private int limits;
    private int findings;
    private TimeSpan slowest;
    private int slowestSeed;

    public static int Run(double minutes, int seed) => new JqFuzz().Search(TimeSpan.FromMinutes(minutes), seed);

    /// <summary>Shows one case again.</summary>
    public static int Show(int seed)
    {
        var fuzz = new JqFuzz();
        var one = FuzzCase.Make(seed, fuzz.corpus);
        Console.WriteLine($"{one.Program}\n{(one.Input.Length > 400 ? one.Input[..400] + "..." : one.Input)}");
        fuzz.Try(one);
        Console.WriteLine(fuzz.Report(seed, TimeSpan.Zero));
        return fuzz.findings;
    }

    private int Search(TimeSpan time, int seed)
    {
        using var watchDog = new Timer(_ => Watch(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(start) < time; i++)
            Try(FuzzCase.Make(unchecked(seed + i), corpus));
        Console.WriteLine(Report(seed, Stopwatch.GetElapsedTime(start)));
        return findings == 0 ? 0 : 1;
    }

    private void Try(FuzzCase one)
    {
        cases++;
        Volatile.Write(ref startedAt, Stopwatch.GetTimestamp());
        Volatile.Write(ref usedBefore, Environment.CpuUsage.TotalTime.Ticks);
        Volatile.Write(ref running, one);
        try
        {
            if (JqProgram.Compile(one.Program, []).Program is { } program)
            {
                compiled++;
                foreach (var value in program.Evaluate(JqValue.Parse(one.Input), [], null, DateTimeOffset.UnixEpoch).Take(10_000))
                    values += value.ToJson().Length > 0 ? 1 : 0;
            }
        }
        catch (JqException)
        {
            errors++;
        }
        catch (JqLimitException)
        {
            limits++;
        }
        catch (Exception unexpected)
        {
            findings++;
            Console.WriteLine($"seed {one.Seed}: {one.Program}\n  on {one.Input[..Math.Min(200, one.Input.Length)]}\n  {unexpected}");
        }

        Volatile.Write(ref running, null);
        var took = Environment.CpuUsage.TotalTime - new TimeSpan(usedBefore);
        if (took > slowest)
            (slowest, slowestSeed) = (took, one.Seed);
    }

    private void Watch()
    {
        if (Volatile.Read(ref running) is not { } one)
            return;
        var used = Environment.CpuUsage.TotalTime - new TimeSpan(Volatile.Read(ref usedBefore));
        if (used < Hang && Stopwatch.GetElapsedTime(Volatile.Read(ref startedAt)) < Stuck)
            return;
        Console.WriteLine($"hangs: seed {one.Seed}: {one.Program}\n  on {one.Input[..Math.Min(200, one.Input.Length)]}");
        Environment.Exit(3);
    }

    private string Report(int seed, TimeSpan time) => JsonSerializer.Serialize(new
    {
        seed,
        minutes = Math.Round(time.TotalMinutes, 2),
        mutatedPrograms = corpus.Count,
        cases,
        compiled,
        values,
        errors,
        limits,
        findings,
        slowestProcessorMs = Math.Round(slowest.TotalMilliseconds),
        slowestSeed,
        peakMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
    });
}
