using System.Xml;
using AutoFlow.Support.Policies;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>The waiting times of the delivery policy as ISO 8601 durations, for a definition's timeouts.</summary>
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
            WatchFor = XmlConvert.ToString(delivery.WatchFor),
        });
    }
}
