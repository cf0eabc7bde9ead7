using AutoFlow.Support.Journal;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Journal;

internal sealed class JournalStore(SupportWriter writer, SupportReader reader) : IJournal
{
    private const string Known = """SELECT 1 FROM journal WHERE "key" = @key""";

    private const string Add = """INSERT INTO journal ("key", seq, instance_id, kind, text, at) VALUES (@key, @seq, @instance, @kind, @text, @at)""";

    public Task WriteAsync(JournalLine line, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.Sql.AnyAsync(Known, ct, ("@key", line.Key)))
                return;
            await db.Sql.ExecuteAsync(
                Add, ct, ("@key", line.Key), ("@seq", await db.NextAsync("journal", ct)), ("@instance", line.InstanceId), ("@kind", line.Kind), ("@text", line.Text), ("@at", line.At));
        },
        ct);

    public Task<IReadOnlyList<JournalLine>> ReadAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<JournalLine>>(
        async db => (await db.Journal.Where(row => instanceIds.Contains(row.InstanceId)).OrderBy(row => row.At).ThenBy(row => row.Seq).ToListAsync(ct))
            .ConvertAll(row => row.ToLine()),
        ct);
}
