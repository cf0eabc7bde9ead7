using AutoFlow.Support.Decisions;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Shipments;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Decides by the delivery policy what to do about one parcel.</summary>
public sealed class DecideParcel(PolicyBook policies, TimeProvider time)
{
    public sealed record With
    {
        public required Shipment Shipment { get; init; }
        public required Order Order { get; init; }

        /// <summary>True when the customer says that a delivered parcel is not there.</summary>
        public bool NotReceived { get; init; }
    }

    [Function("decideParcel")]
    public StepOutcome Run([ActivityTrigger] StepCall<With> call)
    {
        var (shipment, order) = (call.With.Shipment, call.With.Order);
        var parcel = order.Parcels.FirstOrDefault(one => one.TrackingNumber == shipment.TrackingNumber);
        return StepOutcome.Of(ParcelDecision.Decide(shipment, order, parcel, policies.Delivery, time.GetUtcNow(), call.With.NotReceived));
    }
}
