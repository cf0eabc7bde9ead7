using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>A commit going into the tables. Runs on the writer's thread.</summary>
internal static class InstanceRows
{
    private static readonly string[] DeleteAll =
    [
        "DELETE FROM history WHERE instance = ?1",
        "DELETE FROM timer WHERE instance = ?1",
        "DELETE FROM busy WHERE instance = ?1",
        "DELETE FROM instance WHERE key = ?1",
    ];

    /// <summary>True in a status that nothing follows.</summary>
    public static bool IsFinished(OrchestrationRuntimeStatus status) => status
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>Makes the changes of a commit.</summary>
    public static void Apply(Statements database, InstanceCommit commit, bool alone)
    {
        if (commit.Replaced is { } replaced)
            Delete(database, replaced);
        if (commit.Created is { } row)
            Insert(database, row, commit.Status);
        else if (commit.Status is { } status)
            Update(database, commit.Instance, status);
        if (commit.Parent is { } parent)
        {
            database["UPDATE instance SET parent = ?2, parent_generation = ?3, parent_task = ?4 WHERE key = ?1"]
                .Bind(1, commit.Instance)
                .Bind(2, parent.Instance)
                .Bind(3, (long)parent.Generation)
                .Bind(4, (long)parent.Task)
                .Run();
        }

        if (commit.Generation is { } generation)
            database["UPDATE instance SET generation = ?2 WHERE key = ?1"].Bind(1, commit.Instance).Bind(2, (long)generation).Run();
        if (commit.Rewritten is { } turns)
        {
            // It may have been purged while it was read.
            if (!Exists(database, commit.Instance))
                throw new InvalidOperationException($"The instance '{commit.InstanceId}' is gone.");
            database["DELETE FROM history WHERE instance = ?1"].Bind(1, commit.Instance).Run();
            foreach (var turn in turns)
                Append(database, commit.Instance, turn);
        }

        if (commit.NextGeneration is { } next)
            StartOver(database, commit.Instance, next);
        if (commit.Turn is { } taken)
            Append(database, commit.Instance, taken);
        Tasks(database, commit);
        Messages(database, commit, alone);
    }

    /// <summary>Removes an instance and all that it was asked to do: a purge takes what customers wrote, and the input of an activity is such.</summary>
    public static void Purge(Statements database, long instance)
    {
        database["DELETE FROM orphan WHERE instance = ?1"].Bind(1, instance).Run();
        Delete(database, instance);
    }

    // Its activities stay that nobody waits for: they still run, also where another takes its id.
    private static void Delete(Statements database, long instance)
    {
        foreach (var sql in DeleteAll)
            database[sql].Bind(1, instance).Run();
    }

    private static bool Exists(Statements database, long instance)
    {
        var row = database["SELECT 1 FROM instance WHERE key = ?1"].Bind(1, instance);
        var exists = row.Read();
        row.Reset();
        return exists;
    }

    private static void Insert(Statements database, InstanceRow row, StatusChange? status) => database[
        """
        INSERT INTO instance (key, id, name, version, generation, status, input, output, custom_status, failure, tags,
          parent, parent_generation, parent_task, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15)
        """]
        .Bind(1, row.Key)
        .Bind(2, row.Id)
        .Bind(3, row.Name)
        .Bind(4, row.Version)
        .Bind(5, (long)row.Generation)
        .Bind(6, (long)(status?.Status ?? row.Status))
        .Bind(7, row.Input)
        .Bind(8, status?.Output)
        .Bind(9, status?.Custom.Json)
        .Bind(10, status?.Failure)
        .Bind(11, row.Tags)
        .Bind(12, row.Parent?.Instance)
        .Bind(13, (long?)row.Parent?.Generation)
        .Bind(14, (long?)row.Parent?.Task)
        .Bind(15, row.CreatedAt.Ticks)
        .Run();

    private static void Update(Statements database, long instance, StatusChange change) => database[
        """
        UPDATE instance SET status = ?2, updated_at = ?3, output = ?4, failure = ?5, custom_status = CASE WHEN ?6 THEN ?7 ELSE custom_status END
        WHERE key = ?1
        """]
        .Bind(1, instance)
        .Bind(2, (long)change.Status)
        .Bind(3, change.At.Ticks)
        .Bind(4, change.Output)
        .Bind(5, change.Failure)
        .Bind(6, change.Custom.IsSet ? 1L : 0L)
        .Bind(7, change.Custom.Json)
        .Run();

    private static void StartOver(Statements database, long instance, ExecutionStarted next)
    {
        database["DELETE FROM history WHERE instance = ?1"].Bind(1, instance).Run();
        database["UPDATE instance SET generation = ?2, version = ?3, input = ?4 WHERE key = ?1"]
            .Bind(1, instance)
            .Bind(2, (long)next.Generation)
            .Bind(3, next.Version)
            .Bind(4, next.Input)
            .Run();
    }

    private static void Append(Statements database, long instance, TurnRow turn) => database[
        "INSERT INTO history (instance, number, at, received, decided) VALUES (?1, ?2, ?3, ?4, ?5)"]
        .Bind(1, instance)
        .Bind(2, (long)turn.Number)
        .Bind(3, turn.At.Ticks)
        .Bind(4, turn.Received.Span)
        .Bind(5, turn.Decided.Span)
        .Run();

    private static void Tasks(Statements database, InstanceCommit commit)
    {
        if (commit.Busy is { } busy)
            database[busy ? "INSERT OR IGNORE INTO busy (instance) VALUES (?1)" : "DELETE FROM busy WHERE instance = ?1"].Bind(1, commit.Instance).Run();
        foreach (var (task, fireAt, brings) in commit.TimersSet)
        {
            database["INSERT INTO timer (instance, task, fire_at, event) VALUES (?1, ?2, ?3, ?4)"]
                .Bind(1, commit.Instance)
                .Bind(2, (long)task)
                .Bind(3, fireAt.Ticks)
                .Bind(4, brings is null ? null : HistoryJson.Write(brings))
                .Run();
        }

        foreach (var task in commit.TimersGone)
            database["DELETE FROM timer WHERE instance = ?1 AND task = ?2"].Bind(1, commit.Instance).Bind(2, (long)task).Run();
        foreach (var (of, call) in commit.Orphaned)
        {
            database["INSERT INTO orphan (instance, generation, task, id, name, input, trace) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"]
                .Bind(1, of.Instance)
                .Bind(2, (long)of.Generation)
                .Bind(3, (long)of.Task)
                .Bind(4, call.InstanceId)
                .Bind(5, call.Name)
                .Bind(6, call.InputJson)
                .Bind(7, call.Trace is { } trace ? HistoryJson.Write(trace) : null)
                .Run();
        }

        foreach (var done in commit.OrphansDone)
        {
            database["DELETE FROM orphan WHERE instance = ?1 AND generation = ?2 AND task = ?3"]
                .Bind(1, done.Instance)
                .Bind(2, (long)done.Generation)
                .Bind(3, (long)done.Task)
                .Run();
        }
    }

    private static void Messages(Statements database, InstanceCommit commit, bool alone)
    {
        foreach (var message in commit.Taken)
        {
            if (message.IsStored)
                database["DELETE FROM inbox WHERE key = ?1"].Bind(1, message.InboxKey).Run();
        }

        foreach (var message in commit.Sent)
        {
            // What is taken within the same commit need not be written and deleted.
            message.IsStored = alone || message.TakenBy is null || message.TakenBy.Commit != commit.Commit;
            if (message.IsStored)
                Insert(database, message);
        }

        foreach (var message in commit.Parked)
        {
            Insert(database, message);
            message.IsStored = true;
        }
    }

    private static void Insert(Statements database, Message message)
    {
        (TaskOf? Of, HistoryEvent Event, string? Start) row = message switch
        {
            AnswerMessage answer => (answer.Of, answer.Answer, null),
            SignalMessage signal => (null, signal.Signal, null),
            StartMessage { Start: var start } => (null, start.Started, HistoryJson.Write(start)),
            _ => throw new InvalidOperationException($"{message.GetType().Name} is not for the inbox."),
        };
        database["INSERT INTO inbox (key, id, instance, generation, event, start) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"]
            .Bind(1, message.InboxKey)
            .Bind(2, message.InstanceId)
            .Bind(3, row.Of?.Instance)
            .Bind(4, (long?)row.Of?.Generation)
            .Bind(5, HistoryJson.Write(row.Event))
            .Bind(6, row.Start)
            .Run();
    }
}
