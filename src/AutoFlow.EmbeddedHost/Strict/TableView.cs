using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>
/// An instance as it stands in Azure Storage's table: a failure is only the text in its output, which is no JSON, and a custom
/// status that was never set is the word "null" once the instance has taken a turn (AzureTableTrackingStore.UpdateStateAsync).
/// </summary>
internal static class TableView
{
    /// <summary>The instance as a client there sees it.</summary>
    /// <param name="instance">The instance, with inputs and outputs where <paramref name="payloads"/> asks for them.</param>
    /// <param name="payloads">Whether inputs and outputs are shown.</param>
    public static OrchestrationMetadata Of(OrchestrationMetadata instance, bool payloads) => new(instance.Name, instance.InstanceId)
    {
        RuntimeStatus = instance.RuntimeStatus,
        CreatedAt = instance.CreatedAt,
        LastUpdatedAt = instance.LastUpdatedAt,
        Tags = instance.Tags,
        DataConverter = payloads ? instance.DataConverter : null,
        SerializedInput = payloads ? instance.SerializedInput : null,
        SerializedOutput = payloads ? instance.FailureDetails?.ErrorMessage ?? instance.SerializedOutput : null,
        SerializedCustomStatus = payloads ? instance.SerializedCustomStatus ?? UnsetStatus(instance) : null,
        FailureDetails = null,
    };

    private static string? UnsetStatus(OrchestrationMetadata instance) =>
        instance.RuntimeStatus == OrchestrationRuntimeStatus.Pending ? null : "null";
}
