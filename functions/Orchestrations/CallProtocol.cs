using System.Text.Json;
using System.Text.Json.Serialization;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Protocols;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>A <see cref="ProtocolCall"/> on its way to the activity.</summary>
/// <param name="Key">Unique for the call within all instances, the same for every retry of it.</param>
/// <param name="Secrets">Marks, never secrets: this is written to the history.</param>
public sealed record OutsideCall(string Protocol, JsonElement Arguments, string Key, JsonElement Secrets)
{
    /// <summary>Whose message it is about, for logs and telemetry; null where nobody says.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CallSubject? About { get; init; }
}

/// <summary>
/// Calls a service by one of the language's own protocols. Secrets are put in here and taken out of the answer, so that no
/// history holds them.
/// </summary>
public sealed class CallProtocol(IProtocolCaller caller)
{
    [Function(nameof(CallProtocol))]
    public async Task<WorkflowOutcome> Run([ActivityTrigger] OutsideCall call, CancellationToken ct)
    {
        var outcome = await caller.CallAsync(
            new ProtocolCall(call.Protocol, JqValue.FromElement(call.Arguments), call.Key, JqValue.FromElement(call.Secrets)), ct);
        return WorkflowOutcome.Of(outcome.Output, outcome.Error);
    }
}
