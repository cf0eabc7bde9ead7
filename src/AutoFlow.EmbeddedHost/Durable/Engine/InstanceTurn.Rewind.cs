using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

// Taking a failed instance back.
internal sealed partial class InstanceTurn
{
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
                Send(new AnswerMessage(caller.InstanceId, parent, new TaskFailed(parent.Task, BoundedFailure.Of(refused))));
                break;
        }
    }

    /// <summary>Takes a failed instance back to before its failure, and lets it go on from there; why it cannot be, or null.</summary>
    private Exception? Rewind(InstanceState state, ExecutionRewound reason)
    {
        if (state.Status != OrchestrationRuntimeStatus.Failed)
            return new InvalidOperationException($"The instance '{instance.Id}' is {state.Status}; only a failed one can be rewound.");
        if (!services.Runs)
            return InstanceUnavailableException.NotRunning(instance.Id);
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
}
