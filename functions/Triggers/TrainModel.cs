using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Training;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>Trains and measures a model that was asked for. The queue message is its version.</summary>
public sealed class TrainModel(Retraining retraining, ModelDesk desk)
{
    [Function(nameof(TrainModel))]
    public async Task Run([QueueTrigger(QueueNames.Models)] string version, CancellationToken ct) =>
        await desk.AdoptByPolicyAsync(await retraining.TrainAsync(version, ct), ct);
}
