using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential;

/// <summary>A few acts in a row that mean something together, which chance alone brings about too seldom.</summary>
internal static class Motifs
{
    public static Gen<Act[]> All { get; } = Gen.OneOf(
        FromPlan(4, plan => [new Start("i2", plan, 60, false), new Query("i2"), new Raise("i2", "a", "early"), new Advance(30), new Advance(40)]),
        FromPlan(4, plan => [new Start("i2", plan, 60, false), new Suspend("i2"), new Terminate("i2", false), new Query("i2")]),
        FromPlan(3, plan => [new Start("i2", Parent(plan), null, false), new Query("child-0"), new Terminate("child-0", false), new Query("i2")]),
        FromPlan(3, plan => [new Start("i2", Parent(plan), null, false), new Terminate("i2", true), new Query("child-0"), new Purge("i2", true)]),
        FromPlan(2, plan => [new Start("i2", new Plan(new Child(plan, null, 1, 1)), null, false), new Advance(200), new Purge("i2", true)]),
        FromPlan(4, plan => [new Start("i2", plan, null, false), new Suspend("i2"), new Raise("i2", "a", "held"), new Query("i2"), new Resume("i2")]),
        Gen.Constant(Calm(new Suspend("i0"), new Suspend("i0"), new Resume("i0"), new Resume("i0"))),

        // All in one turn: a round that ends with the first event, and what comes after it.
        from operation in Gen.Elements<Operation>(new Suspend("i2"), new Raise("i2", "b", "too"), new Terminate("i2", true), new Raise("i2", "a", "again"))
        from preserve in Gen.Elements(true, false)
        select new[]
        {
            new Act(new Start("i2", new Plan(new Sequence([new Listen("a"), new Now()]), 2, preserve), null, false)),
            new Act(new Reopen(0, true), true),
            new Act(new Raise("i2", "a", "first"), true),
            new Act(operation),
            new Act(new Query("i2")),
        });

    private static Plan Parent(Plan child) => new(new Try(new Child(child with { Body = new Sequence([new Listen("a"), child.Body]) }, "child-0", 1, 1)));

    private static Gen<Act[]> FromPlan(int size, Func<Plan, Operation[]> operations) => Scenarios.Plans(size).Select(plan => Calm(operations(plan)));

    private static Act[] Calm(params Operation[] operations) => [.. operations.Select(operation => new Act(operation))];
}
