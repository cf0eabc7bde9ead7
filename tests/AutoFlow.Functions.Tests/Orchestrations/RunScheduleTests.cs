using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>Schedules in virtual time. The clock begins on Sunday, 1 March 2026, 08:00 UTC.</summary>
public sealed class RunScheduleTests : IAsyncDisposable
{
    private const string Id = "schedule~test.report";

    private const string Quick = """
          - done:
              set: { done: true }
        """;

    private const string Slow = """
          - work:
              wait: { minutes: 25 }
        """;

    private readonly DurableApp _app = new();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Every_runs_at_its_interval_whether_or_not_the_run_before_has_ended()
    {
        await PublishAsync("every: { minutes: 10 }", Slow);

        await _app.AdvanceAsync(TimeSpan.FromMinutes(35));

        Assert.Equal(Runs("081000", "082000", "083000"), await _app.RunsAsync());
        Assert.Equal(OrchestrationRuntimeStatus.Running, await _app.StatusAsync("report~20260301T083000Z.test"));
    }

    [Fact]
    public async Task Cron_runs_at_its_times()
    {
        await PublishAsync("cron: '30 9 * * *'", Quick);

        await _app.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal(["report~20260301T093000Z.test", "report~20260302T093000Z.test"], await _app.RunsAsync());
    }

    [Fact]
    public async Task After_runs_at_once_and_then_counts_from_the_end_of_the_run()
    {
        await PublishAsync("after: { minutes: 10 }", Slow);

        await _app.AdvanceAsync(TimeSpan.FromMinutes(75));

        Assert.Equal(Runs("080000", "083500", "091000"), await _app.RunsAsync());
        Assert.Equal("{}", Input(await _app.Client.GetInstanceAsync("report~20260301T083500Z.test", getInputsAndOutputs: true)));
    }

    [Fact]
    public async Task On_starts_a_run_for_each_event_with_the_events_as_its_input()
    {
        await PublishAsync("on: { one: { with: { type: shop.order.paid } } }", Quick);

        await _app.TellAsync("shop.order.paid", "e-1", new { order = "1" });
        await _app.TellAsync("shop.order.lost", "e-2", new { order = "2" });
        await _app.TellAsync("shop.order.paid", "e-3", new { order = "3" });

        var runs = await _app.RunsAsync();
        Assert.Equal(2, runs.Count);
        Assert.Equal("""[{"order":"1"}]""", Input(await _app.Client.GetInstanceAsync(runs[0], getInputsAndOutputs: true)));
        Assert.Equal("""[{"order":"3"}]""", Input(await _app.Client.GetInstanceAsync(runs[1], getInputsAndOutputs: true)));
    }

    [Fact]
    public async Task On_all_keeps_an_event_that_is_for_the_next_round()
    {
        await PublishAsync("on: { all: [ { with: { type: test.a } }, { with: { type: test.b } } ] }", Quick);

        foreach (var (type, id) in new[] { ("test.a", "a-1"), ("test.a", "a-2"), ("test.b", "b-1"), ("test.b", "b-2") }) await _app.TellAsync(type, id, id);

        var runs = await _app.RunsAsync();
        Assert.Equal(2, runs.Count);
        Assert.Equal("""["a-1","b-1"]""", Input(await _app.Client.GetInstanceAsync(runs[0], getInputsAndOutputs: true)));
        Assert.Equal("""["a-2","b-2"]""", Input(await _app.Client.GetInstanceAsync(runs[1], getInputsAndOutputs: true)));
    }

    [Fact]
    public async Task An_event_that_is_raised_again_in_the_next_round_starts_no_second_run()
    {
        await PublishAsync("on: { one: { with: { type: shop.order.paid } } }", Quick);
        var told = CloudEvent.Of("e-1", "shop.order.paid", "/test", default, new { order = "1" });

        for (var times = 0; times < 3; times++)
        {
            await _app.Client.RaiseEventAsync(Id, "shop.order.paid", told);
            await _app.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Single(await _app.RunsAsync());
    }

    [Fact]
    public async Task After_an_outage_one_missed_round_is_made_up_for_and_the_rhythm_stays()
    {
        await PublishAsync("every: { minutes: 10 }", Quick);
        await _app.AdvanceAsync(TimeSpan.FromMinutes(10));

        _app.Sleep(TimeSpan.FromMinutes(47)); // 08:57: 08:20, 08:30, 08:40 and 08:50 were missed.
        await _app.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(Runs("081000", "082000", "090000"), await _app.RunsAsync());
    }

    [Fact]
    public async Task A_new_version_takes_over_at_once()
    {
        await PublishAsync("cron: '0 0 1 1 *'", Quick);
        await PublishAsync("every: { minutes: 10 }", Quick, "1.1.0");

        await _app.AdvanceAsync(TimeSpan.FromMinutes(10));

        var run = await _app.Client.GetInstanceAsync(Assert.Single(await _app.RunsAsync()), getInputsAndOutputs: true);
        Assert.Equal((await _app.Library.NewestAsync(default)).Latest("report").Hash, run!.ReadInputAs<WorkflowStart>()!.DefinitionHash);
    }

    [Fact]
    public async Task A_new_version_that_waits_for_other_events_gets_those_only()
    {
        await PublishAsync("on: { one: { with: { type: test.a } } }", Quick);
        await PublishAsync("on: { one: { with: { type: test.b } } }", Quick, "1.1.0");
        Assert.Equal([$"{Id} test.b"], _app.World.Events.Subscribed);

        await _app.TellAsync("test.a", "a-1");
        Assert.Empty(await _app.RunsAsync());
        await _app.TellAsync("test.b", "b-1");

        Assert.Single(await _app.RunsAsync());
    }

    [Fact]
    public async Task No_event_falls_between_two_versions_that_wait_for_it()
    {
        await PublishAsync("on: { all: [ { with: { type: test.a } }, { with: { type: test.b } } ] }", Quick);
        var meanwhile = new List<bool>();
        _app.Throws = _ =>
        {
            meanwhile.Add(_app.World.Events.Subscribed.Contains($"{Id} test.a"));
            return false;
        };

        await PublishAsync("on: { one: { with: { type: test.a } } }", Quick, "1.1.0");

        Assert.NotEmpty(meanwhile);
        Assert.DoesNotContain(false, meanwhile);
        Assert.Equal([$"{Id} test.a"], _app.World.Events.Subscribed);
    }

    [Fact]
    public async Task A_new_version_without_a_schedule_ends_it_and_a_later_one_begins_it_anew()
    {
        await PublishAsync("every: { minutes: 10 }", Quick);
        await PublishAsync(null, Quick, "1.1.0");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await _app.StatusAsync(Id));
        await _app.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Empty(await _app.RunsAsync());

        await PublishAsync("every: { minutes: 10 }", Quick, "1.2.0");
        await _app.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(Runs("091000"), await _app.RunsAsync());
    }

    [Fact]
    public async Task Keeping_schedules_again_and_again_changes_nothing()
    {
        await PublishAsync("every: { minutes: 10 }", Quick);
        for (var minute = 0; minute < 25; minute++)
        {
            await _app.KeepSchedulesAsync();
            await _app.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(Runs("081000", "082000"), await _app.RunsAsync());
    }

    [Fact]
    public async Task What_a_schedule_was_told_while_its_run_was_under_way_costs_one_round_in_all()
    {
        await PublishAsync("after: { hours: 1 }", Slow);
        await PublishAsync("after: { hours: 2 }", Quick, "1.1.0");
        for (var minute = 0; minute < 24; minute++)
        {
            await _app.KeepSchedulesAsync();
            await _app.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        _app.Ran.Clear();
        await _app.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(2, _app.Ran.Count(name => name == nameof(PinSchedule)));
        await _app.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(Runs("080000", "102500"), await _app.RunsAsync());
    }

    [Fact]
    public async Task A_round_over_broken_infrastructure_is_tried_again()
    {
        var broken = true;
        _app.Throws = name => broken && name == nameof(StartWorkflow);
        await PublishAsync("every: { minutes: 10 }", Quick);
        await _app.AdvanceAsync(TimeSpan.FromMinutes(15));
        Assert.Empty(await _app.RunsAsync());

        broken = false;
        await _app.AdvanceAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(Runs("081000"), await _app.RunsAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task An_event_that_was_received_starts_its_run_however_long_the_store_is_broken(int minutes)
    {
        await PublishAsync("on: { all: [ { with: { type: test.a } }, { with: { type: test.b } } ] }", Quick);
        _app.Throws = name => name is nameof(StartWorkflow);
        foreach (var (type, id) in new[] { ("test.a", "a-1"), ("test.a", "a-2"), ("test.b", "b-1") }) await _app.TellAsync(type, id, id);
        await _app.AdvanceAsync(TimeSpan.FromMinutes(minutes));
        Assert.Empty(await _app.RunsAsync());

        _app.Throws = _ => false;
        await _app.AdvanceAsync(TimeSpan.FromMinutes(5));
        await _app.TellAsync("test.b", "b-2", "b-2");

        var runs = await _app.RunsAsync();
        Assert.Equal(2, runs.Count);
        Assert.Equal("""["a-1","b-1"]""", Input(await _app.Client.GetInstanceAsync(runs[0], getInputsAndOutputs: true)));
        Assert.Equal("""["a-2","b-2"]""", Input(await _app.Client.GetInstanceAsync(runs[1], getInputsAndOutputs: true)));
    }

    [Fact]
    public async Task A_schedule_lives_on_in_a_short_history()
    {
        await PublishAsync("every: { minutes: 1 }", Quick);

        await _app.AdvanceAsync(TimeSpan.FromHours(5));

        Assert.Equal(300, (await _app.RunsAsync()).Count);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await _app.StatusAsync(Id));
    }

    [Fact]
    public void Ids_are_no_longer_than_a_host_takes()
    {
        var name = new string('n', 63);
        string[] ids = [InstanceIds.ForSchedule(name, name), InstanceIds.ForSchedule(name, name[1..]), InstanceIds.ForRound(name, name, default), InstanceIds.ForRound(name, name, default, 7)];

        Assert.All(ids, id => Assert.InRange(id.Length, 1, 100));
        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal("report~20260301T080000.5Z-3.test", InstanceIds.ForRound("test", "report", new DateTimeOffset(2026, 3, 1, 8, 0, 0, 500, TimeSpan.Zero), 3));
    }

    private static string Input(OrchestrationMetadata? run) => run!.ReadInputAs<WorkflowStart>()!.Input.GetRawText();

    private static IEnumerable<string> Runs(params string[] times) => times.Select(time => $"report~20260301T{time}Z.test");

    private async Task PublishAsync(string? schedule, string tasks, string version = "1.0.0")
    {
        _app.Publish($"document: {{ dsl: '1.0.3', namespace: test, name: report, version: '{version}' }}\n{(schedule is null ? "" : $"schedule: {{ {schedule} }}\n")}do:\n{tasks}");
        await _app.KeepSchedulesAsync();
    }
}
