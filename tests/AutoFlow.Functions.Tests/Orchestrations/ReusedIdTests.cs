using AutoFlow.Functions.Events;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Events;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>Instance ids that run more than once: schedules and watches.</summary>
public sealed class ReusedIdTests
{
    private const string Id = "schedule~test.report";

    [Fact]
    public async Task An_instance_that_begins_anew_while_its_end_is_noticed_gets_the_event_and_stays_subscribed()
    {
        var world = new World();
        var durable = world.Durable;
        await durable.ScheduleNewOrchestrationInstanceAsync(nameof(RunSchedule), null, new StartOrchestrationOptions(Id));
        durable[Id] = OrchestrationRuntimeStatus.Terminated;
        await world.Events.AddAsync(Id, "test.a", default);
        await world.Events.AddAsync(Id, "test.b", default);
        var stored = new IncomingEvent("/test", "e-1", "test.a", CloudEvent.Of("e-1", "test.a", "/test", Sample.Start, 1).GetRawText());
        await world.Events.AddAsync([stored], default);
        var restarts = new Restarting(world.Events, () => durable[Id] = OrchestrationRuntimeStatus.Running);

        await new EventRouter(world.Events, restarts, world.Time, NullLogger<EventRouter>.Instance).RouteAsync(stored.Key, durable, default);

        Assert.Equal(Id, Assert.Single(durable.Mailbox).Id);
        Assert.Equal([$"{Id} test.a", $"{Id} test.b"], world.Events.Subscribed);
    }

    [Fact]
    public void The_children_of_another_run_are_others_and_those_of_an_id_that_runs_once_are_named_as_ever()
    {
        Assert.Equal($"a~1~{InstanceIds.ShortHash("/do/0#0")}", InstanceIds.ForChild("a~1", "/do/0#0"));
        Assert.Equal(3, new[] { null, "r1", "r2" }.Select(run => InstanceIds.ForChild("a~1", "/do/0#0", run)).Distinct().Count());
        Assert.Equal("a~1", InstanceIds.RootOf(InstanceIds.ForChild("a~1", "/do/0#0", "r1")));
    }

    [Fact]
    public void An_id_takes_any_matter_and_tells_matters_apart()
    {
        Assert.Equal("await-approval~T-1005", InstanceIds.ForMatter("await-approval", "T-1005"));
        Assert.Equal(InstanceIds.ForApproval("T-1005"), InstanceIds.ForMatter("await-approval", "T-1005"));

        string[] ids = [.. new[] { "order/7?x#1", "order/7?x/1", "order-7-x-1", "Ärger", "\n", new string('a', 500), new string('a', 501) }.Select(matter => InstanceIds.ForMatter("approve", matter))];
        Assert.All(ids, id => Assert.Matches(@"^approve~[A-Za-z0-9._-]{1,92}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    /// <summary>Something happens before each removal.</summary>
    private sealed class Restarting(ISubscriptions inner, Action before) : ISubscriptions
    {
        public Task AddAsync(string instanceId, string type, CancellationToken ct) => inner.AddAsync(instanceId, type, ct);

        public Task RemoveAsync(string instanceId, CancellationToken ct)
        {
            before();
            return inner.RemoveAsync(instanceId, ct);
        }

        public Task RemoveAsync(string instanceId, string type, CancellationToken ct)
        {
            before();
            return inner.RemoveAsync(instanceId, type, ct);
        }

        public Task<IReadOnlyList<Subscription>> ToAsync(string type, CancellationToken ct) => inner.ToAsync(type, ct);
    }
}
