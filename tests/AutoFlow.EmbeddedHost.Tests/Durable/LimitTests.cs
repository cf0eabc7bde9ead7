using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>Reaches the limits of an instance: its id, its status, its history, its open tasks. Instances are kept nowhere but in the store: each turn replays.</summary>
public sealed class LimitTests
{
    private static readonly string TooLongId = new('i', DurableLimits.MaxInstanceIdLength + 1);
    private static readonly string LongestId = new('i', DurableLimits.MaxInstanceIdLength);

    /// <summary>Runs code that must be refused, tells how, and returns that after one more turn.</summary>
    private static async Task<object?> TellAsync(TaskOrchestrationContext context, Func<Task> code)
    {
        string said;
        try
        {
            await code();
            said = "taken";
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            said = exception.Message;
        }

        context.SetCustomStatus(said);
        await context.WaitForExternalEvent<string>("go");
        return said;
    }

    private static DurableHost Forgetful() => new() { Options = new DurableOptions { MaxConcurrentActivities = 4, MaxConcurrentOrchestrations = 4, MaxInstancesInMemory = 0 } };

    private static async Task<string> SaidAsync(DurableHost host, string name)
    {
        var id = await host.RunAsync(name);
        var before = (await host.GetAsync(id)).ReadCustomStatusAs<string>();
        await host.RaiseAsync(id, "go");
        var instance = await host.GetAsync(id);
        Assert.True(instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed, instance.FailureDetails?.ErrorMessage);
        Assert.Equal(before, instance.ReadOutputAs<string>());
        return before!;
    }

    [Fact]
    public async Task A_client_gives_an_instance_id_of_256_characters_and_not_of_257()
    {
        await using var host = await Forgetful().Orchestrator("Nothing", _ => Task.FromResult<object?>("done")).StartAsync();
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => host.RunAsync("Nothing", id: TooLongId));
        Assert.StartsWith("An instance id has at most 256 characters; this one has 257 ('iiii", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Give a shorter one", refused.Message, StringComparison.Ordinal);
        Assert.Null(await host.Client.GetInstanceAsync(TooLongId));
        await host.RunAsync("Nothing", id: LongestId);
        Assert.Equal("done", (await host.GetAsync(LongestId)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_orchestrator_is_refused_a_child_or_a_receiver_with_a_longer_id(bool child)
    {
        await using var host = await Forgetful()
            .Orchestrator("Child", _ => Task.FromResult<object?>(null))
            .Orchestrator("Refused", context => TellAsync(context, () => AskAsync(context, TooLongId)))
            .Orchestrator("Taken", context => TellAsync(context, () => AskAsync(context, LongestId)))
            .StartAsync();
        Assert.StartsWith("An instance id has at most 256 characters; this one has 257", await SaidAsync(host, "Refused"), StringComparison.Ordinal);
        Assert.Equal("taken", await SaidAsync(host, "Taken"));

        async Task AskAsync(TaskOrchestrationContext context, string id)
        {
            if (child)
                await context.CallSubOrchestratorAsync("Child", null, new SubOrchestrationOptions(instanceId: id));
            else
                context.SendEvent(id, "news", "it has arrived");
        }
    }

    [Fact]
    public async Task A_custom_status_has_16_KB_and_the_one_before_stays_where_it_has_more()
    {
        await using var host = await Forgetful()
            .Orchestrator("Status", async context =>
            {
                context.SetCustomStatus(new string('x', DurableLimits.MaxCustomStatusLength - 2)); // two more for the quotes
                await context.WaitForExternalEvent<string>("go");
                try
                {
                    context.SetCustomStatus(new string('y', DurableLimits.MaxCustomStatusLength - 1));
                    return "taken";
                }
                catch (ArgumentException exception)
                {
                    await context.WaitForExternalEvent<string>("go");
                    return exception.Message;
                }
            })
            .StartAsync();
        var id = await host.RunAsync("Status");
        await host.RaiseAsync(id, "go");
        await host.RaiseAsync(id, "go");
        var instance = await host.GetAsync(id);
        Assert.StartsWith(
            "The custom status is 16386 bytes of UTF-16 JSON; the limit is 16384. Say less in it, or where the rest is stored.",
            instance.ReadOutputAs<string>(),
            StringComparison.Ordinal);
        Assert.StartsWith("\"xxx", instance.SerializedCustomStatus, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_waits_for_20_000_tasks_and_can_ask_for_more_when_some_have_come()
    {
        await using var host = await Forgetful()
            .Activity("Echo", input => input)
            .Orchestrator("Many", async context =>
            {
                var said = new List<string>();
                var timers = Enumerable.Range(0, DurableLimits.MaxOpenTasks - 1).Select(_ => context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None)).ToList();
                timers.Add(context.CallActivityAsync("Echo"));
                Tried("a timer", () => _ = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None));
                Tried("an activity", () => _ = context.CallActivityAsync("Echo"));
                Tried("a child", () => _ = context.CallSubOrchestratorAsync("Nothing"));
                await timers[^1];
                var next = context.CallActivityAsync<int>("Echo", 7);
                said.Add($"then {await next}");
                context.SetCustomStatus(said);
                await Task.WhenAll(timers);
                return said;

                void Tried(string what, Action ask) => said.Add($"{what}: {Assert.Throws<InvalidOperationException>(ask).Message}");
            })
            .Orchestrator("Small", async context => await context.CallActivityAsync<int>("Echo", 1))
            .StartAsync();
        var id = await host.RunAsync("Many");
        const string refused = "The instance 'many' waits for 20000 tasks already, which is the limit. Await some before asking for more, or divide the work between children.";
        string[] expected = [.. new[] { "a timer", "an activity", "a child" }.Select(what => $"{what}: {refused.Replace("many", id, StringComparison.Ordinal)}"), "then 7"];
        Assert.Equal(expected, (await host.GetAsync(id)).ReadCustomStatusAs<string[]>());
        Assert.Equal(1, (await host.GetAsync(await host.RunAsync("Small"))).ReadOutputAs<int>());
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(expected, (await host.GetAsync(id)).ReadOutputAs<string[]>());
    }

    [Fact]
    public async Task A_history_of_200_000_events_goes_on_and_one_more_ends_the_instance()
    {
        // Each timer that is cancelled at once makes two events; the first event of all is the start.
        const int timers = (DurableLimits.MaxHistoryEvents / 2) - 1;
        await using var host = await new DurableHost()
            .Orchestrator("Long", async context =>
            {
                for (var number = 0; number < timers; number++)
                {
                    using var stop = new CancellationTokenSource();
                    _ = context.CreateTimer(TimeSpan.FromDays(1), stop.Token);
                    stop.Cancel();
                }

                for (var count = 1; ; count++)
                {
                    context.SetCustomStatus(count);
                    await context.WaitForExternalEvent<string>("go");
                }
            })
            .Orchestrator("Listen", async context => await context.WaitForExternalEvent<string>("go"))
            .StartAsync();
        await host.RunAsync("Listen", id: "beside");
        await host.RunAsync("Long", id: "long");
        await host.RaiseAsync("long", "go");
        Assert.Equal((OrchestrationRuntimeStatus.Running, "2"), await StandsAsync());
        await host.RaiseAsync("long", "go");
        Assert.Equal((OrchestrationRuntimeStatus.Failed, "2"), await StandsAsync());
        var failure = (await host.GetAsync("long")).FailureDetails!;
        Assert.Equal("HistoryTooLong", failure.ErrorType);
        Assert.Equal("The history of 'long' would have 200001 events; the limit is 200000. Let the orchestrator start over with ContinueAsNew now and then.", failure.ErrorMessage);
        Assert.Contains(host.Logs.Lines, line => line.Contains("'Long' (long) failed with HistoryTooLong", StringComparison.Ordinal));
        await host.RaiseAsync("beside", "go", "well");
        Assert.Equal("well", (await host.GetAsync("beside")).ReadOutputAs<string>());

        async Task<(OrchestrationRuntimeStatus, string?)> StandsAsync()
        {
            var instance = await host.GetAsync("long");
            return (instance.RuntimeStatus, instance.SerializedCustomStatus);
        }
    }

    [Fact]
    public async Task Starting_over_begins_a_history_of_its_own()
    {
        // 100,000 events a generation; the third would be over the limit if they were counted together.
        await using var host = await new DurableHost()
            .Orchestrator("Long", async context =>
            {
                for (var number = 0; number < DurableLimits.MaxHistoryEvents / 4; number++)
                {
                    using var stop = new CancellationTokenSource();
                    _ = context.CreateTimer(TimeSpan.FromDays(1), stop.Token);
                    stop.Cancel();
                }

                var generation = context.GetInput<int>();
                if (generation == 2)
                    return await context.WaitForExternalEvent<string>("go");
                context.ContinueAsNew(generation + 1);
                return null;
            })
            .StartAsync();
        var id = await host.RunAsync("Long", 0);
        await host.RaiseAsync(id, "go", "well");
        Assert.Equal("well", (await host.GetAsync(id)).ReadOutputAs<string>());
    }
}
