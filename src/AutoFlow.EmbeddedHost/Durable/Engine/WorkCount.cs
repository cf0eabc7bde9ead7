namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Counts what is queued, runs or goes to the disk, so that one can wait until nothing is.</summary>
internal sealed class WorkCount
{
    private readonly Lock _gate = new();
    private int _count;
    private volatile TaskCompletionSource? _zero;

    public void Add() => Interlocked.Increment(ref _count);

    public void Done()
    {
        if (Interlocked.Decrement(ref _count) == 0 && _zero is not null)
            TellZero();
    }

    /// <summary>Completes when nothing is queued and nothing runs.</summary>
    public Task WhenZeroAsync()
    {
        Task zero;
        lock (_gate)
        {
            _zero ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            zero = _zero.Task;
        }

        // The last may have ended before anybody was there to be told.
        if (Volatile.Read(ref _count) == 0)
            TellZero();
        return zero;
    }

    private void TellZero()
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _count) != 0)
                return;
            _zero?.TrySetResult();
            _zero = null;
        }
    }
}
