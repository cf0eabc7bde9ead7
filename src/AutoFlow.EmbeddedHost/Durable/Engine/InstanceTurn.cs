using System.Text.Json;
using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Durable.Tracing;
using AutoFlow.EmbeddedHost.Strict;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>
/// One step of an instance: what has come for it in, one commit out. Reads the store only for what is not in memory; nothing is written here.
/// </summary>
internal sealed partial class InstanceTurn(HotInstance instance, TurnServices services, InstanceCommit commit)
{
    private readonly List<HistoryEvent> _arrived = [];
    private readonly List<Message> _bearers = [];
    private bool _resumes;
    private (ExecutionStarted Started, DateTime At)? _span;

    private InstanceState? State => instance.State;

    /// <summary>The turn that was taken; null where none was.</summary>
    public TurnOutcome? Outcome { get; private set; }

    /// <summary>True when nothing of the instance need be kept in memory after it.</summary>
    public bool IsLast { get; private set; }

    /// <summary>What clients see of the instance's start; null where it was read from the store.</summary>
    public InstanceBirth? Birth { get; private set; }

    /// <summary>What it takes or was to take, in order: also what had waited in the instance.</summary>
    public IReadOnlyList<Message> Messages { get; private set; } = [];

    /// <summary>Takes messages.</summary>
    public void Take(IReadOnlyList<Message> messages)
    {
        Messages = messages;
        if (!instance.IsLoaded)
            Load();
        if (State is { Parked.Count: > 0 } waiting)
        {
            // What an earlier process has left came before what has waited here.
            Message[] left = [.. messages.Where(IsLeft)];
            Message[] parked = [.. waiting.Parked];
            messages = [.. messages.Where(message => !IsLeft(message))];
            Messages = [.. left, .. parked, .. messages];
            waiting.Parked.Clear();
            foreach (var message in left)
                Sort(message);
            foreach (var message in parked)
                Accept(message, ((message as SignalMessage)?.Signal ?? (message as AnswerMessage)?.Answer)!);
        }

        for (var i = 0; i < messages.Count; i++)
            Sort(messages[i]);
        (commit.Instance, Birth) = (State?.Key ?? 0, State?.Birth);
        if (State is { IsFinished: false })
        {
            // At the first turn that is taken: later ones may have activities of their own at work.
            _resumes |= services.Runs && services.LeftBusy.ContainsKey(instance.Id);
            Turn(State);
            if (_resumes)
                services.LeftBusy.TryRemove(instance.Id, out _);
        }

        if (commit.Sent.Count > 0)
            GiveKeys();
        foreach (var message in commit.Taken)
            message.TakenBy = commit;
    }

    // A start after a kill reads the inbox by its keys: starts come before what is sent to the started, as they do in memory.
    private void GiveKeys()
    {
        foreach (var message in commit.Sent.Count > 1 ? TurnDispatcher.StartsFirst(commit.Sent) : commit.Sent)
        {
            if (message.InboxKey == 0)
                message.InboxKey = services.Keys.NextInbox();
        }
    }

    private void Load()
    {
        if (services.Store.Find(instance.Id) is not { } row)
        {
            instance.IsLoaded = true;
            return;
        }

        var state = new InstanceState { Key = row.Key, Name = row.Name, Generation = row.Generation, Status = row.Status, Parent = row.Parent, Output = row.Output };
        var history = state.IsFinished ? [] : services.Store.Turns(row.Key);
        (instance.State, instance.IsLoaded, instance.DurableStatus) = (state, true, row.Status);
        foreach (var turn in history)
            state.Note(turn);
        state.IsBusy = null;
        state.StartsLater = history.Count == 0 && !state.IsFinished;
        if (history.Count > 0 && !services.Suspects.IsSetAside(Running.TurnOf(instance.Id)) && services.Orchestrator(row.Name) is { } orchestrator)
            Rebuild(state, orchestrator, history);
    }

    private void Rebuild(InstanceState state, Func<TaskOrchestrationContext, Task<object?>> orchestrator, IReadOnlyList<TurnRecord> history)
    {
        state.Execution = OrchestrationTurn.Rebuild(instance.Id, orchestrator, history, services.Loggers);
        state.CustomStatus = state.Execution.CustomStatus;
    }

    private void Turn(InstanceState state)
    {
        if (_arrived.Count > 0)
        {
            var arrived = services.Strict is { } strict ? OutOfOrder.Of(strict, _arrived, $"{instance.Id} {state.Turns}") : _arrived;
            if (Advance(state, arrived) is { } outcome)
            {
                commit.Taken.AddRange(_bearers);
                Outcome = Storable(services.Strict is null ? outcome : StrictTurn.Of(outcome), out var row);
                var (started, first) = (state.Started ?? OrchestrationTurn.First<ExecutionStarted>(arrived), state.Turns == 0 ? outcome.Turn.At : state.FirstAt);
                state.Started = started;
                new TurnEffects(instance, state, services, commit, this).Apply(Outcome, row);
                if (started is not null && (state.IsFinished || commit.NextGeneration is not null))
                    _span = (started, first);
            }
            else
            {
                Park(state);
            }
        }

        if (_resumes)
            Resume(state);
        var busy = !state.IsFinished && state.OpenActivities > 0;
        if (busy != state.IsBusy)
            commit.Busy = state.IsBusy = busy;
    }

    /// <summary>A turn with its row, which what starts over has none of. What cannot be written ends the instance, without what came in: what is decided is bounded, so it is that.</summary>
    private TurnOutcome Storable(TurnOutcome outcome, out TurnRow? row)
    {
        row = null;
        if (outcome.Turn.Decided is [.., ContinuedAsNew])
            return outcome;
        try
        {
            row = TurnRow.Of(outcome.Turn);
            return outcome;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            var turn = outcome.Turn with { Received = [.. outcome.Turn.Received.OfType<ExecutionStarted>()], Decided = [DurableLimits.NotStorable(instance.Id, exception)] };
            row = TurnRow.Of(turn);
            return new TurnOutcome(turn, OrchestrationRuntimeStatus.Failed, default);
        }
    }

    /// <summary>Runs the activities again that an ended process has left, also those that nobody waits for since this turn.</summary>
    private void Resume(InstanceState state)
    {
        var asked = commit.Activities.Select(activity => activity.Of).ToHashSet();
        commit.Activities.AddRange(commit.Orphaned.Where(orphan => asked.Add(orphan.Of)));
        commit.Activities.AddRange(state.Open.Values.OfType<TaskScheduled>()
            .OrderBy(task => task.TaskId)
            .Select(task => TurnEffects.Activity(instance, state, task))
            .Where(activity => asked.Add(activity.Of)));
    }

    /// <summary>Null where the instance cannot take a turn: it has not started, or its code is not here.</summary>
    private TurnOutcome? Advance(InstanceState state, IReadOnlyList<HistoryEvent> arrived)
    {
        var at = OrchestrationTurn.Later(services.Now, state.LastAt);
        if (OrchestrationTurn.Terminated(state.Turns, at, arrived) is { } terminated)
            return terminated;
        if (state.Turns == 0 && OrchestrationTurn.First<ExecutionStarted>(arrived) is null)
            return null;
        if (services.Orchestrator(state.Name) is not { } orchestrator)
        {
            if (services.Runs)
                services.TellMissing(state.Name, instance.Id);
            return null;
        }

        if (services.Suspects.Failure(Running.TurnOf(instance.Id), state.Name) is { } poison)
            return new TurnOutcome(new TurnRecord(state.Turns, at, arrived, [new ExecutionFailed(poison)]), OrchestrationRuntimeStatus.Failed, default);
        if (state.Execution is null && state.Turns > 0)
            Rebuild(state, orchestrator, services.Store.Turns(state.Key));
        state.Execution ??= new OrchestrationExecution(instance.Id, orchestrator, services.Loggers);
        return DurableLimits.TooManyEvents(state.Events + arrived.Count, instance.Id) is { } tooLong
            ? new TurnOutcome(new TurnRecord(state.Turns, at, arrived, [tooLong]), OrchestrationRuntimeStatus.Failed, default)
            : OrchestrationTurn.Advance(state.Execution, state.Turns, at, arrived);
    }

    private void Park(InstanceState state)
    {
        foreach (var message in _bearers)
        {
            if (message.InboxKey == 0)
            {
                message.InboxKey = services.Keys.NextInbox();
                commit.Parked.Add(message);
            }

            state.Parked.Add(message);
        }
    }

    /// <summary>Sends a message that is durable with this step.</summary>
    public void Send(Message message) => commit.Sent.Add(message);

    /// <summary>Notes what is told when all is durable: the instance may have gone on by then.</summary>
    public void Remember() => IsLast = instance.IsSpent;

    /// <summary>Writes the span of a generation that has ended. After the commit: a turn that was killed before is taken again and then writes it.</summary>
    public void WriteSpan(ILogger logger)
    {
        if (_span is not { } span || Outcome is null)
            return;
        try
        {
            DurableSpans.WriteOrchestration(span.Started, instance.Id, span.At, Outcome.Turn.At, Outcome.Status);
        }
        catch (Exception exception)
        {
            // What a listener throws stops nothing.
            logger.LogError(exception, "The span of '{InstanceId}' could not be written", instance.Id);
        }
    }
}
