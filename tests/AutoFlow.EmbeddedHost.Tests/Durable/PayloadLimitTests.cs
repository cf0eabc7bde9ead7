using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>Payloads of 4 Mi characters of JSON, and of one more, wherever a payload can be. Each turn replays.</summary>
public sealed class PayloadLimitTests
{
    private const string Limit = "is 4194305 characters of JSON; the limit is 4194304. Store it elsewhere and pass its key.";

    // Two more for the quotes.
    private static readonly string Longest = new('p', DurableLimits.MaxPayloadLength - 2);
    private static readonly string TooLong = Longest + "p";

    private static DurableHost Forgetful() => new() { Options = new DurableOptions { MaxConcurrentActivities = 4, MaxConcurrentOrchestrations = 4, MaxInstancesInMemory = 0 } };

    private static Task<object?> LengthAsync(TaskOrchestrationContext context) => Task.FromResult<object?>(context.GetInput<string>()?.Length);

    [Fact]
    public async Task A_client_is_refused_what_is_longer_and_nothing_of_it_is_kept()
    {
        await using var host = await Forgetful()
            .Orchestrator("Length", LengthAsync)
            .Orchestrator("Listen", async context => (await context.WaitForExternalEvent<string>("go")).Length)
            .StartAsync();
        await host.RunAsync("Listen", id: "listens");
        await RefusedAsync("The input", () => host.RunAsync("Length", TooLong, "never"));
        await RefusedAsync("The event's payload", () => host.RaiseAsync("listens", "go", TooLong));
        await RefusedAsync("The output", () => host.Client.TerminateInstanceAsync("listens", TooLong));
        Assert.Null(await host.Client.GetInstanceAsync("never"));
        var tags = new Dictionary<string, string> { ["t"] = Longest };
        var tooMany = await Assert.ThrowsAsync<ArgumentException>(
            () => host.Client.ScheduleNewOrchestrationInstanceAsync("Length", null, new StartOrchestrationOptions("never") { Tags = tags }));
        Assert.StartsWith("The tag set is 4194310 characters of JSON;", tooMany.Message, StringComparison.Ordinal);

        await host.RunAsync("Length", Longest, "has-room");
        await host.RaiseAsync("listens", "go", Longest);
        Assert.Equal(Longest.Length, (await host.GetAsync("has-room")).ReadOutputAs<int>());
        Assert.Equal(Longest.Length, (await host.GetAsync("listens")).ReadOutputAs<int>());

        static async Task RefusedAsync(string what, Func<Task> ask)
            => Assert.StartsWith($"{what} {Limit}", (await Assert.ThrowsAsync<ArgumentException>(ask)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("activity", "The input of activity 'Length'")]
    [InlineData("child", "The input of child orchestration 'Child'")]
    [InlineData("event", "The payload of event 'news'")]
    public async Task What_an_orchestrator_gives_is_refused_where_it_gives_it(string to, string what)
    {
        await using var host = await Forgetful()
            .Activity("Length", input => input?.Length - 2)
            .Orchestrator("Child", LengthAsync)
            .Orchestrator("Listener", async context => (await context.WaitForExternalEvent<string>("news")).Length)
            .Orchestrator("Give", async context =>
            {
                var refused = Assert.Throws<ArgumentException>(() => { _ = GiveAsync(context, TooLong); });
                await context.WaitForExternalEvent<string>("go");
                return $"{await GiveAsync(context, Longest)} {refused.Message}";
            })
            .StartAsync();
        await host.RunAsync("Listener", id: "listener");
        var id = await host.RunAsync("Give");
        await host.RaiseAsync(id, "go");
        var output = (await host.GetAsync(id)).ReadOutputAs<string>();
        Assert.StartsWith($"{Longest.Length} {what} {Limit}", output, StringComparison.Ordinal);
        if (to == "event")
            Assert.Equal(Longest.Length, (await host.GetAsync("listener")).ReadOutputAs<int>());

        Task<int> GiveAsync(TaskOrchestrationContext context, string payload)
        {
            switch (to)
            {
                case "activity":
                    return context.CallActivityAsync<int>("Length", payload);
                case "child":
                    return context.CallSubOrchestratorAsync<int>("Child", payload);
                default:
                    context.SendEvent("listener", "news", payload);
                    return Task.FromResult(payload.Length);
            }
        }
    }

    [Fact]
    public async Task An_activity_with_a_longer_output_fails_and_its_caller_can_go_on()
    {
        await using var host = await Forgetful()
            .Activity("Give", input => input == "1" ? TooLong : Longest)
            .Orchestrator("Ask", async context =>
            {
                var failed = await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync<string>("Give", 1));
                var length = (await context.CallActivityAsync<string>("Give", 2)).Length;
                return $"{length} {failed.FailureDetails}";
            })
            .StartAsync();
        var output = (await host.GetAsync(await host.RunAsync("Ask"))).ReadOutputAs<string>();
        Assert.Equal($"{Longest.Length} PayloadTooLong: The output of activity 'Give' {Limit}", output);
        Assert.Equal(["Give(1)", "Give(2)"], host.Ran);
    }

    [Theory]
    [InlineData(false, "The output")]
    [InlineData(true, "The next generation's input")]
    public async Task An_orchestrator_fails_where_its_end_is_longer(bool startsOver, string what)
    {
        await using var host = await Forgetful()
            .Orchestrator("End", context =>
            {
                var length = context.GetInput<string>()!.Length;
                if (length > 9)
                    return Task.FromResult<object?>(length);
                var end = length == 1 ? TooLong : Longest;
                if (!startsOver)
                    return Task.FromResult<object?>(end);
                context.ContinueAsNew(end);
                return Task.FromResult<object?>(null);
            })
            .Orchestrator("Parent", async context =>
            {
                var failed = await Assert.ThrowsAsync<TaskFailedException>(() => context.CallSubOrchestratorAsync("End", "1"));
                await context.WaitForExternalEvent<string>("go");
                return failed.FailureDetails.ErrorMessage;
            })
            .StartAsync();
        var failed = await host.GetAsync(await host.RunAsync("End", "1"));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.StartsWith($"{what} {Limit}", failed.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        var fits = await host.GetAsync(await host.RunAsync("End", "22"));
        Assert.Equal(Longest.Length, startsOver ? fits.ReadOutputAs<int>() : fits.ReadOutputAs<string>()!.Length);
        var parent = await host.RunAsync("Parent");
        await host.RaiseAsync(parent, "go");
        Assert.StartsWith($"{what} {Limit}", (await host.GetAsync(parent)).ReadOutputAs<string>(), StringComparison.Ordinal);
    }
}
