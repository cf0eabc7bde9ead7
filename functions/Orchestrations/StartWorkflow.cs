using System.Text.Json.Serialization;
using AutoFlow.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>A workflow to start beside the one that asks.</summary>
/// <param name="InstanceId">Deterministic, so that a repeat starts nothing.</param>
public sealed record DetachedWorkflow(string InstanceId, WorkflowStart Start)
{
    /// <summary>Whose message it is about, for logs and telemetry; null where nobody says.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CallSubject? About { get; init; }
}

/// <summary>Starts a workflow that nobody waits for: <c>run: workflow</c> with <c>await: false</c>.</summary>
public sealed class StartWorkflow
{
    [Function(nameof(StartWorkflow))]
    public static Task Run([ActivityTrigger] DetachedWorkflow child, [DurableClient] DurableTaskClient durable, CancellationToken ct) =>
        durable.StartOnceAsync(child.InstanceId, child.Start, ct);
}
