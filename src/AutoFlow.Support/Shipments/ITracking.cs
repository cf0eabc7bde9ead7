namespace AutoFlow.Support.Shipments;

/// <summary>The carriers, through one tracking service.</summary>
public interface ITracking
{
    /// <summary>Registers a parcel so that its changes are pushed; registering twice is no failure.</summary>
    Task<Result<bool>> RegisterAsync(string trackingNumber, string? carrier, CancellationToken ct);

    /// <summary>The parcel's state now; a parcel that no carrier knows has status <see cref="ShipmentStatus.NotFound"/>. Registers it first where the service asks for that.</summary>
    Task<Result<Shipment>> LookUpAsync(string trackingNumber, string? carrier, CancellationToken ct);
}

/// <summary>Reads a push of the tracking service after checking its signature.</summary>
public interface ITrackingWebhook
{
    /// <summary>The shipment told by the push. Fails with code <c>bad-signature</c>, <c>bad-payload</c> (not JSON, or no shipment in it), or <c>not-an-update</c> for other event types.</summary>
    Result<Shipment> Read(string body, string? signature);
}
