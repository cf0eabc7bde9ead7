using AutoFlow.EmbeddedHost.Durable.Stores;

namespace AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;

/// <summary>A commit whose end can be awaited.</summary>
internal sealed class AwaitedCommit : InstanceCommit
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it is durable; fails with why it cannot be.</summary>
    public Task Done => _done.Task;

    /// <summary>Called at its end, in the store's order; null for nobody.</summary>
    public Action? AtEnd { get; init; }

    protected override void Ended(Exception? failure)
    {
        AtEnd?.Invoke();
        if (failure is null)
            _done.SetResult();
        else
            _done.SetException(failure);
    }
}
