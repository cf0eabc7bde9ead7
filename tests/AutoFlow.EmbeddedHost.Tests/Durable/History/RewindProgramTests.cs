using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable.History;

/// <summary>Small random orchestrations fail, are taken back, and come to their end without doing again what they had done.</summary>
public sealed class RewindProgramTests
{
    private static readonly TaskOptions TwoTries = TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMinutes(1)));

    private static readonly Gen<Step> Leaf = Gen.Frequency(
        (6, from fails in Gen.Elements(true, false, false) from retried in Gen.Elements(true, false, false) select (Step)new Say(fails, retried)),
        (1, Gen.Choose(1, 50).Select(minutes => (Step)new Sleep(minutes))));

    [Fact]
    public void They_come_to_their_end()
        => Prop.ForAll(Gen.Sized(size => Program(Math.Min(size + 2, 16))).ToArbitrary(), program => HoldsAsync(program).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(120));

    private static Gen<Step> Program(int size) => size <= 1
        ? Leaf
        : Gen.Frequency(
            (1, Leaf),
            (3, Program(size / 2).ListOf(2).Select(steps => (Step)new Sequence([.. steps]))),
            (3, Program(size / 3).ListOf(3).Select(steps => (Step)new Parallel([.. steps]))),
            (1, Program(size / 2).Select(step => (Step)new Guarded(step))));

    private static async Task<bool> HoldsAsync(Step program)
    {
        var says = Leaves(program, "0").ToList();
        await using var app = await RewindApp.StartAsync(context => RunAsync(context, program, "0"));
        foreach (var (word, _) in says.Where(leaf => leaf.Say.Fails))
            app.Fails(word);
        await app.Host.RunAsync("Flow", id: RewindApp.Id);
        await app.Host.AdvanceAsync(TimeSpan.FromHours(12));

        for (var rewinds = 0; (await app.Host.GetAsync(RewindApp.Id)).RuntimeStatus == OrchestrationRuntimeStatus.Failed; rewinds++)
        {
            if (rewinds > says.Count)
                return false;
            var rewound = app.Rewound();
            if (!Replays(rewound, program))
                return false;
            var done = Done(rewound);
            var before = app.Ran.Count;
            await app.RewindAsync();
            if (app.Ran.Skip(before).Any(done.Contains))
                return false;
        }

        var instance = await app.Host.GetAsync(RewindApp.Id);
        return instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed
            && (Guards(program) || instance.ReadOutputAs<string>() == Expect(program, "0"));
    }

    /// <summary>The code decides alike in what stays, and waits for exactly what is to be brought about again.</summary>
    private static bool Replays(RewoundHistory rewound, Step program)
    {
        var execution = new OrchestrationExecution(RewindApp.Id, async context => await RunAsync(context, program, "0"), NullLoggerFactory.Instance);
        foreach (var turn in rewound.Turns)
            execution.Replay(turn);
        var answered = rewound.Turns.SelectMany(turn => turn.Received).Concat(rewound.Arrived).Select(Answered).OfType<int>().ToList();
        var asked = rewound.Turns.SelectMany(turn => turn.Decided).Select(Asked).OfType<int>().ToList();
        var pending = rewound.Pending.Select(Asked).OfType<int>().ToList();
        return pending.Count > 0
            && answered.Distinct().Count() == answered.Count
            && asked.Order().SequenceEqual(answered.Concat(pending).Order());
    }

    private static HashSet<string> Done(RewoundHistory rewound)
    {
        var answers = rewound.Turns.SelectMany(turn => turn.Received).Concat(rewound.Arrived).OfType<TaskCompleted>().Select(done => done.TaskId).ToHashSet();
        return [.. rewound.Turns.SelectMany(turn => turn.Decided).OfType<TaskScheduled>().Where(task => answers.Contains(task.TaskId)).Select(task => RewindApp.Words(task.Input))];
    }

    private static int? Asked(HistoryEvent decided) => decided switch
    {
        TaskScheduled task => task.TaskId,
        TimerCreated timer => timer.TaskId,
        _ => null,
    };

    private static int? Answered(HistoryEvent received) => received switch
    {
        TaskCompleted done => done.TaskId,
        TaskFailed failed => failed.TaskId,
        TimerFired fired => fired.TaskId,
        _ => null,
    };

    private static async Task<string> RunAsync(TaskOrchestrationContext context, Step step, string at)
    {
        switch (step)
        {
            case Say say:
                return await context.CallActivityAsync<string>("Say", at, say.Retried ? TwoTries : null);
            case Sleep sleep:
                await context.CreateTimer(TimeSpan.FromMinutes(sleep.Minutes), CancellationToken.None);
                return "z";
            case Parallel parallel:
                return $"[{string.Join('|', await Task.WhenAll(parallel.Steps.Select((each, index) => RunAsync(context, each, $"{at}.{index}"))))}]";
            case Guarded guarded:
                try
                {
                    return await RunAsync(context, guarded.Step, at + ".g");
                }
                catch (TaskFailedException)
                {
                    return await context.CallActivityAsync<string>("Say", at + " otherwise");
                }

            case Sequence sequence:
                var parts = new List<string>();
                foreach (var (index, each) in sequence.Steps.Index())
                    parts.Add(await RunAsync(context, each, $"{at}.{index}"));
                return string.Join(',', parts);
            default:
                throw new InvalidOperationException();
        }
    }

    private static string Expect(Step step, string at) => step switch
    {
        Say => at,
        Sleep => "z",
        Parallel parallel => $"[{string.Join('|', parallel.Steps.Select((each, index) => Expect(each, $"{at}.{index}")))}]",
        Sequence sequence => string.Join(',', sequence.Steps.Select((each, index) => Expect(each, $"{at}.{index}"))),
        _ => throw new InvalidOperationException(),
    };

    private static IEnumerable<(string Word, Say Say)> Leaves(Step step, string at) => step switch
    {
        Say say => [(at, say)],
        Parallel parallel => parallel.Steps.SelectMany((each, index) => Leaves(each, $"{at}.{index}")),
        Sequence sequence => sequence.Steps.SelectMany((each, index) => Leaves(each, $"{at}.{index}")),
        Guarded guarded => Leaves(guarded.Step, at + ".g"),
        _ => [],
    };

    private static bool Guards(Step step) => step switch
    {
        Parallel parallel => parallel.Steps.Any(Guards),
        Sequence sequence => sequence.Steps.Any(Guards),
        Guarded => true,
        _ => false,
    };

    internal abstract record Step;

    internal sealed record Say(bool Fails, bool Retried) : Step;

    internal sealed record Sleep(int Minutes) : Step;

    internal sealed record Parallel(Step[] Steps) : Step;

    internal sealed record Sequence(Step[] Steps) : Step;

    internal sealed record Guarded(Step Step) : Step;
}
