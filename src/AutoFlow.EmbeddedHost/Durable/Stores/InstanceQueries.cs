using System.Collections.Frozen;
using System.Globalization;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>What is read of instances, and which are purged.</summary>
internal static class InstanceQueries
{
    /// <summary>The most instances that one commit deletes, but for their children: other writes wait no longer than that takes.</summary>
    public const int PurgedPerCommit = 100;

    // A turn has a time of its own; the row has that of the last change that was none.
    private const string Columns = """
        key, id, name, status, created_at,
        max(updated_at, coalesce((SELECT at FROM history WHERE instance = instance.key ORDER BY number DESC LIMIT 1), 0)), tags
        """;

    private const string WithPayloads = Columns + ", input, output, custom_status, failure";

    private static readonly OrchestrationRuntimeStatus[] FinishedStatuses =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    public static OrchestrationMetadata? Get(Statements reader, string id, bool payloads)
    {
        var statement = reader[payloads ? $"SELECT {WithPayloads} FROM instance WHERE id = ?1" : $"SELECT {Columns} FROM instance WHERE id = ?1"].Bind(1, id);
        try
        {
            return statement.Read() ? Metadata(new PreparedRow(statement), payloads) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    public static Page<OrchestrationMetadata> Query(SqliteConnection connection, OrchestrationQuery query, string? token, int size)
    {
        var payloads = query.FetchInputsAndOutputs;
        var after = token is null ? 0 : ParseToken(token);

        // One more than asked for tells whether there is another page.
        var rows = connection.Query(
            $"""
            SELECT {(payloads ? WithPayloads : Columns)} FROM instance
            WHERE key > $after AND created_at BETWEEN $from AND $to
              AND ($statuses IS NULL OR status IN (SELECT value FROM json_each($statuses)))
              AND ($prefix IS NULL OR substr(id, 1, length($prefix)) = $prefix)
            ORDER BY key LIMIT $limit
            """,
            row => Read(row, payloads),
            ("$after", after),
            ("$from", query.CreatedFrom?.UtcTicks ?? 0),
            ("$to", query.CreatedTo?.UtcTicks ?? long.MaxValue),
            ("$statuses", query.Statuses is null ? null : Numbers(query.Statuses)),
            ("$prefix", string.IsNullOrEmpty(query.InstanceIdPrefix) ? null : query.InstanceIdPrefix),
            ("$limit", (long)size + 1));
        var next = rows.Count > size ? rows[size - 1].Key.ToString(CultureInfo.InvariantCulture) : null;
        return new Page<OrchestrationMetadata>([.. rows.Take(size).Select(row => row.Instance)], next);
    }

    /// <summary>The keys of finished instances that are to be purged.</summary>
    public static IReadOnlyList<long> Finished(Statements reader, PurgeRequest request)
    {
        var statuses = Numbers(FinishedStatuses.Intersect(request.Filter?.Statuses ?? FinishedStatuses));
        return request.InstanceId is { } id
            ? reader.Connection.Query(
                "SELECT key FROM instance WHERE id = $id AND status IN (SELECT value FROM json_each($statuses))",
                row => row.GetInt64(0),
                ("$id", id),
                ("$statuses", statuses))
            : reader.Connection.Query(
                "SELECT key FROM instance WHERE created_at BETWEEN $from AND $to AND status IN (SELECT value FROM json_each($statuses))",
                row => row.GetInt64(0),
                ("$from", request.Filter?.CreatedFrom?.UtcTicks ?? 0),
                ("$to", request.Filter?.CreatedTo?.UtcTicks ?? long.MaxValue),
                ("$statuses", statuses));
    }

    /// <summary>Deletes instances that are still finished, and finished children of theirs where asked; the ids of those that are gone.</summary>
    public static IReadOnlyList<string> Purge(Statements writer, IReadOnlyList<long> keys, bool recursive)
    {
        var family = writer.Connection.Query(
            """
            WITH RECURSIVE family (key) AS (
              SELECT value FROM json_each($keys) UNION SELECT child.key FROM instance child JOIN family ON child.parent = family.key WHERE $recursive)
            SELECT key, id FROM instance WHERE key IN family AND status IN (SELECT value FROM json_each($finished))
            """,
            row => (Key: row.GetInt64(0), Id: row.GetString(1)),
            ("$keys", HistoryJson.Write(keys)),
            ("$recursive", recursive),
            ("$finished", Numbers(FinishedStatuses)));
        foreach (var member in family)
            InstanceRows.Purge(writer, member.Key);
        return [.. family.Select(member => member.Id)];
    }

    private static (long Key, OrchestrationMetadata Instance) Read(SqliteDataReader row, bool payloads)
        => (row.GetInt64(0), Metadata(new CommandRow(row), payloads));

    private static OrchestrationMetadata Metadata(IRow row, bool payloads) => new(row.Text(2)!, row.Text(1)!)
    {
        RuntimeStatus = (OrchestrationRuntimeStatus)row.Number(3),
        CreatedAt = new DateTimeOffset(row.Number(4), TimeSpan.Zero),
        LastUpdatedAt = new DateTimeOffset(row.Number(5), TimeSpan.Zero),
        Tags = row.Text(6) is { } tags ? HistoryJson.Read<Dictionary<string, string>>(tags) : FrozenDictionary<string, string>.Empty,
        DataConverter = payloads ? JsonDataConverter.Default : null,
        SerializedInput = payloads ? row.Text(7) : null,
        SerializedOutput = payloads ? row.Text(8) : null,
        SerializedCustomStatus = payloads ? row.Text(9) : null,
        FailureDetails = payloads && row.Text(10) is { } failure ? HistoryJson.Read<TaskFailureDetails>(failure) : null,
    };

    private static string Numbers(IEnumerable<OrchestrationRuntimeStatus> statuses) => HistoryJson.Write(statuses.Select(status => (int)status));

    private static long ParseToken(string token)
        => long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new ArgumentException("Not a continuation token of this store.", nameof(token));

    private interface IRow
    {
        long Number(int column);

        string? Text(int column);
    }

    private readonly struct PreparedRow(Statement statement) : IRow
    {
        public long Number(int column) => statement.Int64(column);

        public string? Text(int column) => statement.Text(column);
    }

    private readonly struct CommandRow(SqliteDataReader row) : IRow
    {
        public long Number(int column) => row.GetInt64(column);

        public string? Text(int column) => SqliteCommands.Text(row, column);
    }
}
