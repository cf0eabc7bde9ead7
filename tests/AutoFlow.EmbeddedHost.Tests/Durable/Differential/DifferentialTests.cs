using System.Diagnostics;
using AutoFlow.EmbeddedHost.Tests.Durable.Differential.Oracle;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential;

/// <summary>
/// Random programs of orchestrations, and random clients, crashes and pauses, give on the engine what a plain interpreter gives. A failure prints
/// its seed; AUTOFLOW_SEED repeats it, AUTOFLOW_LONG_MINUTES goes on for so long.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int ScenariosPerBatch = 12;
    private const int Batches = 6;

    /// <summary>
    /// Where chance has been against something, there are more, but no more than these: so many that what is still rare then cannot happen.
    /// The first six are enough for most seeds, the one of CI among them.
    /// </summary>
    private const int MostBatches = 150;

    /// <summary>How often each of the things below must have happened.</summary>
    private const int Least = 4;

    /// <summary>How many orders of what happens at one moment are tried before the engine is called wrong.</summary>
    private const int Orders = 4000;

    /// <summary>What must have happened: each operation with success and in vain, each way for a step to end. Those joined by + count together.</summary>
    private static readonly string[] Wanted =
    [
        "start", "start later", "start in place of an earlier one", "start refused: has been", "start refused: lives",
        "client: Event to what lives", "client: Event to what has ended", "client: Event to nobody",
        "client: Suspend to what lives", "client: Suspend to what has ended", "client: Suspend to nobody",
        "client: Resume to what lives", "client: Resume to what has ended", "client: Resume to nobody",
        "client: Terminate to what lives", "client: Terminate to what has ended", "client: Terminate to nobody",
        "purge of one", "purge of a family", "purge of nothing", "purge of all, some there", "purge of all, none there",
        "query: Running", "query: Completed", "query: Failed", "query: Terminated", "query: Suspended", "query: Pending", "query: unknown",
        "suspend", "suspend again", "resume with something held", "resume with nothing held", "resume what runs",
        "terminate", "terminate before the start", "terminate a child along", "event before the start",
        "call succeeded", "call failed", "attempt succeeded", "attempt failed",
        "retry by policy succeeded", "retry by policy exhausted", "retry by handler succeeded", "retry by handler exhausted",
        "timer fired", "timer cancelled", "event", "event buffered", "event in time", "event timed out",
        "race won by Sleep, others cancelled + race won by Sleep, others left", "race won by Listen, others cancelled + race won by Listen, others left",
        "race won by Child, others cancelled + race won by Child, others left",
        "fan-in succeeded", "fan-in failed", "failure caught", "orchestration completed", "orchestration failed",
        "child returned", "child failed", "child refused", "child was terminated", "child tried again", "child in place of an earlier one",
        "event sent", "event sent to nobody", "event sent to what has ended", "custom status set", "custom status removed",
        "start over, events none", "start over, events carried", "start over, events dropped", "crash", "crash, client cut off", "reopened", "asleep",
    ];

    private readonly Counts _counts = new();
    private string? _failed;

    [Fact]
    public void The_engine_agrees_with_the_oracle()
    {
        var clock = Stopwatch.StartNew();
        var seed = LongMode.Seed;
        for (var batch = 0; batch < Batches || clock.Elapsed < LongMode.Length || (batch < MostBatches && Rare().Any()); batch++, seed++)
        {
            try
            {
                Prop.ForAll(Scenarios.All, scenario => AgreesAsync(scenario).GetAwaiter().GetResult())
                    .Check(Config.QuickThrowOnFailure.WithMaxTest(ScenariosPerBatch).WithReplay(Mixed(seed), Mixed(~seed) | 1));
            }
            catch (Exception)
            {
                // The last scenario that failed is the smallest.
                throw new InvalidOperationException($"AUTOFLOW_SEED={seed} repeats this.\n{_failed}");
            }
        }

        output.WriteLine($"Seeds {LongMode.Seed} to {seed - 1}, in {clock.Elapsed.TotalSeconds:0} s:\n{_counts}");
        Assert.Empty(Rare());
    }

    private IEnumerable<string> Rare()
        => Wanted.Where(each => each.Split(" + ").Sum(what => _counts[what]) < Least).Select(each => $"{each}: less than {Least} times");

    /// <summary>Seeds that have nothing in common although their numbers are neighbours (the end of SplitMix64, with which the generator steps from one to the next).</summary>
    private static ulong Mixed(ulong seed)
    {
        seed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
        seed = (seed ^ (seed >> 27)) * 0x94D049BB133111EB;
        return seed ^ (seed >> 31);
    }

    private async Task AgreesAsync(Scenario scenario)
    {
        // Both kinds of engine, in a scenario that is made smaller too.
        await AgreesAsync(scenario, keeps: true);
        await AgreesAsync(scenario, keeps: false);
    }

    private async Task AgreesAsync(Scenario scenario, bool keeps)
    {
        await using var driver = new Driver(keeps, refuses: scenario.Acts.Length % 3 == 0);
        try
        {
            await driver.PlayAsync(scenario);
            var counts = Explain(scenario, driver);
            counts.Add("scenario");
            counts.Add("crash", driver.Crashes);
            counts.Add("client refused by the disk", driver.Refusals);
            counts.Add("reopened", scenario.Acts.Count(act => act.Operation is Reopen { Asleep: false }));
            counts.Add("asleep", scenario.Acts.Count(act => act.Operation is Reopen { Asleep: true }));
            _counts.AddAll(counts);
        }
        catch (Exception exception)
        {
            _failed = $"The engine {(keeps ? "keeps instances in memory" : "forgets instances")}. {exception.Message}\n{scenario}\n{driver.Logs}";
            throw;
        }
    }

    /// <summary>Looks for an order of events in which the oracle sees what the engine has shown.</summary>
    private static Counts Explain(Scenario scenario, Driver driver)
    {
        List<string>? first = null;
        for (var order = 0; order < Orders; order++)
        {
            // A cut-off operation took effect or did not.
            var cutOff = driver.CutOff.Select((act, index) => (act, index)).ToDictionary(each => each.act, each => ((order >> each.index) & 1) == 0);
            var counts = new Counts();
            var expected = Reckoning.Of(scenario, cutOff, order < 1 << driver.CutOff.Count ? null : new Random(order), counts);
            first ??= expected;
            if (!expected.SequenceEqual(driver.Seen))
                continue;
            counts.Add(order < 1 << driver.CutOff.Count ? "explained at once" : "explained by another order");
            return counts;
        }

        var difference = Enumerable.Range(0, Math.Max(first!.Count, driver.Seen.Count))
            .Select(line => (Oracle: first.ElementAtOrDefault(line), Engine: driver.Seen.ElementAtOrDefault(line)))
            .Where(each => each.Oracle != each.Engine)
            .Select(each => $"  oracle: {each.Oracle}\n  engine: {each.Engine}");
        throw new InvalidOperationException($"In no order does the oracle agree:\n{string.Join('\n', difference)}");
    }
}
