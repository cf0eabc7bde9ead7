using AutoFlow.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>Measures each minute what waits: in the inbox, in the outbox, in the poison queues.</summary>
public sealed class MeasureBacklog(Backlog backlog)
{
    [Function(nameof(MeasureBacklog))]
    public Task Run([TimerTrigger("45 * * * * *")] TimerInfo timer, CancellationToken ct) => backlog.MeasureAsync(ct);
}
