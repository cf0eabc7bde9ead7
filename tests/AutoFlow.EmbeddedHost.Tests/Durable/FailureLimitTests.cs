using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>Failures that are deeper or longer than a history keeps them. Each turn replays.</summary>
public sealed class FailureLimitTests
{
    private static DurableHost Forgetful() => new() { Options = new DurableOptions { MaxConcurrentActivities = 4, MaxConcurrentOrchestrations = 4, MaxInstancesInMemory = 0 } };

    private static Exception Nested(int depth)
    {
        Exception exception = new TimeoutException("Cause.");
        for (var level = 1; level < depth; level++)
            exception = new InvalidOperationException($"Level {level}.", exception);
        return exception;
    }

    private static List<TaskFailureDetails> Chain(TaskFailureDetails? failure)
    {
        var chain = new List<TaskFailureDetails>();
        for (; failure is not null; failure = failure.InnerFailure)
            chain.Add(failure);
        return chain;
    }

    [Theory]
    [InlineData(DurableLimits.MaxFailureDepth, DurableLimits.MaxFailureDepth)]
    [InlineData(DurableLimits.MaxFailureDepth + 1, DurableLimits.MaxFailureDepth)]
    [InlineData(10_000, DurableLimits.MaxFailureDepth)]
    public async Task Causes_of_an_activitys_failure_are_kept_down_to_the_sixteenth(int depth, int kept)
    {
        await using var host = await Forgetful()
            .Activity("Fail", _ => throw Nested(depth))
            .Orchestrator("Call", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Fail");
                    return null;
                }
                catch (TaskFailedException exception)
                {
                    var seen = Chain(exception.FailureDetails);
                    await context.WaitForExternalEvent<string>("go");
                    return $"{seen.Count} {seen[0].ErrorMessage}";
                }
            })
            .StartAsync();
        var id = await host.RunAsync("Call");
        await host.RaiseAsync(id, "go");
        Assert.Equal($"{kept} Level {depth - 1}.", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Failures_that_each_caller_wraps_go_no_deeper()
    {
        await using var host = await Forgetful()
            .Orchestrator("Down", async context =>
            {
                var left = context.GetInput<int>();
                if (left == 0)
                    throw Nested(5);
                return await context.CallSubOrchestratorAsync<string>("Down", left - 1);
            })
            .StartAsync();
        var failed = await host.GetAsync(await host.RunAsync("Down", 40));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal(DurableLimits.MaxFailureDepth, Chain(failed.FailureDetails).Count);
    }

    [Theory]
    [InlineData(DurableLimits.MaxFailureTextLength, 'm')]
    [InlineData(DurableLimits.MaxFailureTextLength + 1, '…')]
    public async Task A_message_and_a_stack_are_kept_up_to_32_Ki_characters(int length, char last)
    {
        await using var host = await Forgetful()
            .Orchestrator("Fail", _ => throw new TracedException(new string('m', length)))
            .Orchestrator("Call", async context => await context.CallActivityAsync<string>("Fail"))
            .Activity("Fail", _ => throw new TracedException(new string('m', length)))
            .StartAsync();
        var own = (await host.GetAsync(await host.RunAsync("Fail"))).FailureDetails!;
        var called = (await host.GetAsync(await host.RunAsync("Call"))).FailureDetails!.InnerFailure!;
        foreach (var failure in new[] { own, called })
        {
            Assert.Equal((DurableLimits.MaxFailureTextLength, last), (failure.ErrorMessage.Length, failure.ErrorMessage[^1]));
            Assert.Equal((DurableLimits.MaxFailureTextLength, last), (failure.StackTrace!.Length, failure.StackTrace[^1]));
        }
    }

    [Fact]
    public async Task A_cut_divides_no_character()
    {
        var smileys = string.Concat(Enumerable.Repeat("\U0001F600", DurableLimits.MaxFailureTextLength));
        await using var host = await Forgetful()
            .Orchestrator("Even", _ => throw new InvalidOperationException(smileys))
            .Orchestrator("Odd", _ => throw new InvalidOperationException("x" + smileys))
            .StartAsync();
        foreach (var name in new[] { "Even", "Odd" })
        {
            var message = (await host.GetAsync(await host.RunAsync(name))).FailureDetails!.ErrorMessage;
            Assert.InRange(message.Length, DurableLimits.MaxFailureTextLength - 1, DurableLimits.MaxFailureTextLength);
            Assert.DoesNotContain('\uFFFD', message);
        }
    }

    [Fact]
    public void A_failures_size_counts_where_a_turns_messages_are_counted()
    {
        var failure = new TaskFailureDetails("T", "12345", "123", new TaskFailureDetails("T", "12", null, null));
        Assert.Equal(10, new AnswerMessage("one", new TaskOf(1, 0, 1), new TaskFailed(1, failure)).Size);
    }

    [Fact]
    public async Task A_turn_that_cannot_be_written_fails_the_instance()
    {
        var deep = new TaskFailureDetails("T", "m", null, null);
        for (var level = 0; level < 100; level++)
            deep = new TaskFailureDetails("T", "m", null, deep);
        await using var host = await Forgetful()
            .Orchestrator("Kid", async context => await context.WaitForExternalEvent<string>("go"))
            .Orchestrator("Wait", async context =>
            {
                await Task.WhenAll(context.CallSubOrchestratorAsync("Kid"), context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None));
                return "fired";
            })
            .StartAsync();
        var id = await host.RunAsync("Wait");
        host.Engine.Post(new AnswerMessage(id, new TaskOf(host.Engine.Store.Find(id)!.Key, 0, 0), new TaskFailed(0, deep)));
        await host.IdleAsync();
        var failed = await host.GetAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Failed, "TurnNotStorable"), (failed.RuntimeStatus, failed.FailureDetails?.ErrorType));
        Assert.Empty(host.Engine.Store.Timers(null, 1));
        Assert.IsType<ExecutionFailed>(host.History(id)[^1].Decided[^1]);
    }

    private sealed class TracedException(string text) : Exception(text)
    {
        public override string StackTrace => Message;
    }
}
