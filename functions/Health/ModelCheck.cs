using AutoFlow.Understanding.Training;

namespace AutoFlow.Functions.Health;

/// <summary>Which model understands messages: the seeds' own, or one that was trained on people's corrections and adopted.</summary>
public sealed class ModelCheck(ServingModel serving) : IDependencyCheck
{
    public string Name => "model";

    public bool Needed => true;

    public Task<DependencyReport> CheckAsync(CancellationToken ct)
    {
        // Throws while it is not open.
        var served = serving.Served;
        var origin = served.Adopted is null ? "trained from the seeds" : "adopted after corrections";
        return Task.FromResult(new DependencyReport(Name, DependencyState.Ok, Reason: $"version {served.Model.Intents.Version}, {origin}"));
    }
}
