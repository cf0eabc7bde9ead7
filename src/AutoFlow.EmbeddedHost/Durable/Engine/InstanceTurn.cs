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
internal sealed class InstanceTurn(HotInstance instance, TurnServices services, InstanceCommit commit)
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

    /// <summary>Messages to the instance itself, before all others.</summary>
    public List<Message> Next { get; } = [];

    /// <summary>Takes messages.</summary>
    public void Take(IReadOnlyList<Message> messages)
    {
        if (!instance.IsLoaded)
            Load();
        if (State is { Parked.Count: > 0 } waiting)
        {
            // What an earlier process has left came before what has waited here.
            foreach (var message in messages.Where(IsLeft))
                Sort(message);
            messages = [.. messages.Where(message => !IsLeft(message))];
            Message[] parked = [.. waiting.Parked];
            waiting.Parked.Clear();
            foreach (var message in parked)
                Accept(message, ((message as SignalMessage)?.Signal ?? (message as AnswerMessage)?.Answer)!);
        }

        foreach (var message in messages)
            Sort(message);
        commit.Instance = State?.Key ?? 0;
        if (State is { IsFinished: false })
        {
            // At the first turn that is taken: later ones may have activities of their own at work.
            _resumes |= services.Runs && services.LeftBusy.TryRemove(instance.Id, out _);
            Turn(State);
        }

        foreach (var message in commit.Taken)
            message.TakenBy = commit;
    }

    private bool IsLeft(Message message) => message.InboxKey != 0 && !services.Keys.IsOwn(message.InboxKey);

    private void Load()
    {
        if (services.Store.Find(instance.Id) is not { } row)
        {
            instance.IsLoaded = true;
            return;
        }

        var state = new InstanceState { Key = row.Key, Name = row.Name, Generation = row.Generation, Status = row.Status, Parent = row.Parent, Output = row.Output };
        var history = state.IsFinished ? [] : services.Store.Turns(row.Key);
        (instance.State, instance.IsLoaded) = (state, true);
        foreach (var turn in history)
            state.Note(turn);
        state.IsBusy = state.OpenActivities > 0;
        state.StartsLater = history.Count == 0 && !state.IsFinished;
        if (history.Count > 0 && !services.Suspects.IsSetAside(Running.TurnOf(instance.Id)) && services.Orchestrator(row.Name) is { } orchestrator)
            Rebuild(state, orchestrator, history);
    }

    private void Rebuild(InstanceState state, Func<TaskOrchestrationContext, Task<object?>> orchestrator, IReadOnlyList<TurnRecord> history)
    {
        state.Execution = OrchestrationTurn.Rebuild(instance.Id, orchestrator, history, services.Loggers);
        state.CustomStatus = state.Execution.CustomStatus;
    }

    private void Sort(Message message)
    {
        switch (message)
        {
            case StartMessage start:
                commit.Taken.Add(start);
                Start(start);
                break;
            case SignalMessage { Signal: ExecutionRewound rewound } rewind when State is not null:
                commit.Taken.Add(rewind);
                if (Rewind(State, rewound) is { } refused)
                    rewind.Refuse(refused);
                break;
            case SignalMessage signal when State is { IsFinished: false } live && HasRoom(live, signal):
                Accept(signal, signal.Signal);
                break;
            case SignalMessage signal:
                signal.Delivery = State switch { null => Delivery.Unknown, { IsFinished: true } => Delivery.Finished, _ => Delivery.Full };
                commit.Taken.Add(signal);
                break;
            case AnswerMessage answer:
                Answer(answer);
                break;
            case TimerMessage { Timer: var timer } when State is { IsFinished: false } live && live.Key == timer.Instance:
                Fire(live, timer);
                break;
            case ResumeMessage:
                commit.Taken.Add(message);
                break;
        }
    }

    // Only a client can be told that there is no room. What the code waits for needs none: the one event that lets it go on still comes in.
    private bool HasRoom(InstanceState live, SignalMessage signal) => signal.Signal is not EventRaised raised || signal.IsInternal
        || (live.Execution?.Unclaimed ?? 0) + live.Parked.Count + _arrived.Count < DurableLimits.MaxBufferedEvents
        || (live.Execution?.Awaits(raised.Name) == true
            && !_arrived.OfType<EventRaised>().Any(other => string.Equals(other.Name, raised.Name, StringComparison.OrdinalIgnoreCase)));

    private void Accept(Message bearer, HistoryEvent arrived)
    {
        _bearers.Add(bearer);
        _arrived.Add(arrived);
    }

    private void Start(StartMessage message)
    {
        var start = message.Start;
        if (start.Again is { } again && State is { } own && own.Parent is { } before && start.Parent is { } now
            && before.Instance == now.Instance && before.Generation < now.Generation)
        {
            // Between a stop and the next start there is no code to go on with: it stays in the inbox.
            if (!services.Runs)
            {
                commit.Taken.Remove(message);
                return;
            }

            AnswerAgain(own, now, start.Started.Parent!, again);
            return;
        }

        if (State is { } earlier && (!earlier.IsFinished || start.ForbiddenBy.Contains(earlier.Status)))
        {
            message.Receipt = new StartReceipt(earlier.Status);
            if (start.Parent is { } parent && start.Started.Parent is { } caller)
                Send(AlreadyThere(caller.InstanceId, parent, instance.Id, earlier.Status));
            return;
        }

        // The generation goes on counting, so that ids made from it do not come again.
        var started = start.Started with { Generation = State is { } replaced ? replaced.Generation + 1 : start.Started.Generation };
        commit.Replaced = State?.Key;
        var state = new InstanceState
        {
            Key = services.Keys.NextInstance(),
            Name = started.Name,
            Generation = started.Generation,
            Status = OrchestrationRuntimeStatus.Pending,
            Parent = start.Parent,
        };
        instance.State = state;
        commit.Created = new InstanceRow(state.Key, instance.Id, started.Name, started.Version, state.Generation, state.Status, start.Parent)
        {
            Input = started.Input,
            Tags = start.Tags is { Count: > 0 } tags ? HistoryJson.Write(tags) : null,
            CreatedAt = services.Now,
        };
        if (start.StartAt is { } later && later > services.Now)
        {
            state.StartsLater = true;
            commit.TimersSet.Add((DurableTimer.Start, later, started));
        }
        else
        {
            Accept(new SignalMessage(instance.Id, started), started);
        }
    }

    /// <summary>What the caller of a child gets whose id is taken.</summary>
    public static AnswerMessage AlreadyThere(string callerId, TaskOf of, string childId, OrchestrationRuntimeStatus status) => new(
        callerId,
        of,
        new TaskFailed(of.Task, TaskFailureDetails.FromException(new global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException(
            $"An orchestration with the id '{childId}' is already {status}."))));

    private void Answer(AnswerMessage message)
    {
        var of = message.Of;
        if (State is not { IsFinished: false } live || live.Key != of.Instance || live.Generation != of.Generation)
        {
            // Nobody waits for it any more. An activity's row, if it has one, says that it was still to run.
            commit.Taken.Add(message);
            if (message.Answer is TaskCompleted or TaskFailed)
                commit.OrphansDone.Add(of);
        }
        else if ((of.Task == DurableTimer.Start && live.StartsLater) || live.Close(of.Task))
        {
            live.StartsLater = false;
            Accept(message, message.Answer);
        }
        else
        {
            // A result was recorded before, or the timer was cancelled.
            commit.Taken.Add(message);
        }
    }

    /// <summary>The caller was taken back, and asks its child once more.</summary>
    private void AnswerAgain(InstanceState own, TaskOf parent, ParentLink caller, ExecutionRewound reason)
    {
        commit.Parent = own.Parent = parent;
        switch (own.Status)
        {
            case OrchestrationRuntimeStatus.Completed:
                Send(new AnswerMessage(caller.InstanceId, parent, new TaskCompleted(parent.Task, own.Output)));
                break;
            case OrchestrationRuntimeStatus.Terminated:
                Send(new AnswerMessage(caller.InstanceId, parent, new TaskFailed(parent.Task, TurnEffects.Terminated(instance.Id))));
                break;
            case OrchestrationRuntimeStatus.Failed when Rewind(own, reason) is { } refused:
                Send(new AnswerMessage(caller.InstanceId, parent, new TaskFailed(parent.Task, TaskFailureDetails.FromException(refused))));
                break;
        }
    }

    /// <summary>Takes a failed instance back to before its failure, and lets it go on from there; why it cannot be, or null.</summary>
    private InvalidOperationException? Rewind(InstanceState state, ExecutionRewound reason)
    {
        if (state.Status != OrchestrationRuntimeStatus.Failed)
            return new InvalidOperationException($"The instance '{instance.Id}' is {state.Status}; only a failed one can be rewound.");
        if (!services.Runs)
            return new InvalidOperationException($"The host is stopping, or has not started yet; rewind the instance '{instance.Id}' when it runs.");
        if (services.Orchestrator(state.Name) is not { } orchestrator)
            return new InvalidOperationException($"There is no orchestrator '{state.Name}' in this app, so the instance '{instance.Id}' cannot be rewound.");
        RewoundHistory rewound;
        try
        {
            rewound = RewoundHistory.Of(instance.Id, services.Store.Turns(state.Key), orchestrator, services.Loggers);
        }
        catch (Exception exception) when (exception is NonDeterministicOrchestrationException or InvalidOperationException)
        {
            return new InvalidOperationException(exception.Message, exception);
        }

        // Whoever takes it back says that it is mended; the code has just run to its failure and survived.
        services.Suspects.Forgive(Running.TurnOf(instance.Id));

        // Another generation: no answer to what was asked for before is meant for what is asked for now.
        state.StartOver();
        foreach (var turn in rewound.Turns)
            state.Note(turn);
        if (rewound.Turns.Count > 0)
            Rebuild(state, orchestrator, rewound.Turns);
        state.Status = rewound.Turns.Count == 0 ? OrchestrationRuntimeStatus.Pending : OrchestrationRuntimeStatus.Running;
        commit.Generation = state.Generation;
        commit.Rewritten = [.. rewound.Turns.Select(TurnRow.Of)];
        commit.Status = new StatusChange(state.Status, services.Now, (true, state.CustomStatus.Json), null, null);
        foreach (var arrived in rewound.Arrived.Prepend(reason))
        {
            if (arrived.Answers is { } task)
                state.Close(task);
            Accept(new SignalMessage(instance.Id, arrived), arrived);
        }

        foreach (var open in state.Open.Values.OrderBy(open => open.Asks))
        {
            if (open is TimerCreated timer)
                commit.TimersSet.Add((timer.TaskId, timer.FireAt, null));
            else if (open is ChildScheduled child)
                Send(new StartMessage(TurnEffects.Child(instance, state, child) with { Again = reason }));
        }

        _resumes = true;
        return null;
    }

    private void Fire(InstanceState live, DurableTimer timer)
    {
        // What is in memory may be a timer that was cancelled, or one of an earlier generation with the same number.
        HistoryEvent brings;
        if (timer.Brings is { } started && live.StartsLater)
            (brings, live.StartsLater) = (started, false);
        else if (live.Open.TryGetValue(timer.Task, out var open) && open is TimerCreated created && created.FireAt <= timer.FireAt && live.Close(timer.Task))
            brings = new TimerFired(timer.Task);
        else
            return;
        commit.TimersGone.Add(timer.Task);
        Accept(new AnswerMessage(instance.Id, new TaskOf(live.Key, live.Generation, timer.Task), brings), brings);
    }

    private void Turn(InstanceState state)
    {
        if (_arrived.Count > 0)
        {
            var arrived = services.Strict is { } strict ? OutOfOrder.Of(strict, _arrived, $"{instance.Id} {state.Turns}") : _arrived;
            if (Advance(state, arrived) is { } outcome)
            {
                commit.Taken.AddRange(_bearers);
                Outcome = services.Strict is null ? outcome : StrictTurn.Of(outcome);
                var (started, first) = (state.Started ?? arrived.OfType<ExecutionStarted>().FirstOrDefault(), state.Turns == 0 ? outcome.Turn.At : state.FirstAt);
                state.Started = started;
                new TurnEffects(instance, state, services, commit, this).Apply(Outcome);
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
        if (state.Turns == 0 && !arrived.OfType<ExecutionStarted>().Any())
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
    public void Send(Message message)
    {
        message.InboxKey = services.Keys.NextInbox();
        commit.Sent.Add(message);
    }

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
