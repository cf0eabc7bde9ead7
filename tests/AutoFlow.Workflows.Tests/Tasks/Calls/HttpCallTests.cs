using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks.Calls;

public class HttpCallTests
{
    [Fact]
    public void The_least_call_has_its_defaults_written_out() => TestWorkflow.IsJson(
        """{"method":"GET","endpoint":{"uri":"https://x.org/pet/1"},"output":"content","redirect":false}""",
        ProtocolCalls.Sent(ProtocolCalls.Body("http", "method: get\nendpoint: https://x.org/pet/{petId}"), """{"petId":1}"""));

    [Fact]
    public void Everything_a_call_can_have_is_evaluated() => TestWorkflow.IsJson(
        """
        {"method":"POST","endpoint":{"uri":"https://x.org/A1"},"headers":{"X-Order":"A1","X-Count":"2","X-Gift":"true"},
         "query":{"tags":["a","b"],"page":1},"body":{"order":{"id":"A1"}},"output":"response","redirect":true}
        """,
        ProtocolCalls.Sent(
            ProtocolCalls.Body(
                "http",
                """
                method: ${ "post" }
                endpoint: { uri: "${ \"https://x.org/\\(.id)\" }" }
                headers: { X-Order: "${ .id }", X-Count: 2, X-Gift: true, X-None: "${ .none }" }
                query: "${ { tags: [\"a\", \"b\"], page: 1, none: null } }"
                body: { order: { id: "${ .id }" } }
                output: response
                redirect: true
                """),
            """{"id":"A1"}"""));

    [Fact]
    public void A_body_that_is_null_is_none() => Assert.False(
        ProtocolCalls.Sent(ProtocolCalls.Body("http", "method: post\nendpoint: https://x.org\nbody: ${ .none }")).TryGetProperty("body", out _));

    [Fact]
    public void The_answer_is_the_output_and_the_key_is_the_same_when_tried_again()
    {
        var context = new FakeWorkflowContext().OnProtocol(Execution.Protocols.Http, static (_, attempt) => attempt == 0
            ? FunctionAnswer.Failure(WorkflowError.Of(StandardErrors.Communication, "busy") with { Status = 503 })
            : FunctionAnswer.Of("""{"ok":true}"""));

        var output = TestWorkflow.Output(
            """
            do:
              - attempt:
                  try:
                    - ask: { call: http, with: { method: get, endpoint: 'https://x.org' } }
                  catch:
                    errors: { with: { status: 503 } }
                    retry: { limit: { attempt: { count: 3 } } }
            """,
            context: context);

        TestWorkflow.IsJson("""{"ok":true}""", output);
        Assert.Equal(["/do/0/attempt/try/0/ask", "/do/0/attempt/try/0/ask"], context.ProtocolCalls.Select(static c => c.Key));
    }

    [Theory]
    [InlineData("method: gte\nendpoint: https://x.org", "10:17", "'gte' is no HTTP method", "did you mean 'get'?")]
    [InlineData("method: get\nendpont: https://x.org", "10:9", "'with' of call http needs 'endpoint'", null)]
    [InlineData("method: get\nendpoint: x.org/pets", "11:19", "'x.org/pets' is no http or https URI", "write it as https://example.org/path")]
    [InlineData("method: get\nendpoint: '{base}/pets'", "11:19", "'{base}/pets' is no http or https URI", "a template cannot begin a URI: write ${ .base + \"/path\" }")]
    [InlineData("method: get\nendpoint: https://me:hidden@x.org/a", "11:19", "a URI may not hold a user name or a password", "write them under authentication")]
    [InlineData("method: get\nendpoint: { url: 'https://x.org' }", "11:21", "unknown property 'url' in 'endpoint'", "did you mean 'uri'?")]
    [InlineData("method: get\nendpoint: https://x.org\noutput: contnet", "12:17", "'output' cannot be 'contnet'", "did you mean 'content'?")]
    [InlineData("method: get\nendpoint: https://x.org\nredirect: yes", "12:19", "'redirect' must be true or false, not text", null)]
    [InlineData("method: get\nendpoint: https://x.org\nheaders: { \"a\\n\": c }", "12:20", "'a\n' cannot be the name of a header", null)]
    [InlineData("method: get\nendpoint: https://x.org\nheaders: { 'a b': c }", "12:20", "'a b' cannot be the name of a header", null)]
    [InlineData("method: get\nendpoint: https://x.org\nheaders: { a: [ b ] }", "12:23", "the header 'a' must be text, not a list", null)]
    [InlineData("method: get\nendpoint: https://x.org\nquery: page=1", "12:16", "'query' must be a map or an expression, not text", null)]
    public void A_mistake_is_refused_where_it_stands(string with, string place, string message, string? hint)
    {
        var errors = TestWorkflow.Read(ProtocolCalls.Body("http", with)).Errors;

        Assert.Contains((place, message, hint), errors.Select(static e => (e.Position.ToString(), e.Message, e.Hint)));
    }

    [Fact]
    public void All_mistakes_are_found_at_once() => Assert.Equal(
        ["10:9 unknown property 'metod' in 'with' of call http", "10:9 'with' of call http needs 'method'", "11:19 'x' is no http or https URI"],
        TestWorkflow.Read(ProtocolCalls.Body("http", "metod: get\nendpoint: x")).Errors.Select(static e => $"{e.Position} {e.Message}"));

    [Theory]
    [InlineData("method: get\nendpoint: ${ .none }", "'endpoint.uri' gave a value of type null, not a text")]
    [InlineData("method: ${ 1 }\nendpoint: https://x.org", "'method' gave a value of type number, not a text")]
    [InlineData("method: \"${ \\\"a b\\\" }\"\nendpoint: https://x.org", "'method' gave no HTTP method")]
    [InlineData("method: get\nendpoint: https://x.org\nquery: ${ 1 }", "'query' gave a value of type number, not an object")]
    [InlineData("method: get\nendpoint: https://x.org\nheaders: { a: '${ [1] }' }", "'a' of 'headers' gave a value of type array, not a text")]
    public void A_value_of_the_wrong_kind_fails_the_task(string with, string detail)
    {
        var error = TestWorkflow.Error(ProtocolCalls.Body("http", with));

        Assert.Equal((StandardErrors.Expression.Type, 400, "/do/0/go", detail), (error.Type, error.Status, error.Instance, error.Detail));
    }

    [Fact]
    public void In_loose_mode_expressions_need_no_braces() => TestWorkflow.IsJson(
        """{"method":"PUT","endpoint":{"uri":"https://x.org/a"},"headers":{"a":"1"},"query":{"b":2},"body":3,"output":"content","redirect":false}""",
        ProtocolCalls.Sent(
            ProtocolCalls.Body("http", "method: .m\nendpoint: '\"https://\" + .u'\nheaders: .h\nquery: { b: .b }\nbody: .c", "evaluate: { mode: loose }\n"),
            """{"m":"put","u":"x.org/a","h":{"a":1},"b":2,"c":3}"""));

    [Fact]
    public void In_loose_mode_a_text_that_is_no_expression_is_still_checked() => Assert.Equal(
        ["'gte' is no HTTP method", "'x.org' is no http or https URI", "'query' must be a map or an expression, not text"],
        TestWorkflow.Read(ProtocolCalls.Body("http", "method: gte\nendpoint: x.org\nquery: b", "evaluate: { mode: loose }\n")).Errors.Select(static e => e.Message));

    [Fact]
    public void A_call_without_arguments_is_refused() => TestWorkflow.Refused("do:\n  - go: { call: http }\n", "7:9", "task 'go' needs 'with'");

    [Fact]
    public void A_function_under_use_may_be_a_call() => TestWorkflow.IsJson(
        """{"method":"GET","endpoint":{"uri":"https://x.org/pet/69"},"output":"content","redirect":false}""",
        ProtocolCalls.Sent(
            """
            use:
              functions:
                getPet: { call: http, with: { method: get, endpoint: 'https://x.org/pet/{petId}' } }
            do:
              - get: { call: getPet, with: { petId: 69 } }
            """));
}
