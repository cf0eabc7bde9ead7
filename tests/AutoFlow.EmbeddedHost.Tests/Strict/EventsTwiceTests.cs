using AutoFlow.EmbeddedHost.Strict;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class EventsTwiceTests
{
    [Fact]
    public async Task An_event_comes_twice() => Assert.Equal(["a", "a"], await ReceivedAsync(Faults.None with { EventsTwice = 1 }, ["a"]));

    [Fact]
    public async Task Some_come_twice_and_always_the_same_ones()
    {
        string[] raised = [.. Enumerable.Range(0, 20).Select(number => $"{number:00}")];
        var strict = Faults.None with { EventsTwice = 0.5, Seed = 7 };

        var received = await ReceivedAsync(strict, raised);

        Assert.Equal(received, await ReceivedAsync(strict, raised));
        Assert.Equal(raised, received.Distinct());
        Assert.InRange(received.Count, 25, 35);
        Assert.NotEqual(received, await ReceivedAsync(strict with { Seed = 8 }, raised));
    }

    private static async Task<List<string>> ReceivedAsync(StrictOptions strict, IReadOnlyList<string> raised)
    {
        await using var host = await Faults.Engine(strict)
            .Orchestrator("Collect", async context =>
            {
                var got = new List<string>();
                while (await context.WaitForExternalEvent<string>("text") is { Length: > 0 } text)
                    got.Add(text);
                return got;
            })
            .StartAsync();
        var id = await host.RunAsync("Collect", id: "collect");
        foreach (var text in raised)
            await host.RaiseAsync(id, "text", text);
        await host.RaiseAsync(id, "text", "");
        return (await host.GetAsync(id)).ReadOutputAs<List<string>>()!;
    }
}
