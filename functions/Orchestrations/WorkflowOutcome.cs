using System.Text.Json;
using AutoFlow.Functions.Steps;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>
/// How a workflow, or a call that it made by a protocol, ended: an output or an error, as data, because exception types do not
/// cross an orchestration alike on every host.
/// </summary>
public sealed record WorkflowOutcome
{
    /// <summary>Null when it faulted, and for an output of JSON's null.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Null when it completed.</summary>
    public WorkflowError? Error { get; init; }

    /// <summary>From either of the two; an output that nests too deep to be handed on is an error.</summary>
    public static WorkflowOutcome Of(JqValue? output, WorkflowError? error) => output switch
    {
        null => new() { Error = error },
        _ when StepJson.Fits(output) => new() { Output = StepJson.Element(output), Error = error },
        _ => new() { Error = error ?? StepJson.TooDeep(output) },
    };

    /// <summary>The output as the interpreter takes it.</summary>
    /// <exception cref="WorkflowErrorException">It faulted.</exception>
    public JqValue Value() => Error is { } error ? throw new WorkflowErrorException(error)
        : Output is { } output ? JqValue.FromElement(output)
        : JqValue.Null;
}
