namespace AutoFlow.Workflows.Tests.Tasks.Calls;

public class AsyncApiCallTests
{
    private const string Document = "document: { endpoint: 'https://x.org/asyncapi.json' }\n";

    [Fact]
    public void Everything_a_publication_can_have_is_evaluated() => TestWorkflow.IsJson(
        """
        {"authentication":{"bearer":{"token":"t"}},"document":{"endpoint":{"uri":"https://x.org/asyncapi.json"}},"operation":"greet",
         "server":{"name":"main","variables":{"environment":"dev"}},"protocol":"http","message":{"headers":{"a":"1"},"payload":{"id":7}}}
        """,
        ProtocolCalls.Sent(
            ProtocolCalls.Body(
                "asyncapi",
                Document + """
                operation: greet
                server: { name: main, variables: { environment: "${ .env }" } }
                protocol: http
                message: { headers: { a: 1 }, payload: { id: "${ .id }" } }
                authentication: { bearer: { token: t } }
                """),
            """{"env":"dev","id":7}"""));

    [Theory]
    [InlineData("message: {}", "call asyncapi needs one of 'channel' and 'operation'")]
    [InlineData("channel: a\noperation: b\nmessage: {}", "call asyncapi needs one of 'channel' and 'operation'")]
    [InlineData("operation: a", "'with' of call asyncapi needs 'message'")]
    [InlineData("operation: a\nmessage: { body: 1 }", "unknown property 'body' in 'message'")]
    [InlineData("operation: a\nmessage: {}\nserver: {}", "'server' needs 'name'")]
    [InlineData("operation: a\nmessage: {}\nprotocol: kafkka", "'protocol' cannot be 'kafkka'")]
    public void A_mistake_is_refused(string with, string message) =>
        Assert.Equal(message, TestWorkflow.OnlyError(ProtocolCalls.Body("asyncapi", Document + with)).Message);
}
