using AutoFlow.Protocols.Tests.Fakes;

namespace AutoFlow.Protocols.Tests.Mcp;

public sealed class McpTests
{
    [Fact]
    public async Task A_tool_is_called_in_a_session_that_is_ended_again()
    {
        await using var server = await ToolServer.StartAsync();
        using var caller = new Caller();
        var output = await caller.OutputAsync("mcp", server.Call("tools/call", """{"name":"echo","arguments":{"text":"hello"} }""", ""","client":{"name":"us","version":"2.0"}"""));
        Assert.Equal("you said hello", output["content"][0]["text"].AsString());
        Assert.Equal(["initialize", "notifications/initialized", "tools/call"], server.Messages.Select(static m => m.Method));
        Assert.All(server.Messages, static m => Assert.Equal(("one", "Bearer abc"), (m.Request.Header("X-Shop"), m.Request.Header("Authorization"))));
        Assert.Contains("\"us\"", server.Messages[0].Request.Body, StringComparison.Ordinal);
        Assert.Contains("2025-06-18", server.Messages[0].Request.Body, StringComparison.Ordinal);
        Assert.Equal(0, server.OpenSessions);
    }

    [Theory]
    [InlineData("tools/list", "{}", "\"echo\"")]
    [InlineData("tools/list", "null", "\"echo\"")]
    [InlineData("prompts/list", "{}", "\"greet\"")]
    [InlineData("resources/read", """{"uri":"shop://terms"}""", "\"the terms\"")]
    public async Task Other_methods_give_their_result(string method, string parameters, string holds)
    {
        await using var server = await ToolServer.StartAsync();
        using var caller = new Caller();
        Assert.Contains(holds, (await caller.OutputAsync("mcp", server.Call(method, parameters))).ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tools/call", """{"name":"break"}""", "failed: the order is gone")]
    [InlineData("tools/call", """{"name":"nothing"}""", "error -32602")]
    [InlineData("no/such", "{}", "error -32601")]
    public async Task A_failure_of_the_server_or_its_tool_is_a_runtime_error(string method, string parameters, string says)
    {
        await using var server = await ToolServer.StartAsync();
        using var caller = new Caller();
        var error = await caller.ErrorAsync("mcp", server.Call(method, parameters));
        Assert.EndsWith("/runtime", error.Type, StringComparison.Ordinal);
        Assert.Contains(says, error.Detail, StringComparison.Ordinal);
        Assert.Equal(0, server.OpenSessions);
    }

    [Theory]
    [InlineData(401, "")]
    [InlineData(503, "down")]
    public async Task A_status_is_a_communication_error_with_it(int status, string body)
    {
        await using var service = await StubService.AnsweringAsync(body, "text/plain", status);
        using var caller = new Caller();
        var error = await caller.ErrorAsync("mcp", Call(service.Address));
        Assert.EndsWith("/communication", error.Type, StringComparison.Ordinal);
        Assert.Equal(status, error.Status);
    }

    [Theory]
    [InlineData("""{"hello":1}""")]
    [InlineData("no json")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"1999-01-01","capabilities":{},"serverInfo":{"name":"x","version":"1"}}}""")]
    public async Task Another_protocol_is_502(string body)
    {
        await using var service = await StubService.AnsweringAsync(body);
        using var caller = new Caller();
        var error = await caller.ErrorAsync("mcp", Call(service.Address));
        Assert.EndsWith("/communication", error.Type, StringComparison.Ordinal);
        Assert.Equal(502, error.Status);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_503_and_a_metadata_address_is_refused()
    {
        using var caller = new Caller();
        Assert.Equal(503, (await caller.ErrorAsync("mcp", Call("http://127.0.0.1:1"))).Status);
        Assert.Equal(403, (await caller.ErrorAsync("mcp", Call("http://169.254.169.254"))).Status);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_502()
    {
        await using var service = await StubService.AnsweringAsync(new string(' ', 2_000_000));
        using var caller = new Caller();
        var error = await caller.ErrorAsync("mcp", Call(service.Address));
        Assert.Equal((502, "the answer is longer than 1048576 bytes"), (error.Status, error.Detail));
    }

    [Theory]
    [InlineData("\"PT0.05S\"", "/timeout", 408)]
    [InlineData("""{"milliseconds":50}""", "/timeout", 408)]
    [InlineData("\"soon\"", "/validation", 400)]
    public async Task The_timeout_of_the_call_ends_it(string timeout, string type, int status)
    {
        await using var service = await StubService.StartAsync(static (http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var caller = new Caller(TimeProvider.System);
        var error = await caller.ErrorAsync("mcp", Call(service.Address, $$""","timeout":{{timeout}}"""));
        Assert.EndsWith(type, error.Type, StringComparison.Ordinal);
        Assert.Equal(status, error.Status);
    }

    [Fact]
    public async Task The_limit_of_the_engine_is_504()
    {
        await using var service = await StubService.StartAsync(static (http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var caller = new Caller(TimeProvider.System, ("Timeout", "00:00:00.050"));
        Assert.Equal(504, (await caller.ErrorAsync("mcp", Call(service.Address))).Status);
    }

    [Fact]
    public async Task A_header_that_is_named_twice_is_sent_with_both_values()
    {
        await using var service = await StubService.AnsweringAsync("no json");
        using var caller = new Caller();
        await caller.ErrorAsync("mcp", $$$"""{"method":"tools/list","transport":{"http":{"endpoint":{"uri":"{{{service.Address}}}/mcp"},"headers":{"X-A":"1","x-a":"2"} } } }""");
        Assert.Equal("1, 2", service.Seen[0].Header("X-A"));
    }

    private static string Call(string address, string more = "") =>
        $$$"""{"method":"tools/list","transport":{"http":{"endpoint":{"uri":"{{{address}}}/mcp"} } }{{{more}}} }""";
}
