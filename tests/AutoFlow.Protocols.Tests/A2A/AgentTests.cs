using AutoFlow.Protocols.Tests.Fakes;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Tests.A2A;

public sealed class AgentTests
{
    private const string Message = """{"message":{"parts":[{"kind":"text","text":"hello"}]}}""";

    [Fact]
    public async Task A_call_is_json_rpc_and_the_same_when_it_is_tried_again()
    {
        await using var agent = await AgentAsync(static id => $$$"""{"jsonrpc":"2.0","id":"{{{id}}}","result":{"kind":"task","id":"t1"} }""");
        using var caller = new Caller();
        var output = await caller.OutputAsync("a2a", Server(agent, "message/send", Message));
        await caller.OutputAsync("a2a", Server(agent, "message/send", Message));
        await caller.CallAsync("a2a", JqValue.Parse(Server(agent, "message/send", Message)), null, "another");
        Assert.Equal("""{"kind":"task","id":"t1"}""", output.ToJson());
        var sent = agent.Seen.Select(static s => JqValue.Parse(s.Body)).ToList();
        Assert.Equal(("2.0", "message/send", Message), (sent[0]["jsonrpc"].AsString(), sent[0]["method"].AsString(), sent[0]["params"].ToJson()));
        Assert.Equal(sent[0], sent[1]);
        Assert.NotEqual(sent[0]["id"], sent[2]["id"]);
        Assert.NotEqual(agent.Seen[0].Header("Idempotency-Key"), agent.Seen[2].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task Parameters_may_be_left_out()
    {
        await using var agent = await AgentAsync(static id => $$"""{"jsonrpc":"2.0","id":"{{id}}","result":1}""");
        using var caller = new Caller();
        await caller.OutputAsync("a2a", Server(agent, "agent/getAuthenticatedExtendedCard", "null"));
        Assert.False(JqValue.Parse(agent.Seen[0].Body).TryGetProperty("params", out _));
    }

    [Theory]
    [InlineData("/.well-known/agent-card.json")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/cards/mine")]
    public async Task An_agent_is_found_by_its_card(string path)
    {
        await using var agent = await AgentAsync(static id => $$"""{"jsonrpc":"2.0","id":"{{id}}","result":"ok"}""");
        using var caller = new Caller();
        var output = await caller.OutputAsync("a2a", $$$"""
            {"agentCard":{"endpoint":{"uri":"{{{agent.Address}}}{{{path}}}","authentication":{"bearer":{"token":"abc"} } } },"method":"tasks/get","parameters":{"id":"1"} }
            """);
        Assert.Equal("ok", output.AsString());
        Assert.Equal([path.Length > 1 ? path : "/.well-known/agent-card.json", "/rpc"], agent.Seen.Select(static s => s.Path));
        Assert.All(agent.Seen, static s => Assert.Equal("Bearer abc", s.Header("Authorization")));
    }

    [Fact]
    public async Task Credentials_of_a_card_do_not_go_to_an_agent_elsewhere()
    {
        await using var agent = await AgentAsync(static id => $$"""{"jsonrpc":"2.0","id":"{{id}}","result":"ok"}""");
        await using var cards = await StubService.AnsweringAsync($$"""{"url":"http://nowhere.example","preferredTransport":"GRPC","additionalInterfaces":[{"url":"{{agent.Address}}/rpc","transport":"JSONRPC"}]}""");
        using var caller = new Caller();
        await caller.OutputAsync("a2a", $$$"""
            {"agentCard":{"endpoint":{"uri":"{{{cards.Address}}}/card","authentication":{"bearer":{"token":"abc"} } } },"method":"tasks/get","parameters":{"id":"1"} }
            """);
        Assert.Equal("Bearer abc", cards.Seen[0].Header("Authorization"));
        Assert.Null(agent.Seen[0].Header("Authorization"));
    }

    [Fact]
    public async Task A_card_without_json_rpc_is_a_configuration_error()
    {
        await using var cards = await StubService.AnsweringAsync("""{"url":"http://nowhere.example","preferredTransport":"GRPC"}""");
        using var caller = new Caller();
        var error = await caller.ErrorAsync("a2a", $$$"""{"agentCard":{"endpoint":{"uri":"{{{cards.Address}}}/card"} },"method":"tasks/get"}""");
        Assert.EndsWith("/configuration", error.Type, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_the_list_of_its_results()
    {
        await using var agent = await StubService.StartAsync((http, seen) =>
        {
            var id = JqValue.Parse(seen.Body)["id"].AsString();
            return http.Response.SendAsync(string.Concat(Enumerable.Range(1, 3).Select(n => $$"""data: {"jsonrpc":"2.0","id":"{{id}}","result":{{n}}}""" + "\n\n")), "text/event-stream");
        });
        using var caller = new Caller();
        Assert.Equal("[1,2,3]", (await caller.OutputAsync("a2a", Server(agent, "message/stream", Message))).ToJson());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public async Task An_error_of_the_agent_is_a_runtime_error_with_its_code(int status)
    {
        await using var agent = await AgentAsync(static id => $$$"""{"jsonrpc":"2.0","id":"{{{id}}}","error":{"code":-32001,"message":"Task not found"} }""", status);
        using var caller = new Caller();
        var error = await caller.ErrorAsync("a2a", Server(agent, "tasks/get", """{"id":"t1"}"""));
        Assert.EndsWith("/runtime", error.Type, StringComparison.Ordinal);
        Assert.Equal($"the agent at {agent.Address} answered with the error -32001: Task not found", error.Detail);
    }

    [Theory]
    [InlineData("not json", 200, 502)]
    [InlineData("{}", 200, 502)]
    [InlineData("""{"jsonrpc":"2.0","id":"of another","result":1}""", 200, 502)]
    [InlineData("nothing here", 404, 404)]
    public async Task An_answer_that_is_none_is_a_communication_error(string body, int status, int expected)
    {
        await using var agent = await AgentAsync(_ => body, status);
        using var caller = new Caller();
        var error = await caller.ErrorAsync("a2a", Server(agent, "tasks/get", """{"id":"t1"}"""));
        Assert.EndsWith("/communication", error.Type, StringComparison.Ordinal);
        Assert.Equal(expected, error.Status);
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    public async Task Parameters_that_are_no_object_are_a_validation_error(string parameters)
    {
        await using var agent = await AgentAsync(static _ => "{}");
        using var caller = new Caller();
        var error = await caller.ErrorAsync("a2a", Server(agent, "message/send", parameters));
        Assert.EndsWith("/validation", error.Type, StringComparison.Ordinal);
        Assert.Empty(agent.Seen);
    }

    private static async Task<StubService> AgentAsync(Func<string, string> answer, int status = 200)
    {
        StubService? service = null;
        return service = await StubService.StartAsync((http, seen) => seen.Method == "GET"
            ? http.Response.SendAsync($$"""{"name":"helper","url":"{{service!.Address}}/rpc"}""")
            : http.Response.SendAsync(answer(JqValue.Parse(seen.Body)["id"].AsString()!), status: status));
    }

    private static string Server(StubService agent, string method, string parameters) =>
        $$$"""{"server":{"endpoint":{"uri":"{{{agent.Address}}}/rpc"} },"method":"{{{method}}}","parameters":{{{parameters}}} }""";
}
