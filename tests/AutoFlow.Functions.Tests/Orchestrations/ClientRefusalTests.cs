using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Tests.Fakes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>Hosts refuse starts and events by exceptions that the app does not know, between one look and the next.</summary>
public sealed class ClientRefusalTests
{
    private const string Id = "watch-parcel~1";
    private readonly World _world = new();

    private FakeDurable Durable => _world.Durable;

    [Fact]
    public async Task A_start_that_another_one_wins_counts_as_started()
    {
        Before("durable.start", () => Durable[Id] = OrchestrationRuntimeStatus.Running);

        Assert.False(await Durable.StartOnceAsync(nameof(RunWorkflow), Id, "start", default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_that_fails_with_nobody_there_is_thrown_on(bool again)
    {
        Before("durable.start", () => throw new RefusedCallException("Unavailable"));

        await Assert.ThrowsAsync<RefusedCallException>(() => Durable.StartOnceAsync(nameof(RunWorkflow), Id, "start", default, again));
    }

    [Fact]
    public async Task A_start_anew_that_fails_is_not_taken_for_the_instance_that_is_over()
    {
        await Durable.ScheduleNewOrchestrationInstanceAsync(nameof(RunWorkflow), null, new StartOrchestrationOptions(Id));
        Durable[Id] = OrchestrationRuntimeStatus.Completed;
        Before("durable.start", () => throw new RefusedCallException("Unavailable"));

        await Assert.ThrowsAsync<RefusedCallException>(() => Durable.StartOnceAsync(nameof(RunWorkflow), Id, "start", default, again: true));
        Assert.False(await Durable.StartOnceAsync(nameof(RunWorkflow), Id, "start", default));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task An_event_to_an_instance_that_ends_between_the_look_and_the_call_tells_so(OrchestrationRuntimeStatus end)
    {
        Durable[Id] = OrchestrationRuntimeStatus.Running;
        Before("durable.raise", () => Durable[Id] = end);

        Assert.Equal(end, await Durable.RaiseIfLiveAsync(Id, "news", 1, default));
        Assert.Empty(Durable.Mailbox);
    }

    [Fact]
    public async Task An_event_that_fails_while_the_instance_lives_is_thrown_on()
    {
        Durable[Id] = OrchestrationRuntimeStatus.Running;
        Before("durable.raise", () => throw new RefusedCallException("Unavailable"));

        await Assert.ThrowsAsync<RefusedCallException>(() => Durable.RaiseIfLiveAsync(Id, "news", 1, default));
    }

    [Fact]
    public async Task An_event_to_nobody_or_to_one_that_is_over_is_not_raised()
    {
        Assert.Null(await Durable.RaiseIfLiveAsync("nobody", "news", 1, default));
        Durable[Id] = OrchestrationRuntimeStatus.Completed;
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await Durable.RaiseIfLiveAsync(Id, "news", 1, default));
        Durable[Id] = OrchestrationRuntimeStatus.Pending;
        Assert.Equal(OrchestrationRuntimeStatus.Pending, await Durable.RaiseIfLiveAsync(Id, "news", 1, default));

        Assert.Single(Durable.Mailbox);
        Assert.DoesNotContain("nobody", Durable.Mailbox.Select(mail => mail.Id));
    }

    private void Before(string operation, Action act) => _world.Gate.Before = passing =>
    {
        if (passing == operation) act();
        return Task.CompletedTask;
    };
}
