using System.Globalization;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Workflows.Execution;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Overview;

/// <summary>What an instance waits for, in words.</summary>
/// <param name="Text">For the table.</param>
/// <param name="EventsConsumed">How many events the instance has read.</param>
public sealed record Waiting(string Text, int EventsConsumed)
{
    /// <summary>Null when the instance is over, unknown, or at work.</summary>
    public static Waiting? Of(OrchestrationMetadata? instance)
    {
        if (instance is null || instance.RuntimeStatus.IsOver() || instance.SerializedCustomStatus is null) return null;
        var status = instance.ReadCustomStatusAs<WorkflowStatus>();
        if (status?.WaitingFor is not { } waiting) return null;
        var until = waiting.Until is { } time ? $" until {time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}" : "";
        return new Waiting(string.Join(" or ", waiting.Kind == WaitingFor.Timer ? ["time"] : waiting.EventTypes.Select(Name)) + until, status.EventsConsumed);
    }

    private static string Name(string eventType) => eventType switch
    {
        MessageEnvelope.Type => "the customer's answer",
        CloudEvent.ShipmentUpdated => "news of the parcel",
        CloudEvent.TicketDecided => "a person's decision",
        _ => eventType,
    };
}
