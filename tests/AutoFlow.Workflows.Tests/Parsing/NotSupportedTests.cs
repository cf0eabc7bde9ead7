namespace AutoFlow.Workflows.Tests.Parsing;

public class NotSupportedTests
{
    private const string Do = "do:\n  - a: { set: { x: 1 } }\n";

    [Theory]
    [InlineData("do:\n  - a: { fork: { branches: [] } }\n", "7:10", "fork")]
    [InlineData("do:\n  - a: { listen: { to: { any: [] } } }\n", "7:26", "any without filters")]
    [InlineData("do:\n  - a: { listen: { to: { one: { with: { source: x } } } } }\n", "7:39", "an event filter without 'type'")]
    [InlineData("do:\n  - a: { listen: { to: { one: { with: { type: '${ .x }' } } } } }\n", "7:47", "an expression as event type")]
    [InlineData("do:\n  - a: { listen: { to: { one: { with: { type: x }, correlate: {} } } } }\n", "7:52", "correlate")]
    [InlineData("do:\n  - a: { listen: { to: { one: { with: { type: x } } } }, foreach: {} }\n", "7:58", "listen foreach")]
    [InlineData("do:\n  - a: { set: { x: 1 }, input: { schema: {} } }\n", "7:34", "input.schema")]
    [InlineData(Do + "schedule: { cron: '* * * * *' }\n", "8:1", "schedule")]
    [InlineData(Do + "use: { extensions: [] }\n", "8:8", "use.extensions")]
    [InlineData(Do + "output: { schema: {} }\n", "8:11", "output.schema")]
    public void A_construct_that_does_not_run_yet_is_refused_by_its_name(string body, string place, string construct)
    {
        var error = TestWorkflow.OnlyError(body);

        Assert.Equal((place, $"not supported yet: {construct}"), (error.Position.ToString(), error.Message));
    }
}
