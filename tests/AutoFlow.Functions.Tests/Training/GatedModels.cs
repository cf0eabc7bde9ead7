using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Training;

namespace AutoFlow.Functions.Tests.Training;

/// <summary>A store of models whose writes can be killed.</summary>
internal sealed class GatedModels(IModelStore store, Gate gate) : IModelStore
{
    public Task<TrainedModel> RequestAsync(TrainedModel model, CancellationToken ct) => WriteAsync("request", () => store.RequestAsync(model, ct));

    public Task<TrainedModel?> MeasureAgainAsync(string version, CancellationToken ct) => WriteAsync("again", () => store.MeasureAgainAsync(version, ct));

    public Task<TrainedModel?> MeasuredAsync(string version, ModelMeasures measures, CancellationToken ct) => WriteAsync("measured", () => store.MeasuredAsync(version, measures, ct));

    public Task<TrainedModel?> RefuseAsync(string version, AdoptionReason reason, CancellationToken ct) => WriteAsync("refuse", () => store.RefuseAsync(version, reason, ct));

    public async Task InUseAsync(TrainedModel model, CancellationToken ct)
    {
        await gate.PassAsync("models.inUse");
        await store.InUseAsync(model, ct);
    }

    public Task<bool> AdoptAsync(string version, string? insteadOf, string by, CancellationToken ct) => WriteAsync("adopt", () => store.AdoptAsync(version, insteadOf, by, ct));

    public Task<string?> AdoptedVersionAsync(CancellationToken ct) => store.AdoptedVersionAsync(ct);

    public Task<long> CorrectionsUpToAsync(CancellationToken ct) => store.CorrectionsUpToAsync(ct);

    public Task<TrainedModel?> FindAsync(string version, CancellationToken ct) => store.FindAsync(version, ct);

    public Task<IReadOnlyList<TrainedModel>> ListAsync(int skip, int take, CancellationToken ct) => store.ListAsync(skip, take, ct);

    public Task<IReadOnlyList<TrainedModel>> ServedAsync(string frozenSet, CancellationToken ct) => store.ServedAsync(frozenSet, ct);

    public Task<IReadOnlyList<string>> StandingAsync(DateTimeOffset requestedBefore, CancellationToken ct) => store.StandingAsync(requestedBefore, ct);

    private async Task<T> WriteAsync<T>(string operation, Func<Task<T>> write)
    {
        await gate.PassAsync($"models.{operation}");
        return await write();
    }
}
