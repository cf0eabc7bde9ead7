using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>
/// All that one step of an instance changes, as data: the row, the turn, tasks, timers, messages taken and sent. It is durable as a whole
/// or not at all, after all commits that were added before it.
/// </summary>
internal abstract class InstanceCommit : Write
{
    /// <summary>The instance whose step it is.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The key of the instance; 0 where it concerns none.</summary>
    public long Instance { get; set; }

    /// <summary>The key of the finished instance whose place this one takes; null for none.</summary>
    public long? Replaced { get; set; }

    /// <summary>The row to add; null where it is there.</summary>
    public InstanceRow? Created { get; set; }

    /// <summary>Status and what is shown with it; null where it stays.</summary>
    public StatusChange? Status { get; set; }

    /// <summary>The turn to add to the history; null for none.</summary>
    public TurnRow? Turn { get; set; }

    /// <summary>Who waits for its answer from now on; null where that stays.</summary>
    public TaskOf? Parent { get; set; }

    /// <summary>The generation that it counts from now on; null where that stays.</summary>
    public int? Generation { get; set; }

    /// <summary>The next generation's first event; the history is dropped. Null where the generation goes on.</summary>
    public ExecutionStarted? NextGeneration { get; set; }

    /// <summary>A whole history in place of the present one; null to leave it.</summary>
    public IReadOnlyList<TurnRow>? Rewritten { get; set; }

    /// <summary>True when it begins to wait for activities, false when it ends, null when that stays.</summary>
    public bool? Busy { get; set; }

    public List<Message> Taken { get; } = [];

    /// <summary>Messages of others', and to itself, that come from this.</summary>
    public List<Message> Sent { get; } = [];

    /// <summary>Messages that wait for the instance: kept in the inbox.</summary>
    public List<Message> Parked { get; } = [];

    public List<(int Task, DateTime FireAt, HistoryEvent? Brings)> TimersSet { get; } = [];

    public List<int> TimersGone { get; } = [];

    /// <summary>Activities of which nobody waits for the result any more.</summary>
    public List<ActivityTask> Orphaned { get; } = [];

    /// <summary>Activities that have ended without anybody waiting.</summary>
    public List<TaskOf> OrphansDone { get; } = [];

    /// <summary>Activities to run once this is durable.</summary>
    public List<ActivityTask> Activities { get; } = [];

    public override bool Cancels()
    {
        if (Refusal is not { } why)
            return false;
        Refused(why);
        return true;
    }

    public override void Apply(Statements database, bool alone) => InstanceRows.Apply(database, this, alone);

    public override void Completed() => End(Refusal);

    public override void Failed(Exception exception) => End(exception);

    /// <summary>Why the instance's commits are not applied any more; null while they are. One that could not be leaves none behind it.</summary>
    protected virtual Exception? Broken => null;

    private Exception? Refusal => Broken ?? Unsent(Taken) ?? Unsent(Parked);

    /// <summary>It is not applied, and never will be: nor are those of the instance behind it.</summary>
    protected virtual void BlockLater(Exception why)
    {
    }

    /// <summary>Told of the end: null when it is durable. On the writer's thread; must not block, and must not throw.</summary>
    protected abstract void Ended(Exception? failure);

    private static Exception? Unsent(List<Message> messages)
    {
        foreach (var message in messages)
        {
            if (message.Unsent is { } why)
                return why;
        }

        return null;
    }

    private void End(Exception? failure)
    {
        if (failure is not null)
            Refused(failure);
        Ended(failure);
    }

    // Whoever has taken what it sent has a commit behind this one, and so has the instance itself.
    private void Refused(Exception why)
    {
        foreach (var message in Sent)
            message.Unsent ??= why;
        BlockLater(why);
    }
}

/// <summary>A status and what is shown with it.</summary>
/// <param name="Status">Where the instance stands.</param>
/// <param name="At">Since when, UTC.</param>
/// <param name="Custom">The custom status as JSON, and whether it changes.</param>
/// <param name="Output">The output as JSON; null for none.</param>
/// <param name="Failure">The failure as JSON; null for none.</param>
internal sealed record StatusChange(OrchestrationRuntimeStatus Status, DateTime At, (bool IsSet, string? Json) Custom, string? Output, string? Failure);

/// <summary>A turn as it is stored: its events as UTF-8 JSON arrays.</summary>
internal sealed record TurnRow(int Number, DateTime At, ReadOnlyMemory<byte> Received, ReadOnlyMemory<byte> Decided)
{
    public static TurnRow Of(TurnRecord turn) => new(turn.Number, turn.At, HistoryJson.Utf8(turn.Received), HistoryJson.Utf8(turn.Decided));
}

/// <summary>An instance's row.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="Version">The orchestrator's version; null for none.</param>
/// <param name="Generation">Counts how often it started over.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Parent">Whose call it is; null for a client's.</param>
internal sealed record InstanceRow(
    long Key, string Id, string Name, string? Version, int Generation, OrchestrationRuntimeStatus Status, TaskOf? Parent)
{
    /// <summary>The input as JSON; null for none. Not read back.</summary>
    public string? Input { get; init; }

    /// <summary>The output as JSON; null for none.</summary>
    public string? Output { get; init; }

    /// <summary>The labels as JSON; null for none. Not read back.</summary>
    public string? Tags { get; init; }

    /// <summary>When it was started, UTC. Not read back.</summary>
    public DateTime CreatedAt { get; init; }
}

/// <summary>An activity to run.</summary>
/// <param name="Of">Who waits for it.</param>
/// <param name="Invocation">The call.</param>
internal sealed record ActivityTask(TaskOf Of, ActivityInvocation Invocation);

/// <summary>A timer that has not fired.</summary>
/// <param name="FireAt">When it fires, UTC.</param>
/// <param name="Instance">Whose it is.</param>
/// <param name="Task">Its number; <see cref="Start"/> for the start at a set time.</param>
/// <param name="InstanceId">The instance's id.</param>
/// <param name="Brings">The first event, for a start; null otherwise.</param>
internal sealed record DurableTimer(DateTime FireAt, long Instance, int Task, string InstanceId, ExecutionStarted? Brings)
{
    /// <summary>Stands for the start of an instance at a set time.</summary>
    public const int Start = -1;
}
