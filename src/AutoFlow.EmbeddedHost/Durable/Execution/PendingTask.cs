using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>Something that orchestrator code waits for.</summary>
internal abstract class PendingTask
{
    /// <summary>Ends the wait with a value as JSON.</summary>
    public abstract void Complete(string? json);

    /// <summary>Ends the wait with a failure.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class PendingTask<T>(DataConverter converter) : PendingTask
{
    // Continuations run at once, on the turn's thread, or are queued there: that keeps their order.
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override void Complete(string? json)
    {
        T? value;
        try
        {
            value = converter.Deserialize<T>(json);
        }
        catch (Exception exception)
        {
            Fail(exception);
            return;
        }

        _source.TrySetResult(value!);
    }

    public override void Fail(Exception exception)
    {
        _source.TrySetException(exception);

        // A failure that the orchestrator never awaits is not the process's concern.
        _ = _source.Task.Exception;
    }

    public void Cancel(CancellationToken token) => _source.TrySetCanceled(token);
}
