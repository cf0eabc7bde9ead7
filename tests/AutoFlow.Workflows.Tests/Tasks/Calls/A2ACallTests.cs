using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks.Calls;

public class A2ACallTests
{
    private const string Card = "agentCard: { endpoint: 'https://x.org/.well-known/agent-card.json' }\n";

    [Fact]
    public void A_message_has_the_role_of_the_user_and_an_id_that_stays_when_it_is_sent_again()
    {
        var context = new FakeWorkflowContext().OnProtocol(Execution.Protocols.A2A, static (_, attempt) => attempt == 0
            ? FunctionAnswer.Failure(WorkflowError.Of(StandardErrors.Runtime, "busy"))
            : FunctionAnswer.Of("1"));

        TestWorkflow.Output(
            """
            do:
              - attempt:
                  try:
                    - ask:
                        call: a2a
                        with:
                          method: message/send
                          server: https://x.org/agent
                          parameters: { message: { parts: [ { kind: text, text: "${ .text }" } ] } }
                  catch: { retry: { limit: { attempt: { count: 1 } } } }
            """,
            """{"text":"hello"}""",
            context);

        var messages = context.ProtocolCalls.Select(static c => c.Arguments["parameters"]["message"]).ToList();
        Assert.Equal(2, messages.Count);
        Assert.Equal(messages[0], messages[1]);
        Assert.True(Guid.TryParse(messages[0]["messageId"].AsString(), out _));
        Assert.Equal("user", messages[0]["role"].AsString());
        TestWorkflow.IsJson("""[{"kind":"text","text":"hello"}]""", messages[0]["parts"]);
        TestWorkflow.IsJson("""{"endpoint":{"uri":"https://x.org/agent"}}""", context.ProtocolCalls[0].Arguments["server"]);
    }

    [Fact]
    public void What_the_author_says_of_a_message_stays()
    {
        var sent = ProtocolCalls.Sent(ProtocolCalls.Body(
            "a2a", Card + "method: message/stream\nparameters: { message: { messageId: m1, role: agent } }"));

        TestWorkflow.IsJson("""{"messageId":"m1","role":"agent"}""", sent["parameters"]["message"]);
    }

    [Fact]
    public void Other_methods_send_their_parameters_as_they_are() => TestWorkflow.IsJson(
        """{"method":"tasks/get","agentCard":{"endpoint":{"uri":"https://x.org/.well-known/agent-card.json"}},"parameters":{"id":"t1"}}""",
        ProtocolCalls.Sent(ProtocolCalls.Body("a2a", Card + "method: tasks/get\nparameters: '${ { id: .task } }'"), """{"task":"t1"}"""));

    [Theory]
    [InlineData("method: message/sent\nserver: 'https://x.org'", "'method' cannot be 'message/sent'")]
    [InlineData("method: tasks/get", "call a2a needs 'agentCard' or 'server'")]
    [InlineData("server: 'https://x.org'", "'with' of call a2a needs 'method'")]
    public void A_mistake_is_refused(string with, string message) =>
        Assert.Equal(message, TestWorkflow.OnlyError(ProtocolCalls.Body("a2a", with)).Message);

    [Fact]
    public void A_message_that_is_no_object_fails_the_task() => Assert.Equal(
        StandardErrors.Expression.Type,
        TestWorkflow.Error(ProtocolCalls.Body("a2a", Card + "method: message/send\nparameters: { message: hello }")).Type);
}
