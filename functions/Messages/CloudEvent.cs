using System.Text.Json;
using AutoFlow.Functions.Steps;

namespace AutoFlow.Functions.Messages;

/// <summary>Events for waiting workflows, as CloudEvents 1.0 (JSON format).</summary>
public static class CloudEvent
{
    /// <summary>A parcel's state changed.</summary>
    public const string ShipmentUpdated = "autoflow.shipment.updated";

    /// <summary>A person decided a ticket.</summary>
    public const string TicketDecided = "autoflow.ticket.decided";

    /// <summary>True for the app's own events: each is for one instance, which is known, and nobody subscribes to them.</summary>
    public static bool IsDirect(string type) => type is MessageEnvelope.Type or ShipmentUpdated or TicketDecided;

    public static JsonElement Of<T>(string id, string type, string source, DateTimeOffset time, T data) =>
        JsonSerializer.SerializeToElement(new { specversion = "1.0", id, type, source, time, datacontenttype = "application/json", data }, StepJson.Options);
}
