using AutoFlow.Support.Decisions;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>What an order as a whole says to "where is it", before any parcel is looked up.</summary>
public sealed class DecideOrder(PolicyBook policies, TimeProvider time)
{
    public sealed record With
    {
        public required Order Order { get; init; }
    }

    [Function("decideOrder")]
    public StepOutcome Run([ActivityTrigger] StepCall<With> call) =>
        StepOutcome.Of(OrderDecision.Decide(call.With.Order, policies.Delivery, time.GetUtcNow()));
}
