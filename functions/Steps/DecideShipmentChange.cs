using AutoFlow.Support.Decisions;
using AutoFlow.Support.Shipments;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Decides whether a parcel's change is worth a message, and keeps the newer of the two states.</summary>
public sealed class DecideShipmentChange
{
    public sealed record With
    {
        /// <summary>The state that the customer knows.</summary>
        public required Shipment Before { get; init; }

        public required Shipment After { get; init; }

        /// <summary>True while a trace is open because the parcel did not move.</summary>
        public bool Traced { get; init; }
    }

    [Function("decideShipmentChange")]
    public static StepOutcome Run([ActivityTrigger] StepCall<With> call)
    {
        var (before, after) = (call.With.Before, call.With.After);
        var change = ShipmentChange.Decide(before, after, call.With.Traced);
        var newer = after.LastEventAt >= before.LastEventAt || before.LastEventAt is null ? after : before;
        return StepOutcome.Of(new { change.Tell, change.State, change.Final, change.Paragraph, Shipment = newer });
    }
}
