namespace AutoFlow.Workflows.Tests.Parsing;

public class NotSupportedTests
{
    private const string Do = "do:\n  - a: { set: { x: 1 } }\n";

    [Theory]
    [InlineData("do:\n  - a: { set: { x: 1 }, input: { schema: {} } }\n", "7:34", "input.schema")]
    [InlineData(Do + "use: { extensions: [] }\n", "8:8", "use.extensions")]
    [InlineData(Do + "output: { schema: {} }\n", "8:11", "output.schema")]
    public void A_construct_that_does_not_run_yet_is_refused_by_its_name(string body, string place, string construct)
    {
        var error = TestWorkflow.OnlyError(body);

        Assert.Equal((place, $"not supported yet: {construct}"), (error.Position.ToString(), error.Message));
    }
}
