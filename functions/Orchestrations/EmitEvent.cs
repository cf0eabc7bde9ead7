using System.Text.Json;
using AutoFlow.Functions.Events;
using AutoFlow.Support.Events;
using AutoFlow.Workflows.Jq;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>
/// Publishes what a definition emits, and lifecycle events: a CloudEvent (structured mode), stored and routed as one from
/// outside. At least once; its id is the same each time, so that it counts once.
/// </summary>
public sealed class EmitEvent(EventIntake intake)
{
    [Function(nameof(EmitEvent))]
    public Task Run([ActivityTrigger] JsonElement cloudEvent, CancellationToken ct)
    {
        var json = JqValue.FromElement(cloudEvent);
        return intake.TakeAsync([new IncomingEvent(Said(json, "source"), Said(json, "id"), Said(json, "type"), json.ToJson())], ct);
    }

    private static string Said(JqValue cloudEvent, string attribute) =>
        cloudEvent[attribute].AsString() ?? cloudEvent[attribute].ToJson();
}
