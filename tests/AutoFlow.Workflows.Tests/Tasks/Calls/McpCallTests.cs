namespace AutoFlow.Workflows.Tests.Tasks.Calls;

public class McpCallTests
{
    private const string Transport = "transport: { http: { endpoint: 'https://x.org/mcp' } }\n";

    [Fact]
    public void Everything_a_call_can_have_is_evaluated() => TestWorkflow.IsJson(
        """
        {"method":"tools/call",
         "transport":{"http":{"endpoint":{"uri":"https://x.org/mcp","authentication":{"bearer":{"token":"t"}}},"headers":{"a":"1"}},"options":{"o":"p"}},
         "protocolVersion":"2025-03-26","parameters":{"name":"add","arguments":{"x":2}},"timeout":"PT1M30S","client":{"name":"c","version":"1.0"}}
        """,
        ProtocolCalls.Sent(
            ProtocolCalls.Body(
                "mcp",
                """
                protocolVersion: '2025-03-26'
                method: tools/call
                parameters: { name: add, arguments: { x: "${ .x }" } }
                timeout: { seconds: 90 }
                transport:
                  http:
                    endpoint: { uri: https://x.org/mcp, authentication: { bearer: { token: t } } }
                    headers: { a: 1 }
                  options: { o: p }
                client: { name: c, version: '1.0' }
                """),
            """{"x":2}"""));

    [Fact]
    public void The_version_of_the_protocol_has_a_default() =>
        Assert.Equal("2025-06-18", ProtocolCalls.Sent(ProtocolCalls.Body("mcp", Transport + "method: tools/list"))["protocolVersion"].AsString());

    [Fact]
    public void A_timeout_may_be_an_expression() => Assert.Equal(
        "PT2M", ProtocolCalls.Sent(ProtocolCalls.Body("mcp", Transport + "method: tools/list\ntimeout: ${ .limit }"), """{"limit":{"minutes":2}}""")["timeout"].AsString());

    [Fact]
    public void A_timeout_that_is_none_fails_the_task() => Assert.Equal(
        "'timeout' gave no duration",
        TestWorkflow.Error(ProtocolCalls.Body("mcp", Transport + "method: tools/list\ntimeout: ${ 5 }")).Detail);

    [Fact]
    public void Parameters_that_are_no_object_fail_the_task() => Assert.Equal(
        "'parameters' gave a value of type number, not an object",
        TestWorkflow.Error(ProtocolCalls.Body("mcp", Transport + "method: tools/call\nparameters: ${ 5 }")).Detail);

    [Theory]
    [InlineData("method: tools/lst\n" + Transport, "'method' cannot be 'tools/lst'")]
    [InlineData("method: tools/list", "'with' of call mcp needs 'transport'")]
    [InlineData("method: tools/list\ntransport: {}", "'transport' needs 'http'")]
    [InlineData("method: tools/list\ntransport: { http: {} }", "'http' needs 'endpoint'")]
    [InlineData("method: tools/list\nclient: { name: a }\n" + Transport, "'client' needs 'version'")]
    public void A_mistake_is_refused(string with, string message) =>
        Assert.Equal(message, TestWorkflow.OnlyError(ProtocolCalls.Body("mcp", with.TrimEnd())).Message);
}
