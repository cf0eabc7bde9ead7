using System.Collections.Frozen;
using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>One turn going into the database: history, status, and all that its decisions ask for. Runs inside of a write.</summary>
internal sealed class TurnCommit(SqliteConnection connection, LoadedInstance instance, TurnOutcome outcome)
{
    private readonly List<ActivityTask> _activities = [];
    private readonly List<long> _woken = [];
    private readonly string _instanceId = instance.Input.InstanceId;
    private DateTime? _firstTimer;
    private int _generation;

    private DateTime Now => outcome.Turn.At;

    /// <summary>The generation's first event.</summary>
    private ExecutionStarted Started => instance.Input.History.Select(turn => turn.Received).Append(outcome.Turn.Received)
        .SelectMany(received => received).OfType<ExecutionStarted>().First();

    /// <summary>Writes the turn; null where the instance is gone.</summary>
    public TurnReceipt? Apply()
    {
        if (InstanceRows.Find(connection, instance.Key) is not { } row)
            return null;
        _generation = row.Generation;
        connection.Execute(
            "DELETE FROM inbox WHERE instance = $instance AND key <= $last", ("$instance", instance.Key), ("$last", instance.LastMessage));
        connection.Execute(
            "INSERT INTO turn (instance, number, at, received, decided) VALUES ($instance, $number, $at, $received, $decided)",
            ("$instance", instance.Key),
            ("$number", outcome.Turn.Number),
            ("$at", Now.Ticks),
            ("$received", HistoryJson.Write(outcome.Turn.Received)),
            ("$decided", HistoryJson.Write(outcome.Turn.Decided)));
        connection.Execute(
            """
            UPDATE instance SET status = $status, updated_at = $now, custom_status = CASE WHEN $has_custom THEN $custom ELSE custom_status END
            WHERE key = $key
            """,
            ("$status", (int)outcome.Status),
            ("$now", Now.Ticks),
            ("$has_custom", outcome.CustomStatus.IsSet),
            ("$custom", outcome.CustomStatus.Json),
            ("$key", instance.Key));
        foreach (var decision in outcome.Turn.Decided)
            Apply(decision);
        if (outcome.Status == OrchestrationRuntimeStatus.Terminated)
            Terminate((ExecutionTerminated)outcome.Turn.Received[0]);
        return new TurnReceipt(_activities, _firstTimer, _woken);
    }

    private void Apply(HistoryEvent decision)
    {
        switch (decision)
        {
            case TaskScheduled task:
                AddActivity(task);
                break;
            case TimerCreated timer:
                InstanceRows.AddTimer(connection, instance.Key, timer.TaskId, timer.FireAt, new TimerFired(timer.TaskId));
                _firstTimer = _firstTimer is { } first && first < timer.FireAt ? first : timer.FireAt;
                break;
            case TimerCancelled timer:
                connection.Execute(
                    "DELETE FROM timer WHERE instance = $instance AND task = $task", ("$instance", instance.Key), ("$task", timer.TaskId));
                break;
            case ChildScheduled child:
                StartChild(child);
                break;
            case EventSent sent:
                Send(sent.InstanceId, new EventRaised(sent.Name, sent.Payload));
                break;
            case ContinuedAsNew over:
                StartOver(over);
                break;
            case ExecutionCompleted completed:
                Finish(completed.Output, null, task => new TaskCompleted(task, completed.Output));
                break;
            case ExecutionFailed failed:
                Finish(null, failed.Failure, task => new TaskFailed(task, failed.Failure));
                break;
        }
    }

    private void AddActivity(TaskScheduled task)
    {
        var key = (long)connection.Scalar(
            "INSERT INTO activity (instance, generation, task, name, input, trace) VALUES ($instance, $generation, $task, $name, $input, $trace) RETURNING key",
            ("$instance", instance.Key),
            ("$generation", _generation),
            ("$task", task.TaskId),
            ("$name", task.Name),
            ("$input", task.Input),
            ("$trace", Started.Trace is { } trace ? HistoryJson.Write(trace) : null))!;
        _activities.Add(new ActivityTask(key, new ActivityInvocation(task.Name, _instanceId, task.TaskId, task.Input) { Trace = Started.Trace }));
    }

    private void StartChild(ChildScheduled child)
    {
        var started = new ExecutionStarted(child.Name, child.Version, child.Input, 0, new ParentLink(instance.Name, _instanceId), Started.Trace?.Child(Started.Trace.OwnContext));
        var receipt = InstanceRows.Start(
            connection,
            new NewInstance(child.InstanceId, started, child.Tags ?? FrozenDictionary<string, string>.Empty, null, FrozenSet<OrchestrationRuntimeStatus>.Empty),
            Now,
            (instance.Key, _generation, child.TaskId));
        if (receipt.ForbiddenBy is null)
        {
            _woken.Add(receipt.Key);
            return;
        }

        var exists = new global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException(
            $"An orchestration with the id '{child.InstanceId}' is already {receipt.ForbiddenBy}.");
        InstanceRows.Deliver(connection, instance.Key, ofTask: true, new TaskFailed(child.TaskId, TaskFailureDetails.FromException(exists)));
        _woken.Add(instance.Key);
    }

    private void Send(string instanceId, HistoryEvent message)
    {
        if (InstanceRows.Find(connection, instanceId) is not { } target || InstanceRows.IsFinished(target.Status))
            return;
        InstanceRows.Deliver(connection, target.Key, ofTask: false, message);
        _woken.Add(target.Key);
    }

    private void StartOver(ContinuedAsNew over)
    {
        connection.Execute(
            """
            DELETE FROM turn WHERE instance = $key;
            DELETE FROM timer WHERE instance = $key;
            DELETE FROM inbox WHERE instance = $key AND of_task = 1;
            UPDATE instance SET generation = $generation, version = $version, input = $input WHERE key = $key;
            """,
            ("$key", instance.Key),
            ("$generation", _generation + 1),
            ("$version", over.Version),
            ("$input", over.Input));

        // What is carried over comes before what has arrived in the meantime: its keys are below all others.
        var first = (long)(connection.Scalar("SELECT min(0, coalesce(min(key), 0)) FROM inbox") ?? 0L) - over.Carried.Count - 1;
        var started = new ExecutionStarted(
            instance.Name, over.Version, over.Input, _generation + 1, Started.Parent, Started.Trace?.Child(Started.Trace.ParentContext));
        foreach (var message in over.Carried.Prepend<HistoryEvent>(started))
        {
            connection.Execute(
                "INSERT INTO inbox (key, instance, of_task, event) VALUES ($key, $instance, 0, $event)",
                ("$key", first++),
                ("$instance", instance.Key),
                ("$event", HistoryJson.Write(message)));
        }

        _woken.Add(instance.Key);
    }

    private void Finish(string? output, TaskFailureDetails? failure, Func<int, HistoryEvent> answer)
    {
        // Activities that were asked for still run, as they do on Azure; nobody gets their results.
        connection.Execute(
            """
            UPDATE instance SET output = $output, failure = $failure WHERE key = $key;
            DELETE FROM inbox WHERE instance = $key;
            DELETE FROM timer WHERE instance = $key;
            """,
            ("$output", output),
            ("$failure", failure is null ? null : HistoryJson.Write(failure)),
            ("$key", instance.Key));
        var parents = connection.Query(
            """
            SELECT parent.key, child.parent_task, parent.status FROM instance child
            JOIN instance parent ON parent.key = child.parent AND parent.generation = child.parent_generation
            WHERE child.key = $key
            """,
            row => (Key: row.GetInt64(0), Task: row.GetInt32(1), Status: (OrchestrationRuntimeStatus)row.GetInt32(2)),
            ("$key", instance.Key));
        foreach (var parent in parents.Where(parent => !InstanceRows.IsFinished(parent.Status)))
        {
            InstanceRows.Deliver(connection, parent.Key, ofTask: true, answer(parent.Task));
            _woken.Add(parent.Key);
        }
    }

    private void Terminate(ExecutionTerminated terminated)
    {
        var failure = new TaskFailureDetails("TerminatedOrchestration", $"The orchestration '{_instanceId}' was terminated.", null, null);
        Finish(terminated.Output, null, task => new TaskFailed(task, failure));
        if (!terminated.Recursive)
            return;
        var children = connection.Query(
            "SELECT id FROM instance WHERE parent = $key", row => row.GetString(0), ("$key", instance.Key));
        foreach (var child in children)
            Send(child, terminated);
    }
}
