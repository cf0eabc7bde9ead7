using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Instances;

/// <summary>An instance in a list: nothing of what it was given or did.</summary>
public sealed record InstanceRow(
    string Id, string Orchestrator, string Status, DateTimeOffset CreatedAt, DateTimeOffset LastUpdatedAt, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>An instance as the client tells of it.</summary>
    public static InstanceRow Of(OrchestrationMetadata instance) =>
        new(instance.InstanceId, instance.Name, instance.RuntimeStatus.ToString(), instance.CreatedAt, instance.LastUpdatedAt, instance.Tags);
}

/// <summary>A page of instances.</summary>
/// <param name="Next">The token of the next page; null after the last. A page can be shorter than asked for, and empty, before that.</param>
public sealed record InstancePage(IReadOnlyList<InstanceRow> Instances, string? Next);

/// <summary>One instance, with what it was given and came to. It can hold personal data.</summary>
/// <param name="CustomStatus">Where it stands, in its own words; of a workflow its task.</param>
/// <param name="Failure">How it failed; null where it did not, or where the host keeps the text in <paramref name="Output"/> only.</param>
public sealed record InstanceDetail(
    string Id,
    string Orchestrator,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUpdatedAt,
    IReadOnlyDictionary<string, string> Tags,
    JsonElement? Input,
    JsonElement? Output,
    JsonElement? CustomStatus,
    FailureView? Failure)
{
    /// <summary>An instance as the client tells of it, payloads included.</summary>
    public static InstanceDetail Of(OrchestrationMetadata instance) => new(
        instance.InstanceId,
        instance.Name,
        instance.RuntimeStatus.ToString(),
        instance.CreatedAt,
        instance.LastUpdatedAt,
        instance.Tags,
        Payload.Of(instance.SerializedInput),
        Payload.Of(instance.SerializedOutput),
        Payload.Of(instance.SerializedCustomStatus),
        FailureView.Of(instance.FailureDetails));
}

/// <summary>How something failed.</summary>
/// <param name="Type">The exception's type; null where the host does not say.</param>
/// <param name="Inner">What caused it; null where nothing did.</param>
public sealed record FailureView(
    string? Type,
    string? Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stack,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FailureView? Inner)
{
    /// <summary>A failure as the client tells of it; null for none.</summary>
    public static FailureView? Of(TaskFailureDetails? failure) =>
        failure is null ? null : new FailureView(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, Of(failure.InnerFailure));

    /// <summary>A failure as a history tells of it; the reason alone where it keeps no more.</summary>
    public static FailureView? Of(DurableTask.Core.FailureDetails? failure, string? reason = null) =>
        failure is not null ? new FailureView(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, Of(failure.InnerFailure))
        : reason is not null ? new FailureView(null, reason, null, null)
        : null;
}
