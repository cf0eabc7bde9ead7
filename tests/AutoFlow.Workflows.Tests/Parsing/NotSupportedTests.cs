namespace AutoFlow.Workflows.Tests.Parsing;

public class NotSupportedTests
{
    private const string Do = "do:\n  - a: { set: { x: 1 } }\n";

    [Theory]
    [InlineData("do:\n  - a: { call: http, with: { method: get } }\n", "7:16", "call http")]
    [InlineData("do:\n  - a: { call: grpc }\n", "7:16", "call grpc")]
    [InlineData("do:\n  - a: { call: openapi }\n", "7:16", "call openapi")]
    [InlineData("do:\n  - a: { call: asyncapi }\n", "7:16", "call asyncapi")]
    [InlineData("do:\n  - a: { call: a2a }\n", "7:16", "call a2a")]
    [InlineData("do:\n  - a: { call: mcp }\n", "7:16", "call mcp")]
    [InlineData("do:\n  - a: { call: 'https://x.org/f.yaml' }\n", "7:16", "call of a function by URI")]
    [InlineData("do:\n  - a: { call: 'log:1.0.0@global' }\n", "7:16", "call of a function in a named catalog")]
    [InlineData("do:\n  - a: { run: { container: { image: x } } }\n", "7:17", "run container")]
    [InlineData("do:\n  - a: { run: { script: { language: js } } }\n", "7:17", "run script")]
    [InlineData("do:\n  - a: { run: { shell: { command: ls } } }\n", "7:17", "run shell")]
    [InlineData("do:\n  - a: { set: { x: 1 }, input: { schema: {} } }\n", "7:34", "input.schema")]
    [InlineData(Do + "evaluate: { language: js }\n", "8:23", "the expression language 'js'")]
    [InlineData(Do + "use: { secrets: [ a ] }\n", "8:8", "use.secrets")]
    [InlineData(Do + "use: { catalogs: {} }\n", "8:8", "use.catalogs")]
    [InlineData(Do + "use: { authentications: {} }\n", "8:8", "use.authentications")]
    [InlineData(Do + "output: { schema: {} }\n", "8:11", "output.schema")]
    public void A_construct_that_does_not_run_yet_is_refused_by_its_name(string body, string place, string construct)
    {
        var error = TestWorkflow.OnlyError(body);

        Assert.Equal((place, $"not supported yet: {construct}"), (error.Position.ToString(), error.Message));
    }
}
