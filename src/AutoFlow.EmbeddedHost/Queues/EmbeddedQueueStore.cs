using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;

namespace AutoFlow.EmbeddedHost.Queues;

/// <summary>The embedded queues in the host's database, with the semantics of Azure Storage Queues.</summary>
internal sealed class EmbeddedQueueStore(HostDatabase database, QueueSignals signals, TimeProvider time)
{
    private const string Columns = "id, pop_receipt, body, inserted_at, expires_at, visible_at, dequeue_count";

    /// <summary>Makes a queue.</summary>
    /// <param name="queue">Its name, valid.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="ct">Cancels.</param>
    public Task<QueueOutcome> CreateAsync(string queue, IReadOnlyDictionary<string, string> metadata, CancellationToken ct) =>
        database.WriteAsync(
            connection =>
            {
                var wanted = JsonSerializer.Serialize(metadata);
                var found = connection.Scalar("SELECT metadata FROM queue WHERE name = $queue", ("$queue", queue)) as string;
                if (found is not null)
                    return found == wanted ? QueueOutcome.AlreadyThere : QueueOutcome.OtherMetadata;
                connection.Execute("INSERT INTO queue (name, metadata) VALUES ($queue, $metadata)", ("$queue", queue), ("$metadata", wanted));
                return QueueOutcome.Done;
            },
            ct);

    /// <summary>Deletes a queue and its messages.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="ct">Cancels.</param>
    public Task<QueueOutcome> DeleteAsync(string queue, CancellationToken ct) => database.WriteAsync(
        connection =>
        {
            connection.Execute("DELETE FROM queue_message WHERE queue = $queue", ("$queue", queue));
            var deleted = connection.Execute("DELETE FROM queue WHERE name = $queue", ("$queue", queue));
            return deleted == 1 ? QueueOutcome.Done : QueueOutcome.QueueNotFound;
        },
        ct);

    /// <summary>The queues whose names begin with a prefix, in order, with their metadata.</summary>
    /// <param name="prefix">The prefix; empty for all.</param>
    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Metadata)> List(string prefix) => database.Read(
        connection => connection.Query(
            "SELECT name, metadata FROM queue WHERE substr(name, 1, length($prefix)) = $prefix ORDER BY name",
            static row => (row.GetString(0), (IReadOnlyDictionary<string, string>)Metadata(row.GetString(1))),
            ("$prefix", prefix)));

    /// <summary>
    /// Shows the messages that an earlier process had taken and not finished: it is dead, since a database has one process, so
    /// nobody works on them, and their leases of minutes would only delay them. Their tries stay counted.
    /// </summary>
    /// <param name="ct">Cancels.</param>
    public Task ReleaseTakenAsync(CancellationToken ct) => database.WriteAsync(
        connection => connection.Execute(
            "UPDATE queue_message SET visible_at = $now WHERE dequeue_count > 0 AND visible_at > $now", ("$now", Now())),
        ct);

    /// <summary>A queue's metadata and the number of messages that have not expired; null when there is no such queue.</summary>
    /// <param name="queue">Its name.</param>
    /// <exception cref="StorageUnavailableException">The disk refuses writes: whoever asks wants to know whether the queue serves.</exception>
    public (IReadOnlyDictionary<string, string> Metadata, int Count)? Properties(string queue) => database.Fault is { } fault ? throw fault : database.Read(
        connection =>
        {
            if (connection.Scalar("SELECT metadata FROM queue WHERE name = $queue", ("$queue", queue)) is not string metadata)
                return default((IReadOnlyDictionary<string, string>, int)?);
            var count = connection.Scalar(
                "SELECT count(*) FROM queue_message WHERE queue = $queue AND expires_at > $now", ("$queue", queue), ("$now", Now()));
            return (Metadata(metadata), Convert.ToInt32(count, CultureInfo.InvariantCulture));
        });

    /// <summary>Replaces a queue's metadata.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="metadata">The metadata.</param>
    /// <param name="ct">Cancels.</param>
    public Task<QueueOutcome> SetMetadataAsync(string queue, IReadOnlyDictionary<string, string> metadata, CancellationToken ct) =>
        database.WriteAsync(
            connection => connection.Execute(
                "UPDATE queue SET metadata = $metadata WHERE name = $queue",
                ("$queue", queue),
                ("$metadata", JsonSerializer.Serialize(metadata))) == 1 ? QueueOutcome.Done : QueueOutcome.QueueNotFound,
            ct);

    /// <summary>Sends a message; null when there is no such queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="body">The encoded text.</param>
    /// <param name="visibility">How long it stays hidden at first.</param>
    /// <param name="timeToLive">How long it lives; null for ever.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<StoredMessage?> SendAsync(
        string queue, string body, TimeSpan visibility, TimeSpan? timeToLive, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var message = new StoredMessage(
            Guid.NewGuid().ToString(), NewReceipt(), body, now, timeToLive is { } ttl ? now + ttl : DateTimeOffset.MaxValue, now + visibility, 0);
        var sent = await database.WriteAsync(
            connection => Exists(connection, queue) && connection.Execute(
                $"""
                INSERT INTO queue_message (queue, {Columns})
                VALUES ($queue, $id, $receipt, $body, $inserted, $expires, $visible, 0)
                """,
                ("$queue", queue),
                ("$id", message.Id),
                ("$receipt", message.PopReceipt),
                ("$body", body),
                ("$inserted", message.InsertedAt.UtcTicks),
                ("$expires", message.ExpiresAt.UtcTicks),
                ("$visible", message.VisibleAt.UtcTicks)) == 1,
            ct);
        signals.Changed(queue);
        return sent ? message : null;
    }

    /// <summary>Takes the visible messages that have waited longest, and hides them; null when there is no such queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="count">How many at the most.</param>
    /// <param name="visibility">How long they stay hidden.</param>
    /// <param name="ct">Cancels.</param>
    public Task<IReadOnlyList<StoredMessage>?> ReceiveAsync(string queue, int count, TimeSpan visibility, CancellationToken ct)
    {
        // Looking first keeps an idle queue from writing.
        var waiting = Peek(queue, 1);
        if (waiting is null or { Count: 0 })
            return Task.FromResult(waiting);
        return database.WriteAsync(
            connection =>
            {
                connection.Execute("DELETE FROM queue_message WHERE queue = $queue AND expires_at <= $now", ("$queue", queue), ("$now", Now()));
                var visibleAt = time.GetUtcNow() + visibility;
                return (IReadOnlyList<StoredMessage>?)[.. Visible(connection, queue, count).Select(Take)];

                StoredMessage Take(StoredMessage found)
                {
                    var taken = found with { PopReceipt = NewReceipt(), VisibleAt = visibleAt, DequeueCount = found.DequeueCount + 1 };
                    connection.Execute(
                        "UPDATE queue_message SET pop_receipt = $receipt, visible_at = $visible, dequeue_count = $count WHERE id = $id",
                        ("$receipt", taken.PopReceipt),
                        ("$visible", taken.VisibleAt.UtcTicks),
                        ("$count", taken.DequeueCount),
                        ("$id", taken.Id));
                    return taken;
                }
            },
            ct);
    }

    /// <summary>The visible messages that have waited longest, left where they are; null when there is no such queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="count">How many at the most.</param>
    public IReadOnlyList<StoredMessage>? Peek(string queue, int count) =>
        database.Read(connection => Exists(connection, queue) ? Visible(connection, queue, count) : null);

    /// <summary>When the next hidden message becomes visible; null when none is hidden.</summary>
    /// <param name="queue">The queue.</param>
    public DateTimeOffset? NextVisibleAt(string queue) => database.Read(
        connection => connection.Scalar(
            "SELECT min(visible_at) FROM queue_message WHERE queue = $queue AND expires_at > visible_at", ("$queue", queue)) is long ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : default(DateTimeOffset?));

    /// <summary>Deletes a message that was received.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="id">The message.</param>
    /// <param name="receipt">The receipt of its last reception or update.</param>
    /// <param name="ct">Cancels.</param>
    public Task<QueueOutcome> DeleteMessageAsync(string queue, string id, string receipt, CancellationToken ct) => database.WriteAsync(
        connection => Check(connection, queue, id, receipt, () =>
            connection.Execute("DELETE FROM queue_message WHERE id = $id", ("$id", id))),
        ct);

    /// <summary>Hides a received message longer or shorter, and may replace its text.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="id">The message.</param>
    /// <param name="receipt">The receipt of its last reception or update.</param>
    /// <param name="visibility">How long it stays hidden from now on.</param>
    /// <param name="body">The new encoded text; null leaves it.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The outcome; when done, the new receipt and moment of visibility.</returns>
    public async Task<(QueueOutcome Outcome, string Receipt, DateTimeOffset VisibleAt)> UpdateMessageAsync(
        string queue, string id, string receipt, TimeSpan visibility, string? body, CancellationToken ct)
    {
        var (next, visibleAt) = (NewReceipt(), time.GetUtcNow() + visibility);
        var outcome = await database.WriteAsync(
            connection => Check(connection, queue, id, receipt, () => connection.Execute(
                "UPDATE queue_message SET pop_receipt = $next, visible_at = $visible, body = coalesce($body, body) WHERE id = $id",
                ("$next", next),
                ("$visible", visibleAt.UtcTicks),
                ("$body", body),
                ("$id", id))),
            ct);
        signals.Changed(queue);
        return (outcome, next, visibleAt);
    }

    /// <summary>Deletes all messages of a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="ct">Cancels.</param>
    public Task<QueueOutcome> ClearAsync(string queue, CancellationToken ct) => database.WriteAsync(
        connection =>
        {
            connection.Execute("DELETE FROM queue_message WHERE queue = $queue", ("$queue", queue));
            return Exists(connection, queue) ? QueueOutcome.Done : QueueOutcome.QueueNotFound;
        },
        ct);

    private QueueOutcome Check(SqliteConnection connection, string queue, string id, string receipt, Action change)
    {
        if (!Exists(connection, queue))
            return QueueOutcome.QueueNotFound;
        var found = connection.Scalar(
            "SELECT pop_receipt FROM queue_message WHERE queue = $queue AND id = $id AND expires_at > $now",
            ("$queue", queue),
            ("$id", id),
            ("$now", Now())) as string;
        if (found is null)
            return QueueOutcome.MessageNotFound;
        if (found != receipt)
            return QueueOutcome.PopReceiptMismatch;
        change();
        return QueueOutcome.Done;
    }

    private List<StoredMessage> Visible(SqliteConnection connection, string queue, int count) => connection.Query(
        $"""
        SELECT {Columns} FROM queue_message
        WHERE queue = $queue AND visible_at <= $now AND expires_at > $now ORDER BY visible_at, seq LIMIT $count
        """,
        static row => new StoredMessage(
            row.GetString(0), row.GetString(1), row.GetString(2), Moment(row.GetInt64(3)), Moment(row.GetInt64(4)), Moment(row.GetInt64(5)), row.GetInt64(6)),
        ("$queue", queue),
        ("$now", Now()),
        ("$count", count));

    private static bool Exists(SqliteConnection connection, string queue) =>
        connection.Scalar("SELECT 1 FROM queue WHERE name = $queue", ("$queue", queue)) is not null;

    private static SortedDictionary<string, string> Metadata(string json) => JsonSerializer.Deserialize<SortedDictionary<string, string>>(json)!;

    private static DateTimeOffset Moment(long ticks) => new(ticks, TimeSpan.Zero);

    private static string NewReceipt() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(12));

    private long Now() => time.GetUtcNow().UtcTicks;
}
