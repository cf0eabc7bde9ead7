namespace AutoFlow.EmbeddedHost.Store;

/// <summary>
/// One change to the database, done on the writer's thread within a transaction that it shares with others. It can be applied
/// more than once: a transaction that could not be committed is rolled back and tried again.
/// </summary>
internal abstract class Write
{
    /// <summary>
    /// Whether it is not to be applied: nobody wants it any more, or what it follows from is not there. Asked of all of a transaction, in order, before
    /// the first is applied, at each attempt; what follows from one that says so hears of it here.
    /// </summary>
    public virtual bool Cancels() => false;

    /// <summary>The number of the commit that it is a part of.</summary>
    public long Commit { get; set; }

    /// <summary>Makes the change.</summary>
    /// <param name="database">The writer's connection.</param>
    /// <param name="alone">True when it may come to stand in the database without some of its commit.</param>
    public abstract void Apply(Statements database, bool alone);

    /// <summary>It is durable (or it was cancelled). Must not block, and must not throw.</summary>
    public abstract void Completed();

    /// <summary>It is not in the database. Must not block, and must not throw.</summary>
    public abstract void Failed(Exception exception);
}

/// <summary>A change with a result, for callers that wait for it.</summary>
internal sealed class Write<T>(Func<Statements, T> work, CancellationToken ct) : Write
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private bool _cancelled;

    public Task<T> Task => _done.Task;

    // Asked for at each attempt until it has been applied once: from then on the answer is the commit's.
    public override bool Cancels() => _cancelled = ct.IsCancellationRequested;

    public override void Apply(Statements database, bool alone) => _result = work(database);

    public override void Completed()
    {
        if (_cancelled)
            _done.TrySetCanceled(ct);
        else
            _done.TrySetResult(_result);
    }

    public override void Failed(Exception exception) => _done.TrySetException(exception);
}
