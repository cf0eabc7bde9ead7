using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

public sealed class StartTests
{
    private static DurableHost Listener() => new DurableHost()
        .Orchestrator("Listen", async context => $"{context.GetInput<int>()} {await context.WaitForExternalEvent<string>("go")}");

    [Fact]
    public async Task A_live_id_cannot_be_started_again()
    {
        await using var host = await Listener().StartAsync();
        await host.RunAsync("Listen", 1, "mine");
        var refused = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.RunAsync("Listen", 2, "mine"));
        Assert.Contains("'mine'", refused.Message, StringComparison.Ordinal);
        await host.RaiseAsync("mine", "go", "on");
        Assert.Equal("1 on", (await host.GetAsync("mine")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Of_many_starts_of_one_id_one_wins()
    {
        await using var host = await Listener().StartAsync();
        var starts = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            try
            {
                await host.Client.ScheduleNewOrchestrationInstanceAsync("Listen", number, new StartOrchestrationOptions("one"));
                return 1;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return 0;
            }
        }));
        Assert.Equal(1, starts.Sum());
    }

    [Fact]
    public async Task A_finished_id_starts_afresh_unless_forbidden()
    {
        await using var host = await Listener().StartAsync();
        await host.RunAsync("Listen", 1, "mine");
        await host.RaiseAsync("mine", "go", "on");
        var once = new StartOrchestrationOptions("mine").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync("Listen", 2, once));
        await host.RunAsync("Listen", 3, "mine");
        var instance = await host.GetAsync("mine");
        Assert.Equal(OrchestrationRuntimeStatus.Running, instance.RuntimeStatus);
        Assert.Null(instance.SerializedOutput);
        await host.RaiseAsync("mine", "go", "again");
        Assert.Equal("3 again", (await host.GetAsync("mine")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_start_at_a_set_time_waits_pending_and_keeps_events()
    {
        await using var host = new DurableHost(inMemory: false);
        host.Registry = Listener().Registry;
        await host.StartAsync();
        var at = host.Time.GetUtcNow().AddHours(3);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Listen", 1, new StartOrchestrationOptions("later", at));
        await host.RaiseAsync(id, "go", "early");
        await host.ReopenAsync();
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.GetAsync(id)).RuntimeStatus);
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("1 early", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_start_that_is_still_to_come_can_be_terminated()
    {
        await using var host = await Listener().StartAsync();
        var at = host.Time.GetUtcNow().AddHours(3);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Listen", 1, new StartOrchestrationOptions("later", at));
        await host.Client.TerminateInstanceAsync(id);
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.GetAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task An_orchestrator_that_nobody_registered_waits_and_runs_once_it_is_there()
    {
        await using var host = new DurableHost(inMemory: false);
        await host.StartAsync();
        var id = await host.RunAsync("Listen", 1);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.GetAsync(id)).RuntimeStatus);
        Assert.Contains(host.Logs.Lines, line => line.Contains("No orchestrator named 'Listen' is registered", StringComparison.Ordinal));
        await host.CloseAsync();
        host.Registry = Listener().Registry;
        await host.StartAsync();
        await host.RaiseAsync(id, "go", "on");
        Assert.Equal("1 on", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Tags_version_and_times_are_kept()
    {
        await using var host = await new DurableHost().Orchestrator("Version", context => Task.FromResult<object?>(context.Version)).StartAsync();
        var options = new StartOrchestrationOptions("v") { Version = "1.2", Tags = new Dictionary<string, string> { ["customer"] = "c-1" } };
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Version", options);
        await host.IdleAsync();
        var instance = await host.GetAsync("v");
        Assert.Equal("1.2", instance.ReadOutputAs<string>());
        Assert.Equal("c-1", instance.Tags["customer"]);
        Assert.Equal(host.Time.GetUtcNow(), instance.CreatedAt);
    }

    [Fact]
    public async Task Waiting_for_start_and_completion_needs_no_polling()
    {
        await using var host = await Listener().StartAsync();
        var at = host.Time.GetUtcNow().AddMinutes(1);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Listen", 5, new StartOrchestrationOptions("w", at));
        var started = host.Client.WaitForInstanceStartAsync("w");
        var completed = host.Client.WaitForInstanceCompletionAsync("w", getInputsAndOutputs: true);
        await host.IdleAsync();
        Assert.False(started.IsCompleted);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await started).RuntimeStatus);
        Assert.False(completed.IsCompleted);
        await host.RaiseAsync("w", "go", "x");
        Assert.Equal("5 x", (await completed).ReadOutputAs<string>());
        using var cancelled = new CancellationTokenSource();
        await host.RunAsync("Listen", 6, "z");
        var given = host.Client.WaitForInstanceCompletionAsync("z", cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => host.Client.WaitForInstanceStartAsync("no-such-id"));
    }

    [Fact]
    public async Task An_unknown_id_reads_as_null()
    {
        await using var host = await Listener().StartAsync();
        Assert.Null(await host.Client.GetInstanceAsync("no-such-id"));
    }
}
