using System.Text.Json;
using AutoFlow.Functions.Messages;
using AutoFlow.Workflows.Jq;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>
/// Publishes what a definition emits: a CloudEvent (structured mode) on the queue <c>events</c>, for whoever reads it. At
/// least once; its id is the same each time.
/// </summary>
public sealed class EmitEvent(WorkQueue queue)
{
    [Function(nameof(EmitEvent))]
    public Task Run([ActivityTrigger] JsonElement cloudEvent, CancellationToken ct) =>
        queue.SendAsync(QueueNames.Events, JqValue.FromElement(cloudEvent).ToJson(), ct);
}
