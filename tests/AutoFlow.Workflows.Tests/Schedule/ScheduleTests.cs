using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Schedule;

public class ScheduleTests
{
    private const string Do = "do:\n  - a: { set: { x: 1 } }\n";
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static WorkflowSchedule Read(string schedule) => TestWorkflow.Parse(Do + $"schedule: {schedule}\n").Schedule!;

    [Fact]
    public void A_definition_without_a_schedule_has_none() => Assert.Null(TestWorkflow.Parse(Do).Schedule);

    [Fact]
    public void An_interval_is_counted_from_the_time_given()
    {
        var every = Read("{ every: { hours: 2 } }");
        var after = Read("{ after: PT30S }");

        Assert.Equal((ScheduleKind.Every, Noon.AddHours(2)), (every.Kind, every.NextAfter(Noon)));
        Assert.Equal((ScheduleKind.After, Noon.AddSeconds(30)), (after.Kind, after.NextAfter(Noon)));
    }

    [Fact]
    public void Times_of_a_cron_expression_are_in_utc()
    {
        var cron = Read("{ cron: '0 9 * * mon' }");

        Assert.Equal((ScheduleKind.Cron, new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)), (cron.Kind, cron.NextAfter(Noon.ToOffset(TimeSpan.FromHours(5)))));
    }

    [Theory]
    [InlineData("{ on: { one: { with: { type: a } } } }", "[1]", "[2]")]
    [InlineData("{ on: { one: { with: { type: a, data: '${ . > 1 }' } } } }", "[2]", "[3]")]
    [InlineData("{ on: { any: [ { with: { type: a } }, { with: { type: b } } ] } }", "[1]", "[10]")]
    [InlineData("{ on: { any: [] } }", "[1]", "[10]")]
    [InlineData("{ on: { any: [ { with: { type: a } } ], until: length == 2 } }", "[1,2]", "[3,4]")]
    [InlineData("{ on: { any: [ { with: { type: a } } ], until: { one: { with: { type: b } } } } }", "[1]", "[2]")]
    [InlineData("{ on: { all: [ { with: { type: a } }, { with: { type: b } } ] } }", "[1,10]", "[2,20]")]
    [InlineData("{ on: { all: [ { with: { type: a }, correlate: { c: { from: .data % 2 } } }, { with: { type: a }, correlate: { c: { from: .data % 2 } } } ] } }", "[1,3]", "[2,4]")]
    public void Events_start_one_instance_after_another(string schedule, string first, string second)
    {
        var definition = TestWorkflow.Parse(Do + $"schedule: {schedule}\n");
        var context = new FakeWorkflowContext();
        foreach (var (index, (type, data)) in new[] { ("a", 1), ("b", 10), ("a", 2), ("b", 20), ("a", 3), ("a", 4) }.Index())
            context.Raise((index + 1) * Minute, TestWorkflow.Event(type, $"{index}", $"{data}"));
        var listener = new ScheduleListener(definition, context);

        TestWorkflow.IsJson(first, context.Next(listener, definition));
        TestWorkflow.IsJson(second, context.Next(listener, definition));

        Assert.Null(definition.Schedule!.NextAfter(Noon));
        Assert.Empty(definition.EventTypes);
    }

    [Fact]
    public void Events_are_read_as_asked()
    {
        var definition = TestWorkflow.Parse(Do + "schedule: { on: { one: { with: { type: a } } }, read: envelope }\n");
        var context = new FakeWorkflowContext().Raise(Minute, TestWorkflow.Event("a", "7", "1"));

        Assert.Equal("7", context.Next(new ScheduleListener(definition, context), definition)[0]["id"].AsString());
    }

    [Fact]
    public void A_listener_hands_what_it_kept_to_the_next_one_and_forgets_what_nobody_will_take()
    {
        const string filter = "{ with: { type: a, data: '${ . > 0 }' }, correlate: { parity: { from: .data % 2 } } }";
        var definition = TestWorkflow.Parse(Do + $"schedule: {{ on: {{ all: [ {filter}, {filter} ] }} }}\n");
        var context = new FakeWorkflowContext();
        foreach (var (index, data) in new[] { 1, 0, 2, 3, 4 }.Index())
            context.Raise((index + 1) * Minute, TestWorkflow.Event("a", $"{index}", $"{data}"));
        var listener = new ScheduleListener(definition, context);

        TestWorkflow.IsJson("[1,3]", context.Next(listener, definition));
        Assert.Equal(["2"], listener.Kept.Select(static e => e["data"].ToJson()));
        TestWorkflow.IsJson("[2,4]", context.Next(new ScheduleListener(definition, context, listener.Kept), definition));
    }

    [Fact]
    public void A_flood_of_events_for_nobody_ends_no_listener()
    {
        var definition = TestWorkflow.Parse(Do + "schedule: { on: { one: { with: { type: a, data: 9 } } } }\n");
        var context = new FakeWorkflowContext();
        for (var i = 0; i < 10; i++) context.Raise(i * Minute, TestWorkflow.Event("a", $"{i}", $"{i}"));
        var listener = new ScheduleListener(definition, context, options: new InterpreterOptions { MaxBufferedEvents = 2 });

        TestWorkflow.IsJson("[9]", context.Next(listener, definition));
    }

    [Fact]
    public void Only_a_definition_that_events_start_can_be_listened_for() =>
        Assert.Throws<ArgumentException>(static () => new ScheduleListener(TestWorkflow.Parse(Do), new FakeWorkflowContext()));

    [Theory]
    [InlineData("{}", "8:11", "'schedule' needs one of every, cron, after, on", null)]
    [InlineData("{ every: PT1H, after: PT1H }", "8:11", "'schedule' needs one of every, cron, after, on", null)]
    [InlineData("{ evry: PT1H, cron: '@daily' }", "8:13", "unknown property 'evry' in 'schedule'", "did you mean 'every'?")]
    [InlineData("{ cron: '0 0 * * fry' }", "8:28", "day of the week: 'fry' is not in 0 to 7 or sun to sat", "did you mean 'fri'?")]
    [InlineData("{ every: '${ .x }' }", "8:20", "schedule.every cannot be an expression: there is no data before a start", null)]
    [InlineData("{ every: { milliseconds: 5 } }", "8:20", "schedule.every is shorter than a second", null)]
    [InlineData("{ cron: '@daily', read: data }", "8:29", "'read' belongs to 'on' only", null)]
    [InlineData("{ on: { one: { with: { type: a, data: '${ $context }' } } } }", "8:53", "bad jq expression: $context is not defined", "$context does not exist at this stage of a task")]
    public void A_wrong_schedule_is_refused(string schedule, string place, string message, string? hint) =>
        TestWorkflow.Refused(Do + $"schedule: {schedule}\n", place, message, hint);
}
