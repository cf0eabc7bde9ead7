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
    private const string Columns = "key, id, name, status, created_at, updated_at, tags";
    private const string WithPayloads = Columns + ", input, output, custom_status, failure";

    private static readonly OrchestrationRuntimeStatus[] Finished =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    public static OrchestrationMetadata? Get(SqliteConnection connection, string id, bool payloads)
        => connection.Query(
            $"SELECT {(payloads ? WithPayloads : Columns)} FROM instance WHERE id = $id", row => Read(row, payloads).Instance, ("$id", id))
        .FirstOrDefault();

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

    /// <summary>Deletes finished instances, and finished children of theirs where asked; the ids of those that are gone.</summary>
    public static IReadOnlyList<string> Purge(SqliteConnection connection, PurgeRequest request)
    {
        var chosen = connection.Query(
            """
            SELECT key FROM instance
            WHERE ($id IS NULL OR id = $id) AND created_at BETWEEN $from AND $to
              AND status IN (SELECT value FROM json_each($statuses)) AND status IN (SELECT value FROM json_each($finished))
            """,
            row => row.GetInt64(0),
            ("$id", request.InstanceId),
            ("$from", request.Filter?.CreatedFrom?.UtcTicks ?? 0),
            ("$to", request.Filter?.CreatedTo?.UtcTicks ?? long.MaxValue),
            ("$statuses", Numbers(request.Filter?.Statuses ?? Finished)),
            ("$finished", Numbers(Finished)));
        var gone = new List<string>();
        foreach (var key in chosen)
        {
            var family = connection.Query(
                """
                WITH RECURSIVE family (key) AS (
                  SELECT $key UNION SELECT child.key FROM instance child JOIN family ON child.parent = family.key WHERE $recursive)
                SELECT key, id FROM instance WHERE key IN family AND status IN (SELECT value FROM json_each($finished))
                """,
                row => (Key: row.GetInt64(0), Id: row.GetString(1)),
                ("$key", key),
                ("$recursive", request.Recursive),
                ("$finished", Numbers(Finished)));
            foreach (var member in family)
            {
                InstanceRows.Delete(connection, member.Key);
                gone.Add(member.Id);
            }
        }

        return gone;
    }

    private static (long Key, OrchestrationMetadata Instance) Read(SqliteDataReader row, bool payloads)
        => (row.GetInt64(0), new OrchestrationMetadata(row.GetString(2), row.GetString(1))
        {
            RuntimeStatus = (OrchestrationRuntimeStatus)row.GetInt32(3),
            CreatedAt = new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero),
            LastUpdatedAt = new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
            Tags = row.Text(6) is { } tags ? HistoryJson.Read<Dictionary<string, string>>(tags) : FrozenDictionary<string, string>.Empty,
            DataConverter = payloads ? JsonDataConverter.Default : null,
            SerializedInput = payloads ? row.Text(7) : null,
            SerializedOutput = payloads ? row.Text(8) : null,
            SerializedCustomStatus = payloads ? row.Text(9) : null,
            FailureDetails = payloads && row.Text(10) is { } failure ? HistoryJson.Read<TaskFailureDetails>(failure) : null,
        });

    private static string Numbers(IEnumerable<OrchestrationRuntimeStatus> statuses) => HistoryJson.Write(statuses.Select(status => (int)status));

    private static long ParseToken(string token)
        => long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new ArgumentException("Not a continuation token of this store.", nameof(token));
}
