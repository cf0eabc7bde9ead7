using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>An instance in memory, as it is after the last turn that was taken. Only the turn that runs reads or changes it.</summary>
internal sealed class InstanceState
{
    public required long Key { get; init; }

    public required string Name { get; init; }

    public required int Generation { get; set; }

    public required OrchestrationRuntimeStatus Status { get; set; }

    /// <summary>Whose call it is; null for a client's.</summary>
    public required TaskOf? Parent { get; set; }

    /// <summary>What clients see of its start; null where it was read from the store.</summary>
    public InstanceBirth? Birth { get; init; }

    /// <summary>The output as JSON of what is finished; null for none.</summary>
    public string? Output { get; set; }

    /// <summary>The generation's first event; null before it has come.</summary>
    public ExecutionStarted? Started { get; set; }

    /// <summary>The code; null before the first turn, and after the last.</summary>
    public OrchestrationExecution? Execution { get; set; }

    /// <summary>The turns of this generation.</summary>
    public int Turns { get; set; }

    /// <summary>The events of this generation.</summary>
    public int Events { get; set; }

    /// <summary>When the generation took its first turn, UTC.</summary>
    public DateTime FirstAt { get; set; }

    /// <summary>The time of the last turn, UTC.</summary>
    public DateTime LastAt { get; set; } = DateTime.MinValue;

    /// <summary>What was asked for and has not been answered: activities, children, timers.</summary>
    public Dictionary<int, HistoryEvent> Open { get; } = [];

    /// <summary>How many of the open tasks are activities.</summary>
    public int OpenActivities { get; set; }

    /// <summary>The custom status as JSON as it was last stored, and whether this generation's code has set it.</summary>
    public (bool IsSet, string? Json) CustomStatus { get; set; }

    /// <summary>
    /// Whether the store says that it waits for activities; null where that was not read, as its history need not agree: an answer may wait in the
    /// inbox.
    /// </summary>
    public bool? IsBusy { get; set; } = false;

    /// <summary>True when a timer starts it.</summary>
    public bool StartsLater { get; set; }

    /// <summary>What came before the instance could take it, in order.</summary>
    public List<Message> Parked { get; } = [];

    public bool IsFinished => InstanceRows.IsFinished(Status);

    /// <summary>Notes what a turn received and decided.</summary>
    public void Note(TurnRecord turn)
    {
        if (Turns++ == 0)
            FirstAt = turn.At;
        LastAt = turn.At;
        Events += turn.Received.Count + turn.Decided.Count;
        for (var i = 0; i < turn.Received.Count; i++)
        {
            var received = turn.Received[i];
            if (received is ExecutionStarted started)
                Started = started;
            else if (received.Answers is { } task)
                Close(task);
        }

        for (var i = 0; i < turn.Decided.Count; i++)
        {
            switch (turn.Decided[i])
            {
                case TaskScheduled task:
                    OpenActivities++;
                    Open[task.TaskId] = task;
                    break;
                case ChildScheduled child:
                    Open[child.TaskId] = child;
                    break;
                case TimerCreated timer:
                    Open[timer.TaskId] = timer;
                    break;
                case TimerCancelled timer:
                    Close(timer.TaskId);
                    break;
            }
        }
    }

    /// <summary>Begins the next generation.</summary>
    public void StartOver()
    {
        Generation++;
        Started = null;
        Execution = null;
        Turns = 0;
        Events = 0;
        LastAt = DateTime.MinValue;
        CustomStatus = default;
        Open.Clear();
        OpenActivities = 0;
    }

    /// <summary>Takes a task from those that are open; false where it is not.</summary>
    public bool Close(int task)
    {
        if (!Open.Remove(task, out var closed))
            return false;
        if (closed is TaskScheduled)
            OpenActivities--;
        return true;
    }
}
