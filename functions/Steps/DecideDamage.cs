using AutoFlow.Support.Decisions;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Decides what a report of damage still needs: a photo, the item's name, or nothing.</summary>
public sealed class DecideDamage(PolicyBook policies)
{
    public sealed record With
    {
        public required Order Order { get; init; }

        /// <summary>Everything that the customer wrote about it so far.</summary>
        public required string Text { get; init; }

        /// <summary>Files that came with the customer's messages so far.</summary>
        public int AttachmentCount { get; init; }

        public CompensationCause Cause { get; init; } = CompensationCause.Damaged;
    }

    [Function("decideDamage")]
    public StepOutcome Run([ActivityTrigger] StepCall<With> call) =>
        StepOutcome.Of(DamageDecision.Decide(call.With.Order, call.With.Text, call.With.AttachmentCount, policies.Compensation, call.With.Cause));
}
