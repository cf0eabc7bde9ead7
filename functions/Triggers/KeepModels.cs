using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Training;
using AutoFlow.Support.Training;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// Asks for a model when enough corrections have come; and enqueues again what a process left standing that died between
/// storing and enqueueing.
/// </summary>
public sealed class KeepModels(ModelDesk desk, IModelStore models, WorkQueue queue, SweepPace pace, TimeProvider time)
{
    /// <summary>Younger ones are most likely on their way, or at work.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    [Function(nameof(KeepModels))]
    public async Task Run([TimerTrigger("30 * * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken ct)
    {
        foreach (var version in pace.Due(QueueNames.Models, await models.StandingAsync(time.GetUtcNow() - Grace, ct)))
            await queue.SendAsync(QueueNames.Models, version, ct);
        await desk.ProposeWhenDueAsync(ct);
    }
}
