using AutoFlow.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Definitions;

/// <summary>
/// Keeps one live <see cref="RunSchedule"/> for each definition whose newest version has a schedule. One that goes by another
/// version is told, and looks for itself; so is one whose definition has no schedule any more. Safe to repeat.
/// </summary>
public sealed class ScheduleKeeper(WorkflowLibrary workflows)
{
    public async Task KeepAsync(DurableTaskClient durable, CancellationToken ct)
    {
        foreach (var definition in (await workflows.NewestAsync(ct)).All)
        {
            var (ns, name, _) = definition.Identity;
            var id = InstanceIds.ForSchedule(ns, name);
            var instance = await durable.GetInstanceAsync(id, getInputsAndOutputs: true, ct);
            if (instance is null || instance.RuntimeStatus.IsOver())
            {
                if (definition.Schedule is not null)
                    await durable.StartOnceAsync(nameof(RunSchedule), id, new ScheduleTurn { Namespace = ns, Name = name }, ct, again: true);
            }
            else if (instance.SerializedCustomStatus is not { } status || !status.Contains(definition.Hash, StringComparison.Ordinal))
            {
                await durable.RaiseIfLiveAsync(id, RunSchedule.Changed, definition.Hash, ct);
            }
        }
    }
}
