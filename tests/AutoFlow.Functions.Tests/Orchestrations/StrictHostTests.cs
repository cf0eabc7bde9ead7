using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.Functions.Tests.Fakes;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>Workflows on a host that does everything twice, late and out of order come out as on a kind one.</summary>
public sealed class StrictHostTests
{
    private const string Waits = """
          - branches:
              fork:
                branches:
                  - a: { listen: { to: { one: { with: { type: test.a } } } }, output: { as: '${ .[0].n }' } }
                  - b: { listen: { to: { one: { with: { type: test.b } } } }, output: { as: '${ .[0].n }' } }
                  - c: { run: { workflow: { namespace: test, name: child, version: '1.0.0', input: { n: 3 } } } }
          - open:
              call: openTicket
              with: { type: handOver, subject: One, summary: One, conversation: c-1 }
              output: { as: '${ .number }' }
        """;

    private const string Child = """
          - wait: { listen: { to: { one: { with: { type: test.c } } } }, output: { as: '${ .[0].n + 3 }' } }
        """;

    /// <summary>Everything that can befall something befalls everything.</summary>
    private static StrictOptions Always(int seed) => new() { Seed = seed, MessagesAgain = 1, ActivitiesTwice = 1, EventsTwice = 1, ReadsLate = 1 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_workflow_with_branches_a_child_and_a_ticket(int seed)
    {
        var (kind, kindTickets) = await RunAsync(null);
        var (strict, strictTickets) = await RunAsync(Always(seed));

        Assert.Equal(kind, strict);
        Assert.Equal(1, kindTickets);
        Assert.Equal(1, strictTickets);
    }

    [Fact]
    public async Task A_schedule_starts_each_of_its_runs_once()
    {
        await using var app = new DurableApp(Always(1));
        app.Publish("""
            document: { dsl: '1.0.3', namespace: test, name: report, version: '1.0.0' }
            schedule: { every: { hours: 1 } }
            do: [ { say: { set: { said: true } } } ]
            """);
        for (var look = 0; look < 3; look++) await app.KeepSchedulesAsync();

        await app.AdvanceAsync(TimeSpan.FromHours(3.5));

        var runs = await app.RunsAsync();
        Assert.Equal(3, runs.Count);
        Assert.All(runs, run => Assert.StartsWith("report~2026", run, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_workflow_that_fails_opens_one_ticket_and_lets_its_conversation_go()
    {
        await using var app = new DurableApp(Always(1)) { Throws = name => name == "findOrder" };
        var id = await app.Define("fails", """
              - find: { call: findOrder, with: { customer: 'ida@example.org' } }
            """).StartAsync("fails");
        await app.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await app.StatusAsync(id));
        Assert.Single(app.World.Tickets.All);
        Assert.Null(app.World.Conversations[Sample.Conversation].OpenInstanceId);
    }

    private static async Task<(string Outcome, int Tickets)> RunAsync(StrictOptions? strict)
    {
        await using var app = new DurableApp(strict);
        var id = await app.Define("child", Child).Define("waits", Waits).StartAsync("waits");
        foreach (var type in new[] { "test.b", "test.c", "test.a" }) await app.TellAsync(type, $"e-{type}", new { n = type.Length });
        await app.AdvanceAsync(TimeSpan.FromMinutes(1));
        return ((await app.OutcomeAsync(id)).Output!.Value.GetRawText(), app.World.Tickets.All.Count);
    }
}
