using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential;

/// <summary>Random scenarios, and smaller ones of a scenario that fails.</summary>
internal static class Scenarios
{
    private static readonly Gen<string> Ids = Gen.Frequency(
        (5, Gen.Constant("i0")), (4, Gen.Constant("i1")), (1, Gen.Constant("i2")), (1, Gen.Constant("child-0")), (1, Gen.Constant("child-1")));
    private static readonly Gen<string> Names = Gen.Elements("a", "b");
    private static readonly Gen<int> Minutes = Gen.Choose(1, 120);
    private static readonly Gen<bool> Bool = Gen.Elements(true, false);

    private static readonly Gen<Step> Leaf = Gen.Frequency(
        (6, Gen.Choose(0, 9).Select(number => (Step)new Call(number))),
        (1, Gen.Constant((Step)new FailingCall("does not work"))),
        (3, from ready in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 200))
            from attempts in Gen.Choose(1, 6)
            from delay in Gen.Choose(1, 40)
            from handler in Bool
            select (Step)new RetriedCall(ready, attempts, delay, handler)),
        (3, Minutes.Select(minutes => (Step)new Sleep(minutes))),
        (1, from far in Minutes from near in Minutes select (Step)new CancelledSleep(far, near)),
        (5, Names.Select(name => (Step)new Listen(name))),
        (2, from name in Names from minutes in Minutes select (Step)new ListenFor(name, minutes)),
        (1, Gen.Constant((Step)new Fail("broken"))),
        (2, Gen.Elements("one", "two", null).Select(text => (Step)new Status(text))),
        (2, from target in Gen.OneOf(Ids, Gen.Constant("nobody"))
            from name in Names
            from number in Gen.Choose(0, 99)
            select (Step)new Send(target, name, $"sent {number}")),
        (1, Gen.Constant((Step)new Now())));

    private static readonly Gen<Operation> Operations = Gen.Frequency(
        (7, from id in Ids
            from plan in Plans(8)
            from after in Gen.Frequency((4, Gen.Constant((int?)null)), (1, Minutes.Select(minutes => (int?)minutes)))
            from once in Bool
            select (Operation)new Start(id, plan, after, once)),
        (12, from id in Ids from name in Names from number in Gen.Choose(0, 99) select (Operation)new Raise(id, name, $"raised {number}")),
        (2, from id in Ids from recursive in Bool select (Operation)new Terminate(id, recursive)),
        (4, Ids.Select(id => (Operation)new Suspend(id))),
        (4, Ids.Select(id => (Operation)new Resume(id))),
        (3, from id in Ids from recursive in Bool select (Operation)new Purge(id, recursive)),
        (1, Gen.Constant((Operation)new PurgeAll())),
        (3, Ids.Select(id => (Operation)new Query(id))),
        (4, Minutes.Select(minutes => (Operation)new Advance(minutes))),
        (3, from minutes in Gen.Elements(0, 0, 45, 300) from asleep in Bool select (Operation)new Reopen(minutes, asleep)),
        (2, Gen.Choose(1, 12).Select(commits => (Operation)new Crash(commits))));

    /// <summary>Scenarios.</summary>
    public static Arbitrary<Scenario> All { get; } = Arb.From(
        from count in Gen.Choose(6, 18)
        from begin in Gen.Choose(1, 2)
        from starts in Plans(10).ListOf(begin)
        from acts in Gen.Frequency((7, Acts), (1, Motifs.All)).ListOf(count)
        select new Scenario([.. starts.Select((plan, index) => new Act(new Start($"i{index}", plan, null, false))), .. acts.SelectMany(each => each)]),
        Shrink);

    private static Gen<Act[]> Acts => from operation in Operations
                                      from hurried in Bool
                                      select new[] { new Act(operation, operation is Reopen { Asleep: true } || (hurried && operation is not (Crash or Reopen or Advance or Query))) };

    /// <summary>Plans of about so many steps.</summary>
    public static Gen<Plan> Plans(int size) => from body in Steps(size)
                                               from loops in Gen.Elements(0, 0, 0, 1, 2)
                                               from preserve in Bool
                                               select new Plan(body, loops, preserve);

    private static Gen<Step> Steps(int size) => size <= 1
        ? Leaf
        : Gen.Frequency(
            (2, Leaf),
            (4, Steps(size / 2).ListOf(3).Select(steps => (Step)new Sequence([.. steps]))),
            (2, Steps(size / 3).ListOf(3).Select(steps => (Step)new Parallel([.. steps]))),
            (2, from steps in Waits(size / 3).ListOf(2) from cancel in Bool select (Step)new Race([.. steps], cancel)),
            (2, Children(size / 2)),
            (2, Steps(size - 1).Select(step => (Step)new Try(step))));

    private static Gen<Step> Waits(int size) => Gen.Frequency(
        (3, Minutes.Select(minutes => (Step)new Sleep(minutes))),
        (3, Names.Select(name => (Step)new Listen(name))),
        (1, Children(size)));

    private static Gen<Step> Children(int size) => from plan in Plans(size)
                                                   from id in Gen.Elements(null, null, "child-0", "child-1")
                                                   from attempts in Gen.Elements(1, 1, 1, 3)
                                                   from delay in Gen.Choose(1, 40)
                                                   select (Step)new Child(plan, id, attempts, delay);

    private static IEnumerable<Scenario> Shrink(Scenario scenario)
    {
        var acts = scenario.Acts;
        for (var size = acts.Length / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from + size <= acts.Length; from += size)
                yield return new Scenario([.. acts[..from], .. acts[(from + size)..]]);
        }

        for (var index = 0; index < acts.Length; index++)
        {
            foreach (var smaller in Shrink(acts[index]))
                yield return new Scenario([.. acts[..index], smaller, .. acts[(index + 1)..]]);
        }
    }

    private static IEnumerable<Act> Shrink(Act act)
    {
        if (act.Hurried && act.Operation is not Reopen)
            yield return act with { Hurried = false };
        if (act.Operation is not Start start)
            yield break;
        if (start.After is not null)
            yield return act with { Operation = start with { After = null } };
        foreach (var plan in Shrink(start.Plan))
            yield return act with { Operation = start with { Plan = plan } };
    }

    private static IEnumerable<Plan> Shrink(Plan plan)
    {
        if (plan.Loops > 0)
            yield return plan with { Loops = plan.Loops - 1 };
        foreach (var body in Shrink(plan.Body))
            yield return plan with { Body = body };
    }

    private static IEnumerable<Step> Shrink(Step step) => step switch
    {
        Sequence sequence => ShrinkList(sequence.Steps, steps => new Sequence(steps)),
        Parallel parallel => ShrinkList(parallel.Steps, steps => new Parallel(steps)),
        Race race => ShrinkList(race.Of, steps => race with { Of = steps }).Where(smaller => smaller is not Race { Of.Length: 0 }),
        Try attempt => Shrink(attempt.Step).Select(smaller => (Step)new Try(smaller)).Prepend(attempt.Step),
        Child child => Shrink(child.Plan).Select(plan => (Step)(child with { Plan = plan })).Prepend(child.Plan.Body),
        Call or Now => [],
        _ => [new Now()],
    };

    private static IEnumerable<Step> ShrinkList(Step[] steps, Func<Step[], Step> make)
    {
        foreach (var each in steps)
            yield return each;
        for (var index = 0; index < steps.Length; index++)
        {
            yield return make([.. steps[..index], .. steps[(index + 1)..]]);
            foreach (var smaller in Shrink(steps[index]))
                yield return make([.. steps[..index], smaller, .. steps[(index + 1)..]]);
        }
    }
}
