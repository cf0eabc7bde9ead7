using AutoFlow.Support.Training;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Training;

internal sealed class CorrectionStore(SupportWriter writer, SupportReader reader) : ICorrections
{
    public Task<Correction> KeepAsync(Correction correction, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var known = await db.Corrections.FindAsync([correction.InboxId], ct);
            if (known is not null && (known.Intent, known.CorrectedBy, known.Note) == (correction.Intent, correction.By, correction.Note)) return known.ToCorrection();
            var seq = await db.NextAsync("corrections", ct);
            if (known is null) return db.Add(CorrectionRow.Of(correction, seq)).Entity.ToCorrection();
            known.Change(correction, seq);
            return known.ToCorrection();
        },
        ct);

    public Task<bool> TakeBackAsync(string inboxId, CancellationToken ct) => writer.WriteAsync(
        async db => await db.Corrections.Where(row => row.InboxId == inboxId).ExecuteDeleteAsync(ct) > 0, ct);

    public Task<Correction?> FindAsync(string inboxId, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Corrections.SingleOrDefaultAsync(row => row.InboxId == inboxId, ct))?.ToCorrection(), ct);

    public Task<IReadOnlyList<Correction>> ListAsync(int skip, int take, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<Correction>>(
        async db => (await db.Corrections.OrderByDescending(row => row.Seq).Skip(skip).Take(take).ToListAsync(ct)).ConvertAll(row => row.ToCorrection()), ct);

    public Task<IReadOnlyList<Correction>> AllAsync(CancellationToken ct) => reader.ReadAsync<IReadOnlyList<Correction>>(
        async db => (await db.Corrections.OrderBy(row => row.Seq).ToListAsync(ct)).ConvertAll(row => row.ToCorrection()), ct);

    public Task<int> CountAfterAsync(long number, CancellationToken ct) => reader.ReadAsync(db => db.Corrections.CountAsync(row => row.Seq > number, ct), ct);
}
