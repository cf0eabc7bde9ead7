using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

public sealed class ActivityTests
{
    [Fact]
    public async Task An_orchestration_returns_what_its_activities_gave()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Sum", async context => await context.CallActivityAsync<int>("Double", 2) + await context.CallActivityAsync<int>("Double", 3))
            .Activity("Double", input => int.Parse(input!, System.Globalization.CultureInfo.InvariantCulture) * 2)
            .StartAsync();
        var id = await host.RunAsync("Sum");
        var instance = await host.GetAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.RuntimeStatus);
        Assert.Equal(10, instance.ReadOutputAs<int>());
        Assert.Equal(["Double(2)", "Double(3)"], host.Ran);
    }

    [Fact]
    public async Task Input_and_records_cross_as_web_json()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Greet", async context => await context.CallActivityAsync<Greeting>("Make", context.GetInput<Person>()))
            .Activity("Make", input => input == """{"firstName":"Zo\u00EB","age":3}""" ? new Greeting("Hallo Zoë") : null)
            .StartAsync();
        var instance = await host.GetAsync(await host.RunAsync("Greet", new Person("Zoë", 3)));
        Assert.Equal("""{"text":"Hallo Zo\u00EB"}""", instance.SerializedOutput);
        Assert.Equal(new Greeting("Hallo Zoë"), instance.ReadOutputAs<Greeting>());
        Assert.Equal(new Person("Zoë", 3), instance.ReadInputAs<Person>());
    }

    [Fact]
    public async Task An_exception_comes_to_the_orchestrator_with_its_causes()
    {
        TaskFailureDetails? seen = null;
        await using var host = await new DurableHost()
            .Orchestrator("Try", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Fail");
                    return "no failure";
                }
                catch (TaskFailedException failed)
                {
                    seen = failed.FailureDetails;
                    return $"{failed.TaskName} #{failed.TaskId}";
                }
            })
            .Activity("Fail", _ => throw new CarrierDownException("The carrier is down.", new TimeoutException("20 s are over.")))
            .StartAsync();
        var instance = await host.GetAsync(await host.RunAsync("Try"));
        Assert.Equal("Fail #0", instance.ReadOutputAs<string>());
        Assert.NotNull(seen);
        Assert.Equal("The carrier is down.", seen.ErrorMessage);
        Assert.True(seen.IsCausedBy<CarrierDownException>());
        Assert.True(seen.IsCausedBy<IOException>());
        Assert.False(seen.IsCausedBy<ArgumentException>());
        Assert.True(seen.InnerFailure!.IsCausedBy<TimeoutException>());
        Assert.NotNull(seen.StackTrace);
    }

    [Fact]
    public async Task An_unhandled_failure_fails_the_orchestration()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Try", async context => await context.CallActivityAsync<string>("Fail"))
            .Activity("Fail", _ => throw new CarrierDownException("The carrier is down.", null))
            .StartAsync();
        var instance = await host.GetAsync(await host.RunAsync("Try"));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.True(instance.FailureDetails!.IsCausedBy<TaskFailedException>());
        Assert.Contains("The carrier is down.", instance.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.True(instance.FailureDetails.InnerFailure!.IsCausedBy<CarrierDownException>());
    }

    [Fact]
    public async Task An_activity_that_nobody_registered_fails_its_call()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Try", async context => await context.CallActivityAsync<string>("NoSuchThing"))
            .StartAsync();
        var instance = await host.GetAsync(await host.RunAsync("Try"));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.Contains("NoSuchThing", instance.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_second_result_is_ignored()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Once", async context => await context.CallActivityAsync<int>("One") + await context.WaitForExternalEvent<int>("more"))
            .Activity("One", _ => 1)
            .StartAsync();
        var id = await host.RunAsync("Once");
        host.Engine.Post(new AnswerMessage(id, new TaskOf(host.Engine.Store.Find(id)!.Key, 0, 0), new TaskCompleted(0, "99")));
        await host.IdleAsync();
        await host.RaiseAsync(id, "more", 2);
        Assert.Equal(3, (await host.GetAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_allowed()
    {
        var now = 0;
        var most = 0;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = new DurableHost { Options = new() { MaxConcurrentActivities = 3 } };
        host.Orchestrator("Fan", async context =>
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(number => context.CallActivityAsync<int>("Work", number)));
            return null;
        });
        host.Registry.AddActivity("Work", async (_, _) =>
        {
            var running = Interlocked.Increment(ref now);
            lock (gate)
                most = Math.Max(most, running);
            if (running == 3)
                full.TrySetResult();
            await gate.Task;
            Interlocked.Decrement(ref now);
            return 0;
        });
        await host.StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Fan");
        await full.Task;
        gate.SetResult();
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.GetAsync(id)).RuntimeStatus);
        Assert.Equal(3, most);
    }

    internal sealed record Person(string FirstName, int Age);

    internal sealed record Greeting(string Text);

    internal sealed class CarrierDownException(string message, Exception? inner) : IOException(message, inner);
}
