using AutoFlow.Support.Decisions;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Decides by the cancellation policy whether an order can still be cancelled.</summary>
public sealed class DecideCancellation(PolicyBook policies)
{
    public sealed record With
    {
        public required Order Order { get; init; }
    }

    [Function("decideCancellation")]
    public StepOutcome Run([ActivityTrigger] StepCall<With> call) =>
        StepOutcome.Of(CancellationDecision.Decide(call.With.Order, policies.Cancellation));
}
