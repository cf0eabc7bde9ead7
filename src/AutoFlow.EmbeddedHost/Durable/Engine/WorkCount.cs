namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Counts what is queued or runs, so that one can wait until nothing is.</summary>
internal sealed class WorkCount
{
    private readonly Lock _gate = new();
    private int _count;
    private TaskCompletionSource? _zero;

    public void Add()
    {
        lock (_gate)
            _count++;
    }

    public void Done()
    {
        TaskCompletionSource? zero = null;
        lock (_gate)
        {
            if (--_count == 0)
            {
                zero = _zero;
                _zero = null;
            }
        }

        zero?.SetResult();
    }

    /// <summary>Completes when nothing is queued and nothing runs.</summary>
    public Task WhenZeroAsync()
    {
        lock (_gate)
            return _count == 0 ? Task.CompletedTask : (_zero ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }
}
