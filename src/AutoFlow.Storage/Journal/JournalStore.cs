using AutoFlow.Support.Journal;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Journal;

internal sealed class JournalStore(SupportWriter writer, SupportReader reader) : IJournal
{
    public Task WriteAsync(JournalLine line, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.Journal.AnyAsync(row => row.Key == line.Key, ct))
                return;
            db.Add(new JournalRow
            {
                Key = line.Key,
                Seq = await db.NextAsync("journal", ct),
                InstanceId = line.InstanceId,
                Kind = line.Kind,
                Text = line.Text,
                At = line.At,
            });
        },
        ct);

    public Task<IReadOnlyList<JournalLine>> ReadAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<JournalLine>>(
        async db => (await db.Journal.Where(row => instanceIds.Contains(row.InstanceId)).OrderBy(row => row.At).ThenBy(row => row.Seq).ToListAsync(ct))
            .ConvertAll(row => row.ToLine()),
        ct);
}
