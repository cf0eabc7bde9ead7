using AutoFlow.Support;
using AutoFlow.Workflows.Execution;
using Microsoft.DurableTask;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>Turns a step's failure into the error object that a definition's <c>catch</c> sees (RFC 7807, OWS standard types).</summary>
public static class StepErrors
{
    /// <summary>Failures of ours: this prefix and the failure's code.</summary>
    public const string TypePrefix = "urn:autoflow:error:";

    /// <summary>Transient failures are communication errors (503), worth a retry; the others carry their own code (422).</summary>
    public static WorkflowError Of(string function, Failure failure) => failure.IsTransient
        ? new WorkflowError(StandardErrors.Communication.Type, 503) { Title = failure.Code, Detail = $"{function}: {failure.Message}" }
        : new WorkflowError(TypePrefix + failure.Code, 422) { Title = failure.Code, Detail = $"{function}: {failure.Message}" };

    /// <summary>A step that threw: broken infrastructure or a bug. Details may be missing on some hosts.</summary>
    public static WorkflowError Broken(string function, TaskFailedException exception) => new(StandardErrors.Runtime.Type, 500)
    {
        Title = "step-failed",
        Detail = $"{function}: {exception.FailureDetails?.ErrorMessage ?? exception.Message}",
    };
}
