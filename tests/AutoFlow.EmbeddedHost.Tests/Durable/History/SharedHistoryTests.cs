using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.History;

/// <summary>Histories as Microsoft's client gives them.</summary>
public sealed class SharedHistoryTests
{
    [Fact]
    public async Task Each_turn_is_told_with_what_came_in_and_what_was_decided()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Order", async context =>
            {
                var number = await context.CallActivityAsync<int>("Double", 21);
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return number;
            })
            .Activity("Double", input => int.Parse(input!, System.Globalization.CultureInfo.InvariantCulture) * 2)
            .StartAsync();
        var began = host.Time.GetUtcNow().UtcDateTime;
        await host.RunAsync("Order", "given", "o-1");
        await host.AdvanceAsync(TimeSpan.FromHours(1));

        var history = await host.Client.GetOrchestrationHistoryAsync("o-1");

        Assert.Equal(
            [
                EventType.OrchestratorStarted, EventType.ExecutionStarted, EventType.TaskScheduled, EventType.OrchestratorCompleted,
                EventType.OrchestratorStarted, EventType.TaskCompleted, EventType.TimerCreated, EventType.OrchestratorCompleted,
                EventType.OrchestratorStarted, EventType.TimerFired, EventType.ExecutionCompleted, EventType.OrchestratorCompleted,
            ],
            history.Select(one => one.EventType));
        Assert.All(history.Take(8), one => Assert.Equal(began, one.Timestamp));
        Assert.All(history.Skip(8), one => Assert.Equal(began.AddHours(1), one.Timestamp));
        var started = Assert.IsType<ExecutionStartedEvent>(history[1]);
        Assert.Equal(("Order", "\"given\"", "o-1", 0), (started.Name, started.Input, started.OrchestrationInstance!.InstanceId, started.Generation));
        Assert.Null(started.ParentInstance);
        var task = Assert.IsType<TaskScheduledEvent>(history[2]);
        Assert.Equal((0, "Double", "21"), (task.EventId, task.Name, task.Input));
        var done = Assert.IsType<TaskCompletedEvent>(history[5]);
        Assert.Equal((0, "42"), (done.TaskScheduledId, done.Result));
        var timer = Assert.IsType<TimerCreatedEvent>(history[6]);
        Assert.Equal((1, began.AddHours(1)), (timer.EventId, timer.FireAt));
        var fired = Assert.IsType<TimerFiredEvent>(history[9]);
        Assert.Equal((1, began.AddHours(1)), (fired.TimerId, fired.FireAt));
        var end = Assert.IsType<ExecutionCompletedEvent>(history[10]);
        Assert.Equal((OrchestrationStatus.Completed, "42"), (end.OrchestrationStatus, end.Result));
    }

    [Fact]
    public async Task A_child_a_failure_and_an_end_by_failure_keep_their_own_events()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Parent", async context =>
            {
                context.SendEvent("other", "hello", "you");
                return await context.CallSubOrchestratorAsync<string>("Child", 5, new SubOrchestrationOptions(instanceId: "o-1~child"));
            })
            .Orchestrator("Child", async context => await context.CallActivityAsync<string>("Fail", "x"))
            .Activity("Fail", _ => throw new TimeoutException("too slow", new IOException("cable")))
            .StartAsync();
        await host.RunAsync("Parent", id: "o-1");

        var parent = await host.Client.GetOrchestrationHistoryAsync("o-1");
        var child = await host.Client.GetOrchestrationHistoryAsync("o-1~child");

        var sent = Assert.Single(parent.OfType<EventSentEvent>());
        Assert.Equal(("other", "hello", "\"you\""), (sent.InstanceId, sent.Name, sent.Input));
        var created = Assert.Single(parent.OfType<SubOrchestrationInstanceCreatedEvent>());
        Assert.Equal(("Child", "o-1~child", "5", 0), (created.Name, created.InstanceId, created.Input, created.EventId));
        Assert.Equal(0, Assert.Single(parent.OfType<SubOrchestrationInstanceFailedEvent>()).TaskScheduledId);
        var end = Assert.Single(parent.OfType<ExecutionCompletedEvent>());
        Assert.Equal((OrchestrationStatus.Failed, typeof(TaskFailedException).FullName), (end.OrchestrationStatus, end.FailureDetails!.ErrorType));
        Assert.Equal("o-1", Assert.Single(child.OfType<ExecutionStartedEvent>()).ParentInstance!.OrchestrationInstance!.InstanceId);
        var failed = Assert.Single(child.OfType<TaskFailedEvent>());
        Assert.Equal((typeof(TimeoutException).FullName, "too slow", "too slow"), (failed.FailureDetails!.ErrorType, failed.FailureDetails.ErrorMessage, failed.Reason));
        Assert.Equal(typeof(IOException).FullName, failed.FailureDetails.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task What_people_did_is_in_it_and_a_timer_that_was_cancelled()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Wait", async context => await context.WaitForExternalEvent<string>("answer", TimeSpan.FromDays(1)))
            .StartAsync();
        await host.RunAsync("Wait", id: "w");
        await host.Client.SuspendInstanceAsync("w", "look first");
        await host.IdleAsync();
        await host.Client.ResumeInstanceAsync("w", "looked");
        await host.RaiseAsync("w", "answer", "yes");

        var history = await host.Client.GetOrchestrationHistoryAsync("w");

        Assert.Equal("look first", Assert.Single(history.OfType<ExecutionSuspendedEvent>()).Reason);
        Assert.Equal("looked", Assert.Single(history.OfType<ExecutionResumedEvent>()).Reason);
        var raised = Assert.Single(history.OfType<EventRaisedEvent>());
        Assert.Equal(("answer", "\"yes\""), (raised.Name, raised.Input));
        var cancelled = Assert.Single(history.OfType<GenericEvent>());
        Assert.Equal((0, SharedHistory.TimerCancelled), (cancelled.EventId, cancelled.Data));
    }

    [Fact]
    public async Task One_that_was_terminated_says_why_and_an_unknown_one_is_refused()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Wait", async context => await context.WaitForExternalEvent<string>("answer"))
            .StartAsync();
        await host.RunAsync("Wait", id: "w");
        await host.Client.TerminateInstanceAsync("w", "enough");
        await host.IdleAsync();

        var history = await host.Client.GetOrchestrationHistoryAsync("w");

        Assert.Equal("\"enough\"", Assert.Single(history.OfType<ExecutionTerminatedEvent>()).Input);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.GetOrchestrationHistoryAsync("nobody"));
    }
}
