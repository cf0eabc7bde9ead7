using AutoFlow.Support.Training;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Training;

internal sealed class ModelStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : IModelStore
{
    public Task<TrainedModel> RequestAsync(TrainedModel model, CancellationToken ct) => writer.WriteAsync(
        async db => (await db.Models.FindAsync([model.Version], ct) ?? db.Add(ModelRow.Of(model, await db.NextAsync("models", ct))).Entity).ToModel(), ct);

    public Task<TrainedModel?> MeasureAgainAsync(string version, CancellationToken ct) => ChangeAsync(
        version,
        [ModelState.Proposed, ModelState.Refused],
        row => (row.State, row.RequestedAt, row.MeasuredAt, row.Comparison, row.Reasons) = (ModelState.Training, clock.GetUtcNow(), null, null, []),
        ct);

    public Task<TrainedModel?> MeasuredAsync(string version, ModelMeasures measures, CancellationToken ct) => ChangeAsync(
        version,
        [ModelState.Training],
        row =>
        {
            row.State = measures.Reasons.Count == 0 ? ModelState.Proposed : ModelState.Refused;
            (row.MeasuredAt, row.FrozenSet, row.Evaluation) = (clock.GetUtcNow(), measures.FrozenSet, measures.Evaluation);
            (row.Comparison, row.Reasons) = (measures.Comparison, measures.Reasons);
        },
        ct);

    public Task<TrainedModel?> RefuseAsync(string version, AdoptionReason reason, CancellationToken ct) =>
        ChangeAsync(version, [ModelState.Training], row => (row.State, row.Reasons) = (ModelState.Refused, [reason]), ct);

    public Task InUseAsync(TrainedModel model, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.Models.FindAsync([model.Version], ct) is { } row)
                (row.MeasuredAt, row.FrozenSet, row.Evaluation) = (model.MeasuredAt, model.FrozenSet, model.Evaluation);
            else
                db.Add(ModelRow.Of(model, await db.NextAsync("models", ct)));
        },
        ct);

    public Task<bool> AdoptAsync(string version, string? insteadOf, string by, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.Models.FindAsync([version], ct) is not { } row) return false;
            if (row.State == ModelState.Adopted) return true;
            var before = await db.Models.SingleOrDefaultAsync(one => one.State == ModelState.Adopted, ct);
            if (before?.Version != insteadOf || row.State is not (ModelState.Proposed or ModelState.Retired or ModelState.Shipped)) return false;
            if (before is not null)
            {
                before.State = ModelState.Retired;
                // First out, then in: an index holds that there is only one.
                await db.SaveChangesAsync(ct);
            }

            (row.State, row.AdoptedAt, row.AdoptedBy) = (ModelState.Adopted, clock.GetUtcNow(), by);
            return true;
        },
        ct);

    public Task<string?> AdoptedVersionAsync(CancellationToken ct) => reader.ReadAsync(
        db => db.Models.Where(row => row.State == ModelState.Adopted).Select(row => row.Version).SingleOrDefaultAsync(ct), ct);

    public Task<long> CorrectionsUpToAsync(CancellationToken ct) => reader.ReadAsync(
        async db => await db.Models.MaxAsync(row => (long?)row.CorrectionsUpTo, ct) ?? 0, ct);

    public Task<TrainedModel?> FindAsync(string version, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Models.SingleOrDefaultAsync(row => row.Version == version, ct))?.ToModel(), ct);

    public Task<IReadOnlyList<TrainedModel>> ListAsync(int skip, int take, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<TrainedModel>>(
        async db => (await db.Models.OrderByDescending(row => row.Seq).Skip(skip).Take(take).ToListAsync(ct)).ConvertAll(row => row.ToModel()), ct);

    public Task<IReadOnlyList<TrainedModel>> ServedAsync(string frozenSet, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<TrainedModel>>(
        async db => (await db.Models
            .Where(row => row.FrozenSet == frozenSet && row.Evaluation != null && (row.AdoptedAt != null || row.State == ModelState.Shipped))
            .OrderBy(row => row.Seq).ToListAsync(ct)).ConvertAll(row => row.ToModel()),
        ct);

    public Task<IReadOnlyList<string>> StandingAsync(DateTimeOffset requestedBefore, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<string>>(
        async db => await db.Models.Where(row => row.State == ModelState.Training && row.RequestedAt < requestedBefore).OrderBy(row => row.Seq).Select(row => row.Version).ToListAsync(ct),
        ct);

    private Task<TrainedModel?> ChangeAsync(string version, ModelState[] from, Action<ModelRow> change, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var row = await db.Models.FindAsync([version], ct);
            if (row is not null && from.Contains(row.State)) change(row);
            return row?.ToModel();
        },
        ct);
}
