using System.Collections.Frozen;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>Instances that are taken back, going into the database: history, status, and all that is to be brought about again. Runs inside of a write.</summary>
internal sealed class RewindCommit(SqliteConnection connection, IReadOnlyList<InstanceRewind> family, string? reason, DateTime now)
{
    private readonly List<ActivityTask> _activities = [];
    private readonly List<long> _woken = [];
    private DateTime? _firstTimer;

    /// <summary>Writes all of them.</summary>
    /// <exception cref="InvalidOperationException">One of them has changed since it was read; nothing is written.</exception>
    public TurnReceipt Apply()
    {
        foreach (var instance in family)
            Apply(instance);
        return new TurnReceipt(_activities, _firstTimer, _woken);
    }

    private void Apply(InstanceRewind instance)
    {
        if (InstanceRows.Find(connection, instance.InstanceId) is not { Status: OrchestrationRuntimeStatus.Failed } row
            || (long)connection.Scalar("SELECT count(*) FROM turn WHERE instance = $key", ("$key", row.Key))! != instance.Turns)
        {
            throw new InvalidOperationException($"The instance '{instance.InstanceId}' has changed in the meantime.");
        }

        var history = instance.History;
        var started = history.Turns.SelectMany(turn => turn.Received).Concat(history.Arrived).OfType<ExecutionStarted>().First();
        Replace(row.Key, history);
        connection.Execute(
            """
            DELETE FROM timer WHERE instance = $key;
            DELETE FROM inbox WHERE instance = $key;
            UPDATE instance SET status = $status, output = NULL, failure = NULL, updated_at = $now WHERE key = $key;
            """,
            ("$key", row.Key),
            ("$status", (int)(history.Turns.Count == 0 ? OrchestrationRuntimeStatus.Pending : OrchestrationRuntimeStatus.Running)),
            ("$now", now.Ticks));
        ForgetTasks(row.Key, history);
        foreach (var message in history.Arrived.Prepend(new ExecutionRewound(reason)))
            InstanceRows.Deliver(connection, row.Key, message is TaskCompleted or TaskFailed or TimerFired, message);
        foreach (var pending in history.Pending)
        {
            switch (pending)
            {
                case TaskScheduled task:
                    RunAgain(row, instance.InstanceId, started, task);
                    break;
                case TimerCreated timer:
                    InstanceRows.AddTimer(connection, row.Key, timer.TaskId, timer.FireAt, new TimerFired(timer.TaskId));
                    _firstTimer = _firstTimer is { } first && first < timer.FireAt ? first : timer.FireAt;
                    break;
                case ChildScheduled child:
                    AskAgain(row, instance.InstanceId, started, child);
                    break;
            }
        }

        _woken.Add(row.Key);
    }

    private void Replace(long key, RewoundHistory history)
    {
        connection.Execute("DELETE FROM turn WHERE instance = $key", ("$key", key));
        foreach (var turn in history.Turns)
        {
            connection.Execute(
                "INSERT INTO turn (instance, number, at, received, decided) VALUES ($key, $number, $at, $received, $decided)",
                ("$key", key),
                ("$number", turn.Number),
                ("$at", turn.At.Ticks),
                ("$received", HistoryJson.Write(turn.Received)),
                ("$decided", HistoryJson.Write(turn.Decided)));
        }
    }

    /// <summary>What nobody waits for any more must not answer: its number is used again.</summary>
    private void ForgetTasks(long key, RewoundHistory history) => connection.Execute(
        """
        DELETE FROM activity WHERE instance = $key AND task NOT IN (SELECT value FROM json_each($activities));
        UPDATE instance SET parent = NULL WHERE parent = $key AND id NOT IN (SELECT value FROM json_each($children));
        """,
        ("$key", key),
        ("$activities", HistoryJson.Write(history.Pending.OfType<TaskScheduled>().Select(task => task.TaskId))),
        ("$children", HistoryJson.Write(history.Pending.OfType<ChildScheduled>().Select(child => child.InstanceId))));

    /// <summary>An activity that still runs goes on.</summary>
    private void RunAgain((long Key, int Generation, OrchestrationRuntimeStatus Status) row, string instanceId, ExecutionStarted started, TaskScheduled task)
    {
        if (connection.Scalar("SELECT key FROM activity WHERE instance = $key AND task = $task", ("$key", row.Key), ("$task", task.TaskId)) is not null)
            return;
        var key = (long)connection.Scalar(
            "INSERT INTO activity (instance, generation, task, name, input, trace) VALUES ($instance, $generation, $task, $name, $input, $trace) RETURNING key",
            ("$instance", row.Key),
            ("$generation", row.Generation),
            ("$task", task.TaskId),
            ("$name", task.Name),
            ("$input", task.Input),
            ("$trace", started.Trace is { } trace ? HistoryJson.Write(trace) : null))!;
        _activities.Add(new ActivityTask(key, new ActivityInvocation(task.Name, instanceId, task.TaskId, task.Input) { Trace = started.Trace }));
    }

    /// <summary>A child goes on, or answers again; where it is gone it is started anew.</summary>
    private void AskAgain((long Key, int Generation, OrchestrationRuntimeStatus Status) row, string instanceId, ExecutionStarted started, ChildScheduled child)
    {
        var own = connection.Query(
            "SELECT key, status, output FROM instance WHERE id = $id AND parent = $parent AND parent_generation = $generation",
            child => (Key: child.GetInt64(0), Status: (OrchestrationRuntimeStatus)child.GetInt32(1), Output: child.Text(2)),
            ("$id", child.InstanceId),
            ("$parent", row.Key),
            ("$generation", row.Generation));
        if (own.Count == 0)
        {
            Start(row, instanceId, started, child);
            return;
        }

        // An earlier attempt asks now.
        connection.Execute("UPDATE instance SET parent_task = $task WHERE key = $key", ("$task", child.TaskId), ("$key", own[0].Key));
        HistoryEvent? answer = own[0].Status switch
        {
            OrchestrationRuntimeStatus.Completed => new TaskCompleted(child.TaskId, own[0].Output),
            OrchestrationRuntimeStatus.Terminated => new TaskFailed(
                child.TaskId, new TaskFailureDetails("TerminatedOrchestration", $"The orchestration '{child.InstanceId}' was terminated.", null, null)),
            _ => null,
        };
        if (answer is not null)
            InstanceRows.Deliver(connection, row.Key, ofTask: true, answer);
    }

    private void Start((long Key, int Generation, OrchestrationRuntimeStatus Status) row, string instanceId, ExecutionStarted started, ChildScheduled child)
    {
        var first = new ExecutionStarted(
            child.Name, child.Version, child.Input, 0, new ParentLink(started.Name, instanceId), started.Trace?.Child(started.Trace.OwnContext));
        var receipt = InstanceRows.Start(
            connection,
            new NewInstance(child.InstanceId, first, child.Tags ?? FrozenDictionary<string, string>.Empty, null, FrozenSet<OrchestrationRuntimeStatus>.Empty),
            now,
            (row.Key, row.Generation, child.TaskId));
        if (receipt.ForbiddenBy is null)
        {
            _woken.Add(receipt.Key);
            return;
        }

        var exists = new global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException(
            $"An orchestration with the id '{child.InstanceId}' is already {receipt.ForbiddenBy}.");
        InstanceRows.Deliver(connection, row.Key, ofTask: true, new TaskFailed(child.TaskId, TaskFailureDetails.FromException(exists)));
    }
}
