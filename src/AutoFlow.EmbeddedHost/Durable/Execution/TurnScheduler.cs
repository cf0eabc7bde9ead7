namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>
/// Runs all code of one orchestrator on the thread that takes its turn, in the order in which it became ready.
/// A callback from another thread means that the code waited for something that is not durable; it is refused and remembered.
/// </summary>
internal sealed class TurnScheduler : TaskScheduler
{
    private readonly Queue<Task> _ready = [];
    private volatile int _thread;

    /// <summary>True once something came from another thread.</summary>
    public bool SawForeignCallback { get; private set; }

    /// <summary>True on the thread of a turn that runs now.</summary>
    public bool IsOnTurn => _thread == Environment.CurrentManagedThreadId;

    /// <summary>Takes the calling thread for a turn. Without a synchronisation context, so that completing a task queues or runs its continuations here.</summary>
    public TurnScope Begin()
    {
        _thread = Environment.CurrentManagedThreadId;
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        return new TurnScope(this, before);
    }

    /// <summary>Remembers that something came from another thread.</summary>
    public void RefuseForeign() => SawForeignCallback = true;

    /// <summary>Queues a first piece of code.</summary>
    public void Start(Action code) => new Task(code).Start(this);

    /// <summary>Runs what is ready, and what becomes ready by it, until nothing is.</summary>
    public void Drain()
    {
        while (_ready.TryDequeue(out var task))
        {
            // A new one for each: where the context that was captured is another, continuations are queued and run as tasks of this scheduler.
            // Run inline at a task's end they would see the default scheduler as the current one, and ContinueWith would leave the turn.
            SynchronizationContext.SetSynchronizationContext(new TurnSynchronization(this));
            try
            {
                TryExecuteTask(task);
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(null);
            }
        }
    }

    protected override void QueueTask(Task task)
    {
        if (IsOnTurn)
            _ready.Enqueue(task);
        else
            RefuseForeign();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        => IsOnTurn && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _ready];

    /// <summary>Gives the thread back at the end of a turn.</summary>
    public readonly ref struct TurnScope(TurnScheduler scheduler, SynchronizationContext? before)
    {
        public void Dispose()
        {
            scheduler._thread = 0;
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class TurnSynchronization(TurnScheduler scheduler) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => new Task(() => d(state)).Start(scheduler);

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (!scheduler.IsOnTurn)
                throw new InvalidOperationException("Orchestrator code can only be called on the thread of its turn.");
            d(state);
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}
