using AutoFlow.Support;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>Carriers that know what they are told.</summary>
internal sealed class FakeTracking(Gate gate) : ITracking
{
    public Dictionary<string, Shipment> Shipments { get; } = [];

    public List<string> Registered { get; } = [];

    /// <summary>A failure for a call, by the method's name; null lets it pass.</summary>
    public Func<string, Failure?> Fails { get; set; } = _ => null;

    public async Task<Result<bool>> RegisterAsync(string trackingNumber, string? carrier, CancellationToken ct)
    {
        await gate.PassAsync("tracking.register");
        if (Fails("register") is { } failure) return failure;
        Registered.Add(trackingNumber);
        return true;
    }

    public async Task<Result<Shipment>> LookUpAsync(string trackingNumber, string? carrier, CancellationToken ct)
    {
        await gate.PassAsync("tracking.look-up");
        if (Fails("look-up") is { } failure) return failure;
        return Shipments.GetValueOrDefault(trackingNumber)
            ?? new Shipment { TrackingNumber = trackingNumber, Status = ShipmentStatus.NotFound, SubStatus = "NotFound_Other" };
    }
}
