namespace AutoFlow.Workflows.Tests.Tasks.Calls;

public class OpenApiCallTests
{
    [Fact]
    public void Everything_a_call_can_have_is_evaluated() => TestWorkflow.IsJson(
        """
        {"authentication":{"bearer":{"token":"t"}},
         "document":{"endpoint":{"uri":"https://x.org/openapi.json","authentication":{"basic":{"username":"u","password":"p"}}}},
         "operationId":"find","parameters":{"status":"sold","limit":3},"output":"raw","redirect":true}
        """,
        ProtocolCalls.Sent(
            ProtocolCalls.Body(
                "openapi",
                """
                document:
                  name: pets
                  endpoint:
                    uri: https://x.org/openapi.json
                    authentication: { basic: { username: u, password: p } }
                operationId: find
                parameters: { status: "${ .status }", limit: 3 }
                authentication: { bearer: { token: t } }
                output: raw
                redirect: true
                """),
            """{"status":"sold"}"""));

    [Fact]
    public void The_least_call_has_its_defaults_written_out() => TestWorkflow.IsJson(
        """{"document":{"endpoint":{"uri":"https://x.org/openapi.json"}},"operationId":"find","output":"content","redirect":false}""",
        ProtocolCalls.Sent(ProtocolCalls.Body("openapi", "document: { endpoint: 'https://x.org/openapi.json' }\noperationId: find")));

    [Theory]
    [InlineData("document: { endpoint: 'https://x.org' }", "'with' of call openapi needs 'operationId'")]
    [InlineData("operationId: a", "'with' of call openapi needs 'document'")]
    [InlineData("operationId: a\ndocument: {}", "'document' needs 'endpoint'")]
    [InlineData("operationId: a\ndocument: { endpoint: 'https://x.org', nmae: a }", "unknown property 'nmae' in 'document'")]
    [InlineData("operationId: a\ndocument: { endpoint: 'https://x.org' }\nparameters: [ 1 ]", "'parameters' must be a map or an expression, not a list")]
    public void A_mistake_is_refused(string with, string message) =>
        Assert.Equal(message, TestWorkflow.OnlyError(ProtocolCalls.Body("openapi", with)).Message);
}
