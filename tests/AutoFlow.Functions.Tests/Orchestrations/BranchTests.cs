using AutoFlow.Functions.Messages;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>Branches beside each other on the durable engine, which hands an event to the last that waits for it.</summary>
public sealed class BranchTests
{
    private static string Hear(string filter = "") => $"{{ listen: {{ to: {{ one: {{ with: {{ type: {MessageEnvelope.Type}{filter} }} }} }} }} }}";

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task Each_of_two_branches_takes_its_own_event_in_any_order(int first, int second)
    {
        await using var app = new DurableApp();
        app.Define("both", $$"""
              - both:
                  fork:
                    branches:
                      - ones: {{Hear(", data: '${ .n == 1 }'")}}
                      - twos: {{Hear(", data: '${ .n == 2 }'")}}
            """);

        var id = await app.StartAsync("both", conversation: null);
        await app.RaiseAsync(id, "e1", new { n = first });
        await app.RaiseAsync(id, "e2", new { n = second });

        var outcome = await app.OutcomeAsync(id);
        Assert.Equal("""[[{"n":1}],[{"n":2}]]""", outcome.Output!.Value.GetRawText());
    }

    [Fact]
    public async Task Events_that_fit_both_branches_go_to_the_one_that_has_waited_longest()
    {
        await using var app = new DurableApp();
        app.Define("both", $"  - both: {{ fork: {{ branches: [ {{ first: {Hear()} }}, {{ second: {Hear()} }} ] }} }}\n");

        var id = await app.StartAsync("both", conversation: null);
        await app.RaiseAsync(id, "e1", new { n = 1 });
        await app.RaiseAsync(id, "e2", new { n = 2 });

        Assert.Equal("""[[{"n":1}],[{"n":2}]]""", (await app.OutcomeAsync(id)).Output!.Value.GetRawText());
    }

    [Fact]
    public async Task A_branch_that_lost_against_the_clock_gives_its_place_back()
    {
        await using var app = new DurableApp();
        app.Define("race", $$"""
              - race:
                  fork:
                    compete: true
                    branches:
                      - hear: {{Hear()}}
                      - wait: { do: [ { w: { wait: PT1H } }, { late: { set: { late: true } } } ] }
              - later: {{Hear()}}
            """);

        var id = await app.StartAsync("race", conversation: null);
        await app.AdvanceAsync(TimeSpan.FromHours(2));
        await app.RaiseAsync(id, "e1", new { n = 1 });

        Assert.Equal("""[{"n":1}]""", (await app.OutcomeAsync(id)).Output!.Value.GetRawText());
    }
}
