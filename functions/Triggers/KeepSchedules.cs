using AutoFlow.Functions.Definitions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// Starts the schedules of what lies in the workflows' folder; and mends what a process left undone that died between a
/// publication and its schedule.
/// </summary>
public sealed class KeepSchedules(ScheduleKeeper schedules)
{
    [Function(nameof(KeepSchedules))]
    public Task Run([TimerTrigger("0 * * * * *", RunOnStartup = true)] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken ct) =>
        schedules.KeepAsync(durable, ct);
}
