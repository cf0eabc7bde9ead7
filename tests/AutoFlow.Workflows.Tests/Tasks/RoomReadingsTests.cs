using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

/// <summary>A workflow of the form that the specification gives as an example: readings of one room, then a step for each.</summary>
public class RoomReadingsTests
{
    private const string Body =
        """
        do:
          - consume:
              listen:
                to:
                  all:
                    - with: { source: https://home.example/sensor, type: temperature }
                      correlate: { room: { from: .roomid } }
                    - with: { source: https://home.example/sensor, type: humidity }
                      correlate: { room: { from: .roomid } }
                read: envelope
              output: { as: "{ room: .[0].roomid, readings: map(.data.reading) }" }
          - log:
              for: { each: reading, in: .readings }
              do:
                - tell: { call: step, with: { reading: "${ $reading }" }, output: { as: $input } }
          - report: { set: { of: "${ .room }", n: "${ .readings | length }" } }
        timeout: { after: { hours: 1 } }
        """;

    private static JqValue Reading(string type, string room, int reading, string id) =>
        TestWorkflow.Event(type, id, $$"""{"reading":{{reading}}}""", "https://home.example/sensor").With("roomid", JqValue.From(room));

    [Fact]
    public void The_readings_of_one_room_are_gathered_and_each_is_logged()
    {
        var context = new FakeWorkflowContext().On("step", "{}")
            .Raise(TimeSpan.FromMinutes(1), Reading("temperature", "bath", 22, "1"))
            .Raise(TimeSpan.FromMinutes(2), Reading("humidity", "attic", 40, "2"))
            .Raise(TimeSpan.FromMinutes(3), Reading("humidity", "bath", 70, "3"));

        var result = TestWorkflow.Run(Body, context: context);

        TestWorkflow.IsJson("""{"of":"bath","n":2}""", result.Output!);
        Assert.Equal(["1", "3"], result.ConsumedEvents);
        Assert.Equal([22d, 70d], context.Calls.Select(static c => c.Arguments["reading"].AsNumber()!.Value));
    }

    [Fact]
    public void Rooms_that_never_match_end_with_the_time_limit()
    {
        var context = new FakeWorkflowContext()
            .Raise(TimeSpan.FromMinutes(1), Reading("temperature", "bath", 22, "1"))
            .Raise(TimeSpan.FromMinutes(2), Reading("humidity", "attic", 40, "2"));

        Assert.Equal(408, TestWorkflow.Error(Body, context: context).Status);
    }
}
