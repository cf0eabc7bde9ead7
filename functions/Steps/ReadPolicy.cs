using System.Xml;
using AutoFlow.Support.Policies;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>The waiting times of the delivery policy for a definition's timeouts: ISO 8601 durations, and seconds where a definition counts to a time.</summary>
public sealed class ReadPolicy(PolicyBook policies)
{
    public sealed record With;

    [Function("readPolicy")]
    public StepOutcome Run([ActivityTrigger] StepCall<With> call)
    {
        var delivery = policies.Delivery;
        return StepOutcome.Of(new
        {
            AnswerWithin = XmlConvert.ToString(delivery.AnswerWithin),
            RemindAfter = XmlConvert.ToString(delivery.RemindAfter),
            NeighbourCheckWithin = XmlConvert.ToString(delivery.NeighbourCheckWithin),
            TraceAnswerWithin = XmlConvert.ToString(delivery.TraceAnswerWithin),
            PickupReminderAfter = XmlConvert.ToString(delivery.PickupReminderAfter),
            WatchFor = XmlConvert.ToString(delivery.WatchFor),
            TraceAnswerSeconds = delivery.TraceAnswerWithin.TotalSeconds,
            WatchSeconds = delivery.WatchFor.TotalSeconds,
        });
    }
}
