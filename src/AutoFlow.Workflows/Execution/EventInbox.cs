using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Execution;

/// <summary>The events a run has received and not consumed, in their order.</summary>
internal sealed class EventInbox(WorkflowRun run)
{
    private readonly List<JqValue> _kept = [];
    private readonly List<string> _consumed = [];

    /// <summary>The CloudEvent ids of the events consumed, in order.</summary>
    public IReadOnlyList<string> Consumed => _consumed;

    /// <summary>Consumes the first event of these types that matches, waiting for it.</summary>
    /// <param name="waiting">Called each time before the run waits.</param>
    public async Task<JqValue> TakeAsync(
        IReadOnlyList<string> types, Func<JqValue, bool> matches, Action waiting, string reference, CancellationToken cancellation)
    {
        var looked = 0;
        while (true)
        {
            for (; looked < _kept.Count; looked++)
            {
                var candidate = _kept[looked];
                if (candidate["type"].AsString() is not { } type || !types.Contains(type) || !matches(candidate)) continue;
                _kept.RemoveAt(looked);
                if (candidate["id"].AsString() is { } id) _consumed.Add(id);
                return candidate;
            }

            waiting();
            await ReceiveAsync(types, cancellation);
            if (_kept.Count > run.Options.MaxBufferedEvents)
            {
                throw WorkflowRun.Failure(
                    StandardErrors.Runtime, $"more than {run.Options.MaxBufferedEvents} events came that no filter takes", reference);
            }
        }
    }

    /// <summary>Waits for one event or more of any of these types and keeps them.</summary>
    private async Task ReceiveAsync(IReadOnlyList<string> types, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var forLosers = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var receiving = types.Select(type => run.Port.ReceiveEventAsync(type, forLosers.Token)).ToList();
        await Task.WhenAny(receiving);
        forLosers.Cancel();
        foreach (var received in receiving)
        {
            try
            {
                // An event that came before its wait was cancelled is ours now, even when a time limit has just ended.
                _kept.Add(await received);
            }
            catch (OperationCanceledException) when (forLosers.IsCancellationRequested)
            {
                // The place in this type's queue was given back.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new PortFailedException(e);
            }
        }

        cancellation.ThrowIfCancellationRequested();
    }
}
