using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks.Calls;

/// <summary>Runs definitions whose one task calls a service, and shows what was sent.</summary>
internal static class ProtocolCalls
{
    /// <summary>The body of a definition with one call.</summary>
    /// <param name="with">The arguments, one line each.</param>
    public static string Body(string protocol, string with, string use = "") =>
        $"{use}do:\n  - go:\n      call: {protocol}\n      with:\n{string.Join('\n', with.ReplaceLineEndings("\n").Split('\n').Select(static l => "        " + l))}\n";

    /// <summary>The arguments that the only call of a definition sends.</summary>
    public static JqValue Sent(string body, string input = "{}", FakeWorkflowContext? context = null)
    {
        var fake = context ?? new FakeWorkflowContext();
        foreach (var protocol in (string[])[Execution.Protocols.Http, Execution.Protocols.OpenApi, Execution.Protocols.AsyncApi, Execution.Protocols.A2A, Execution.Protocols.Mcp])
            fake.OnProtocol(protocol, static (_, _) => FunctionAnswer.Of("null"));
        TestWorkflow.Output(body, input, fake);
        return Assert.Single(fake.ProtocolCalls).Arguments;
    }
}
