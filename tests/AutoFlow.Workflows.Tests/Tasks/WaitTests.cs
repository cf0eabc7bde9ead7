using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class WaitTests
{
    [Theory]
    [InlineData("{ days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5 }", "1.02:03:04.005")]
    [InlineData("PT30S", "00:00:30")]
    [InlineData("P1DT12H", "1.12:00:00")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("PT0.5S", "00:00:00.500")]
    [InlineData("${ .for }", "00:01:30")]
    [InlineData("\"${ {minutes: 2} }\"", "00:02:00")]
    public void A_wait_lasts_its_duration_and_gives_its_input(string wait, string length)
    {
        var context = new FakeWorkflowContext();
        var start = context.Now;

        var output = TestWorkflow.Output($"do:\n  - w:\n      wait: {wait}\n", """{"for":"PT1M30S"}""", context);

        Assert.Equal(TimeSpan.Parse(length, System.Globalization.CultureInfo.InvariantCulture), context.Now - start);
        TestWorkflow.IsJson("""{"for":"PT1M30S"}""", output);
    }

    [Fact]
    public void The_status_tells_what_is_waited_for()
    {
        var context = new FakeWorkflowContext();
        var due = context.Now.AddSeconds(30);

        TestWorkflow.Output("do:\n  - w:\n      wait: PT30S\n", context: context);

        var waiting = Assert.Single(context.Statuses, static s => s.WaitingFor is not null);
        Assert.Equal(("/do/0/w", "w", 0), (waiting.Task, waiting.Name, waiting.EventsConsumed));
        Assert.Equal((WaitingFor.Timer, due), (waiting.WaitingFor!.Kind, waiting.WaitingFor.Until));
    }

    [Fact]
    public void An_expression_that_gives_no_duration_is_an_error()
    {
        Assert.Equal(StandardErrors.Expression.Type, TestWorkflow.Error("do:\n  - w:\n      wait: ${ 1 }\n").Type);
    }
}
