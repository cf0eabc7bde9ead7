using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols;

/// <summary>Does a call of one of the language's own functions for real. The workflow alone tries again; nothing here does.</summary>
public interface IProtocolCaller
{
    /// <summary>Sends the call and reads the answer. Whatever a service or a network does is an outcome, never an exception.</summary>
    /// <param name="call">The call; its key is unique over all instances here, not only in its own.</param>
    /// <exception cref="Exception">The source of secrets is broken; nothing was sent then.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    Task<ProtocolOutcome> CallAsync(ProtocolCall call, CancellationToken cancellation);
}

/// <summary>What a call gave: exactly one of the two is set.</summary>
public sealed record ProtocolOutcome
{
    /// <summary>The call's raw output; null when it failed. Secrets stand in it as their marks.</summary>
    public JqValue? Output { get; init; }

    /// <summary>Why the call failed; null when it did not. Its texts hold neither bodies nor paths nor secrets.</summary>
    public WorkflowError? Error { get; init; }
}
