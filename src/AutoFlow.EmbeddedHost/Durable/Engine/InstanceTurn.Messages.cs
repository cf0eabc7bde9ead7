using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

// What has come for the instance, one by one: what it may take, and what becomes of the rest.
internal sealed partial class InstanceTurn
{
    private bool IsLeft(Message message) => message.InboxKey != 0 && !services.Keys.IsOwn(message.InboxKey);

    private void Sort(Message message)
    {
        switch (message)
        {
            case { Unsent: not null }:
                break;
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
            case TimerMessage { Timer: var timer }:
                commit.Taken.Add(message);
                if (State is { IsFinished: false } waiting && waiting.Key == timer.Instance)
                    Fire(waiting, timer);
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
        var at = services.Now;
        var state = new InstanceState
        {
            Key = services.Keys.NextInstance(),
            Name = started.Name,
            Generation = started.Generation,
            Status = OrchestrationRuntimeStatus.Pending,
            Parent = start.Parent,
            Birth = new InstanceBirth(started.Name, at, start.Tags),
        };
        instance.State = state;
        commit.Created = new InstanceRow(state.Key, instance.Id, started.Name, started.Version, state.Generation, state.Status, start.Parent)
        {
            Input = started.Input,
            Tags = start.Tags is { Count: > 0 } tags ? HistoryJson.Write(tags) : null,
            CreatedAt = at,
        };
        if (start.StartAt is { } later && later > at)
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
        new TaskFailed(of.Task, BoundedFailure.Of(new global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException(
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
}
