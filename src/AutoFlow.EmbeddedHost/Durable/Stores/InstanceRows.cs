using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>The rows of instances and their inboxes. Everything here runs inside of a write.</summary>
internal static class InstanceRows
{
    /// <summary>The key, generation and status of an instance; null where it is unknown.</summary>
    public static (long Key, int Generation, OrchestrationRuntimeStatus Status)? Find(SqliteConnection connection, string id)
        => First(connection.Query("SELECT key, generation, status FROM instance WHERE id = $id", ReadState, ("$id", id)));

    /// <inheritdoc cref="Find(SqliteConnection, string)"/>
    public static (long Key, int Generation, OrchestrationRuntimeStatus Status)? Find(SqliteConnection connection, long key)
        => First(connection.Query("SELECT key, generation, status FROM instance WHERE key = $key", ReadState, ("$key", key)));

    /// <summary>True in a status that nothing follows.</summary>
    public static bool IsFinished(OrchestrationRuntimeStatus status) => status
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>Creates an instance in place of a finished one of the same id; tells which status forbids it otherwise.</summary>
    /// <param name="connection">The writer's.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="parent">Who called it; null for a client.</param>
    public static StartReceipt Start(
        SqliteConnection connection, NewInstance instance, DateTime now, (long Key, int Generation, int Task)? parent = null)
    {
        var started = instance.Started;
        if (Find(connection, instance.InstanceId) is { } earlier)
        {
            if (!IsFinished(earlier.Status) || instance.ForbiddenBy.Contains(earlier.Status))
                return new StartReceipt(earlier.Key, earlier.Status);

            // The generation goes on counting, so that ids made from it do not come again.
            started = started with { Generation = earlier.Generation + 1 };
            Delete(connection, earlier.Key);
        }

        var key = (long)connection.Scalar(
            """
            INSERT INTO instance (id, name, version, generation, status, input, tags, parent, parent_generation, parent_task, created_at, updated_at)
            VALUES ($id, $name, $version, $generation, $status, $input, $tags, $parent, $parent_generation, $parent_task, $now, $now)
            RETURNING key
            """,
            ("$id", instance.InstanceId),
            ("$name", started.Name),
            ("$version", started.Version),
            ("$generation", started.Generation),
            ("$status", (int)OrchestrationRuntimeStatus.Pending),
            ("$input", started.Input),
            ("$tags", instance.Tags.Count == 0 ? null : HistoryJson.Write(instance.Tags)),
            ("$parent", parent?.Key),
            ("$parent_generation", parent?.Generation),
            ("$parent_task", parent?.Task),
            ("$now", now.Ticks))!;
        if (instance.StartAt is { } later && later > now)
            AddTimer(connection, key, task: null, later, started);
        else
            Deliver(connection, key, ofTask: false, started);
        return new StartReceipt(key, null);
    }

    /// <summary>Puts a message at the end of an inbox.</summary>
    public static void Deliver(SqliteConnection connection, long key, bool ofTask, HistoryEvent message) => connection.Execute(
        "INSERT INTO inbox (instance, of_task, event) VALUES ($instance, $of_task, $event)",
        ("$instance", key),
        ("$of_task", ofTask ? 1 : 0),
        ("$event", HistoryJson.Write(message)));

    /// <summary>Sets a timer that brings an event.</summary>
    public static void AddTimer(SqliteConnection connection, long key, int? task, DateTime fireAt, HistoryEvent brings) => connection.Execute(
        "INSERT INTO timer (instance, task, fire_at, event) VALUES ($instance, $task, $fire_at, $event)",
        ("$instance", key),
        ("$task", task),
        ("$fire_at", fireAt.Ticks),
        ("$event", HistoryJson.Write(brings)));

    /// <summary>Removes an instance and all that belongs to it.</summary>
    public static void Delete(SqliteConnection connection, long key) => connection.Execute(
        """
        DELETE FROM turn WHERE instance = $key;
        DELETE FROM inbox WHERE instance = $key;
        DELETE FROM timer WHERE instance = $key;
        DELETE FROM activity WHERE instance = $key;
        DELETE FROM instance WHERE key = $key;
        """,
        ("$key", key));

    private static (long Key, int Generation, OrchestrationRuntimeStatus Status) ReadState(SqliteDataReader row)
        => (row.GetInt64(0), row.GetInt32(1), (OrchestrationRuntimeStatus)row.GetInt32(2));

    private static T? First<T>(List<T> rows)
        where T : struct
        => rows.Count == 0 ? null : rows[0];
}
