using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class EmitTests
{
    [Fact]
    public void An_event_is_published_whole_and_is_the_output()
    {
        var context = new FakeWorkflowContext();

        var output = TestWorkflow.Output(
            """
            do:
              - tell:
                  emit:
                    event:
                      with:
                        type: com.example.told.v1
                        source: https://example.com
                        orderid: ${ .order }
                        data: { order: "${ .order }" }
            """,
            """{"order":"A1"}""",
            context);

        var emitted = Assert.Single(context.Emitted);
        Assert.Equal(emitted, output);
        Assert.Equal(
            ("1.0", "com.example.told.v1", "https://example.com", "A1", "2026-01-01T00:00:00.0000000Z"),
            (output["specversion"].AsString(), output["type"].AsString(), output["source"].AsString(), output["orderid"].AsString(), output["time"].AsString()));
        TestWorkflow.IsJson("""{"order":"A1"}""", output["data"]);
        Assert.True(Guid.TryParse(output["id"].AsString(), out _));
    }

    [Fact]
    public void The_source_is_the_workflow_where_none_is_given()
    {
        var output = TestWorkflow.Output("do:\n  - tell: { emit: { event: { with: { type: a.b } } } }\n");

        Assert.Equal("/workflows/test/example", output["source"].AsString());
    }
}
