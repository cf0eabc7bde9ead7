using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols;

/// <summary>One of the language's protocols. Behind <see cref="IProtocolCaller"/> an expected failure travels as a <see cref="WorkflowErrorException"/>, as it does through the interpreter's port.</summary>
internal interface IProtocol
{
    /// <summary>One of <see cref="Workflows.Execution.Protocols"/>.</summary>
    string Name { get; }

    /// <summary>Sends the call; time limits are in the token.</summary>
    /// <exception cref="WorkflowErrorException">The call failed in an expected way.</exception>
    Task<JqValue> CallAsync(ProtocolRequest request, CancellationToken cancellation);
}

/// <summary>A call with its secrets in place.</summary>
/// <param name="Arguments">The arguments as in <see cref="ProtocolCall.Arguments"/>, secrets revealed.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Secrets">The secrets in use; learns what else must not come back in an output.</param>
internal sealed record ProtocolRequest(JqValue Arguments, string Key, RevealedSecrets Secrets);
