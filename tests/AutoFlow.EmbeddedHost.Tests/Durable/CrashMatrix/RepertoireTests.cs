using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;

/// <summary>The repertoire without any interruption: what the interrupted runs are compared with is what it should be.</summary>
public sealed class RepertoireTests
{
    private const string Outcome =
        """
        carried-events-sender: Sender Completed output none custom none failure none tags none
        carried-events: CarriedEvents Completed output "n n, n n, n n, other other, n n" custom "5 read" failure none tags none
        child-failure-broken: Broken Failed output none custom "about to break" failure System.NotSupportedException tags none
        child-failure: ChildFailure Completed output "Broken: broken" custom none failure none tags none
        child-one: Leaf Completed output "one" custom none failure none tags none
        child-retried-broken: Broken Failed output none custom "about to break" failure System.NotSupportedException tags none
        child-retried: ChildRetried Failed output none custom none failure System.NotSupportedException tags none
        child-terminated-doomed: Doomed Terminated output "stopped" custom "terminate" failure none tags none
        child-terminated: ChildTerminated Completed output "TerminatedOrchestration" custom none failure none tags none
        child-three: Leaf Completed output "three" custom none failure none tags none
        child-two: Leaf Completed output "two" custom none failure none tags none
        child: Child Completed output "one two three" custom none failure none tags none
        dropped-events-sender: Sender Completed output none custom none failure none tags none
        dropped-events: DroppedEvents Completed output "nothing came to the second" custom none failure none tags none
        event-buffered: EventBuffered Completed output "early!" custom none failure none tags none
        event-in-time: EventInTime Completed output "reply" custom "raise reply" failure none tags none
        event-timeout: EventTimeout Completed output "no reply" custom none failure none tags none
        event: Event Completed output "one two" custom "got both" failure none tags none
        events-sent-box: Box Completed output "abc" custom none failure none tags none
        events-sent: EventsSent Completed output "abc" custom none failure none tags none
        failed: Failed Failed output none custom "about to fail" failure System.InvalidOperationException tags none
        failure-caught: FailureCaught Completed output "Fail: It never works." custom none failure none tags none
        fan-out: FanOut Completed output 15 custom none failure none tags none
        purged-marker: Leaf Completed output "stays behind" custom none failure none tags none
        race-waiter: Waiter Completed output "go on" custom none failure none tags none
        race: Race Completed output "timer, then go on" custom none failure none tags none
        retry-exhausted: RetryExhausted Failed output none custom "trying" failure System.InvalidOperationException tags none
        retry-handler: RetryHandler Completed output "at last" custom none failure none tags none
        retry-then-success: RetryThenSuccess Completed output "at last" custom none failure none tags none
        scheduled-start: ScheduledStart Completed output "later" custom none failure none tags order=1001
        slow-activity: SlowActivity Completed output "ab" custom none failure none tags none
        stable-values: StableValues Completed output "True" custom none failure none tags none
        started-again: StartedAgain Completed output "2" custom none failure none tags none
        suspended: Suspended Completed output "meanwhile" custom "resumed" failure none tags none
        terminated-waiter: Waiter Terminated output "stopped" custom none failure none tags none
        terminated: Terminated Terminated output "stopped" custom "terminate" failure none tags none
        timer-cancelled: TimerCancelled Completed output "the near one" custom none failure none tags none
        timer: Timer Completed output "waited" custom none failure none tags none
        """;

    [Fact]
    public async Task It_comes_to_what_is_written_here() => Assert.Equal(Outcome.Split('\n'), await RepertoireHost.ExpectedAsync());

    [Fact]
    public async Task It_uses_every_kind_of_event()
    {
        await using var host = await new DurableHost().WithRepertoire().StartAsync();
        await host.DriveAsync(RepertoireHost.Flows);
        var used = new HashSet<Type>();
        await foreach (var instance in host.Client.GetAllInstancesAsync())
            used.UnionWith(host.History(instance.InstanceId).SelectMany(turn => turn.Received.Concat(turn.Decided)).Select(each => each.GetType()));
        var all = typeof(HistoryEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HistoryEvent)));

        // A generation that started over is not in the history any more; taking back has tests of its own.
        Assert.Equal([typeof(ExecutionRewound), typeof(ContinuedAsNew)], all.Except(used));
    }
}
