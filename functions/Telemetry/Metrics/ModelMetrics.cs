using System.Diagnostics;
using System.Diagnostics.Metrics;
using AutoFlow.Functions.Telemetry.Metrics;
using AutoFlow.Support.ModelCalls;

namespace AutoFlow.Functions.Telemetry;

/// <summary>What models in the cloud use.</summary>
internal static class ModelMetrics
{
    private static readonly Counter<long> Tokens = MeterOf.AutoFlow.CreateCounter<long>("autoflow.model.tokens", "{token}", "Tokens of calls to a model in the cloud.");

    private static readonly Counter<double> Cost = MeterOf.AutoFlow.CreateCounter<double>("autoflow.model.cost", "{currency}", "What those calls cost by the configured prices, in the currency of the attribute.");

    public static void Called(ModelCall call)
    {
        Tokens.Add(call.Tokens.Input, Tags(call, "input"));
        Tokens.Add(call.Tokens.Output, Tags(call, "output"));
        if (call.Cost is { } cost)
            Cost.Add((double)cost.Amount, new TagList { { "deployment", call.Deployment }, { "currency", cost.Currency } });
    }

    private static TagList Tags(ModelCall call, string type) => new()
    {
        { "deployment", call.Deployment }, { "outcome", call.Outcome.ToString() }, { "type", type },
    };
}
