using AutoFlow.EmbeddedHost.Durable.History;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>
/// Something on its way to an instance. What a client sends is durable with the turn that takes it, and acknowledged then; what an instance
/// sends is durable with the sender's turn, in the inbox, unless one commit holds both turns.
/// </summary>
/// <param name="instanceId">To whom.</param>
internal abstract class Message(string instanceId)
{
    public string InstanceId => instanceId;

    /// <summary>Its key in the inbox; 0 where it is not meant for it.</summary>
    public long InboxKey { get; set; }

    /// <summary>True once its row is written. Of the writer's thread, and of the start.</summary>
    public bool IsStored { get; set; }

    /// <summary>The commit with the turn that has taken it; null before.</summary>
    public InstanceCommit? TakenBy { get; set; }

    /// <summary>Why the commit that it comes from could not be stored: it was never sent. Null while that is not so. Set on the writer's thread.</summary>
    public Exception? Unsent { get; set; }

    /// <summary>True for what may be taken before the turn that it follows from is durable: nothing of it leaves the process.</summary>
    public virtual bool IsInternal => InboxKey != 0;

    /// <summary>True for what an instance that starts over gives to itself, before all that waits for it.</summary>
    public bool IsFirst => InboxKey < 0;

    /// <summary>True for what is decided on what is durable: it is not taken while turns are ahead of the disk.</summary>
    public virtual bool NeedsDurable => false;

    /// <summary>About how much it holds, in characters.</summary>
    public virtual int Size => 0;

    /// <summary>The commit that answers it is durable.</summary>
    public virtual void Acknowledge()
    {
    }

    /// <summary>It was not taken, and will not be.</summary>
    public virtual void Refuse(Exception exception)
    {
    }
}

/// <summary>Starts an instance.</summary>
internal sealed class StartMessage(NewInstance start) : Message(start.InstanceId)
{
    private readonly TaskCompletionSource<StartReceipt> _receipt = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NewInstance Start => start;

    public override bool NeedsDurable => start.Again is not null;

    /// <summary>What came of it.</summary>
    public StartReceipt Receipt { get; set; }

    public Task<StartReceipt> Done => _receipt.Task;

    public override void Acknowledge() => _receipt.TrySetResult(Receipt);

    public override void Refuse(Exception exception) => _receipt.TrySetException(exception);
}

/// <summary>Brings an event that nothing was asked for: raised, suspended, resumed, terminated; or the first event of a generation.</summary>
internal sealed class SignalMessage(string instanceId, HistoryEvent signal) : Message(instanceId)
{
    private readonly TaskCompletionSource<Delivery> _delivery = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HistoryEvent Signal => signal;

    public override bool NeedsDurable => signal is ExecutionRewound;

    public override int Size => signal is EventRaised { Payload: { } payload } ? payload.Length : 0;

    /// <summary>Where it went.</summary>
    public Delivery Delivery { get; set; } = Delivery.Delivered;

    public Task<Delivery> Done => _delivery.Task;

    public override void Acknowledge() => _delivery.TrySetResult(Delivery);

    public override void Refuse(Exception exception) => _delivery.TrySetException(exception);
}

/// <summary>Brings the answer to a task: the result of an activity or a child, a timer.</summary>
/// <param name="instanceId">To whom.</param>
/// <param name="of">The task.</param>
/// <param name="answer">The answer.</param>
internal class AnswerMessage(string instanceId, TaskOf of, HistoryEvent answer) : Message(instanceId)
{
    public TaskOf Of => of;

    public HistoryEvent Answer => answer;

    public override int Size => answer switch
    {
        TaskCompleted { Result: { } result } => result.Length,
        TaskFailed { Failure: var failure } => BoundedFailure.Size(failure),
        _ => 0,
    };
}

/// <summary>Brings a timer that is due.</summary>
internal class TimerMessage(DurableTimer timer) : Message(timer.InstanceId)
{
    public DurableTimer Timer => timer;
}

/// <summary>Lets an instance go on with what waits in it when the engine starts.</summary>
internal sealed class ResumeMessage(string instanceId) : Message(instanceId);
