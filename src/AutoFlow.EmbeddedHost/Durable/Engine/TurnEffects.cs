using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>What follows from a turn: history, status, tasks, timers and messages, all of one commit.</summary>
internal sealed class TurnEffects(HotInstance instance, InstanceState state, TurnServices services, InstanceCommit commit, InstanceTurn turn)
{
    /// <summary>An activity that an instance asks for.</summary>
    public static ActivityTask Activity(HotInstance instance, InstanceState state, TaskScheduled task) => new(
        new TaskOf(state.Key, state.Generation, task.TaskId),
        new ActivityInvocation(task.Name, instance.Id, task.TaskId, task.Input) { Trace = state.Started?.Trace });

    /// <summary>A child that an instance asks for.</summary>
    public static NewInstance Child(HotInstance instance, InstanceState state, ChildScheduled child)
    {
        var trace = state.Started?.Trace;
        var started = new ExecutionStarted(child.Name, child.Version, child.Input, 0, new ParentLink(state.Name, instance.Id), trace?.Child(trace.OwnContext));
        return new NewInstance(child.InstanceId, started, child.Tags, null, new TaskOf(state.Key, state.Generation, child.TaskId));
    }

    /// <summary>Notes the turn, and adds what follows from it.</summary>
    /// <param name="outcome">The turn.</param>
    /// <param name="row">Its row; null where it starts over.</param>
    public void Apply(TurnOutcome outcome, TurnRow? row)
    {
        state.Note(outcome.Turn);
        var (custom, before) = (Changed(outcome.CustomStatus), state.Status);
        if (!custom.IsSet && commit.Status is { } rewound)
            custom = rewound.Custom;
        state.Status = outcome.Status;
        for (var i = 0; i < outcome.Turn.Decided.Count; i++)
            Apply(outcome.Turn.Decided[i]);
        switch (outcome.Turn.Decided is [.., var last] ? last : null)
        {
            case ContinuedAsNew over:
                StartOver(over);
                break;
            case ExecutionCompleted completed:
                Finish(completed.Output, null, custom, task => new TaskCompleted(task, completed.Output));
                break;
            case ExecutionFailed failed:
                Finish(null, failed.Failure, custom, task => new TaskFailed(task, failed.Failure));
                break;
            case null when outcome.Status == OrchestrationRuntimeStatus.Terminated:
                Terminate((ExecutionTerminated)outcome.Turn.Received[0], custom);
                break;
        }

        commit.Turn = row;
        if (!state.IsFinished && (state.Status != before || custom.IsSet || commit.Created is not null || commit.Status is not null))
            commit.Status = new StatusChange(state.Status, outcome.Turn.At, custom, null, null);
    }

    private void Apply(HistoryEvent decision)
    {
        switch (decision)
        {
            case TaskScheduled task:
                commit.Activities.Add(Activity(instance, state, task));
                break;
            case TimerCreated timer when state.Open.ContainsKey(timer.TaskId):
                commit.TimersSet.Add((timer.TaskId, timer.FireAt, null));
                break;
            case TimerCancelled timer when commit.TimersSet.RemoveAll(one => one.Task == timer.TaskId) == 0:
                commit.TimersGone.Add(timer.TaskId);
                break;
            case ChildScheduled child when child.InstanceId == instance.Id:
                // It would find this one finished where this turn is the last.
                turn.Send(InstanceTurn.AlreadyThere(instance.Id, new TaskOf(state.Key, state.Generation, child.TaskId), instance.Id, OrchestrationRuntimeStatus.Running));
                break;
            case ChildScheduled child:
                turn.Send(new StartMessage(Child(instance, state, child)));
                break;
            case EventSent sent:
                turn.Send(new SignalMessage(sent.InstanceId, new EventRaised(sent.Name, sent.Payload)));
                break;
        }
    }

    private (bool IsSet, string? Json) Changed((bool IsSet, string? Json) now)
    {
        if (!now.IsSet || now == state.CustomStatus)
            return default;
        state.CustomStatus = now;
        return now;
    }

    private void StartOver(ContinuedAsNew over)
    {
        var (before, suspended) = (state.Started, state.Execution?.IsSuspended == true);
        Abandon();
        state.StartOver();
        var started = new ExecutionStarted(
            state.Name, over.Version, over.Input, state.Generation, before?.Parent, before?.Trace?.Child(before.Trace.ParentContext));
        commit.NextGeneration = started;

        // What is carried over comes before what has arrived in the meantime; an instance that was stopped begins stopped.
        HistoryEvent[] first = [.. suspended ? [new ExecutionSuspended(null)] : Array.Empty<HistoryEvent>(), started, .. over.Carried];
        var key = services.Keys.NextFront(first.Length);
        foreach (var next in first)
            commit.Sent.Add(new SignalMessage(instance.Id, next) { InboxKey = key++ });
    }

    private void Finish(string? output, TaskFailureDetails? failure, (bool IsSet, string? Json) custom, Func<int, HistoryEvent> answer)
    {
        Abandon();
        state.Execution = null;
        state.Output = output;
        commit.Status = new StatusChange(state.Status, state.LastAt, custom, output, failure is null ? null : HistoryJson.Write(failure));
        if (state.Parent is { } parent && state.Started?.Parent is { } caller)
            turn.Send(new AnswerMessage(caller.InstanceId, parent, answer(parent.Task)));
    }

    private void Terminate(ExecutionTerminated terminated, (bool IsSet, string? Json) custom)
    {
        var children = terminated.Recursive
            ? state.Open.Values.OfType<ChildScheduled>().Select(child => child.InstanceId).Union(services.Store.Children(state.Key)).ToList()
            : [];
        Finish(terminated.Output, null, custom, task => new TaskFailed(task, Terminated(instance.Id)));
        foreach (var child in children)
            turn.Send(new SignalMessage(child, terminated));
    }

    /// <summary>What the caller of a terminated child gets.</summary>
    public static TaskFailureDetails Terminated(string instanceId)
        => new("TerminatedOrchestration", $"The orchestration '{instanceId}' was terminated.", null, null);

    /// <summary>Timers end. Activities that were asked for still run, as they do on Azure; nobody gets their results.</summary>
    private void Abandon()
    {
        if (state.StartsLater)
            commit.TimersGone.Add(DurableTimer.Start);
        state.StartsLater = false;
        if (state.Open.Count == 0)
            return;
        foreach (var open in state.Open.Values.OrderBy(open => open.Asks))
        {
            if (open is TimerCreated timer && commit.TimersSet.RemoveAll(one => one.Task == timer.TaskId) == 0)
                commit.TimersGone.Add(timer.TaskId);
            else if (open is TaskScheduled task)
                commit.Orphaned.Add(Activity(instance, state, task));
        }

        state.Open.Clear();
        state.OpenActivities = 0;
    }
}
