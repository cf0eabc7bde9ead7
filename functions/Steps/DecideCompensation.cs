using AutoFlow.Support.Decisions;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Decides by the compensation policy and the order's ledger whether and how a customer is compensated. It moves nothing.</summary>
public sealed class DecideCompensation(ILedger ledger, PolicyBook policies)
{
    public sealed record With
    {
        public required CompensationCause Cause { get; init; }
        public required Order Order { get; init; }

        /// <summary>The parcel concerned; null when the matter is about items.</summary>
        public string? TrackingNumber { get; init; }

        /// <summary>The lines concerned; empty when a parcel is, or when it is not known.</summary>
        public IReadOnlyList<string> ItemIds { get; init; } = [];

        /// <summary>What the customer asks for; null when nothing.</summary>
        public LedgerKind? Preference { get; init; }
    }

    [Function("decideCompensation")]
    public async Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, CancellationToken ct)
    {
        var (with, order) = (call.With, call.With.Order);
        var parcel = order.Parcels.FirstOrDefault(one => one.TrackingNumber == with.TrackingNumber);
        var affected = with.ItemIds.Count > 0 ? [.. order.Items.Where(item => with.ItemIds.Contains(item.Id))]
            : parcel is not null ? Affected.InParcel(order, parcel)
            : null;
        var entries = await ledger.ListAsync(order.Number, ct);
        return StepOutcome.Of(CompensationDecision.Decide(with.Cause, order, affected, with.Preference, policies.Compensation, entries));
    }
}
