using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Workflows.Execution;

/// <summary>
/// The events a run has received and not consumed, in the order they came, and the listeners that wait for more. An event goes to
/// the listener that has waited longest among those it matches, whichever of them received it; else it is kept for later.
/// </summary>
/// <param name="worthKeeping">Whether an event that nobody waits for is kept: a run gets events that are for others, too.</param>
internal sealed class EventInbox(WorkflowRun run, Func<JqValue, bool> worthKeeping)
{
    private readonly List<Received> _kept = [];
    private readonly List<Listener> _listeners = [];
    private readonly List<string> _consumed = [];
    private long _received;

    /// <summary>The CloudEvent ids of the events consumed, in order.</summary>
    public IReadOnlyList<string> Consumed => _consumed;

    /// <summary>The events that nobody took yet, in the order they came.</summary>
    public IEnumerable<JqValue> Kept => _kept.Select(static k => k.CloudEvent);

    /// <summary>Puts an event in that was received before this run began.</summary>
    public void Add(JqValue cloudEvent) => Keep(new Received(++_received, cloudEvent));

    /// <summary>Consumes the first event that matches, waiting for it.</summary>
    /// <param name="names">The names to receive under; see <see cref="IWorkflowContext.ReceiveEventAsync"/>.</param>
    /// <param name="waiting">Called each time before the run waits.</param>
    public async Task<JqValue> TakeAsync(
        IReadOnlyList<string> names, Func<JqValue, bool> matches, Action waiting, CancellationToken cancellation)
    {
        var listener = new Listener(names, matches, cancellation);
        if (_kept.FindIndex(k => matches(k.CloudEvent)) is >= 0 and var index)
        {
            listener.Give(_kept[index]);
            _kept.RemoveAt(index);
        }

        _listeners.Add(listener);
        try
        {
            while (!listener.HasEvent)
            {
                waiting();
                await ReceiveAsync(listener, cancellation);
            }

            var taken = listener.Take()!.CloudEvent;
            if (taken["id"].AsString() is { } id) _consumed.Add(id);
            return taken;
        }
        finally
        {
            _listeners.Remove(listener);
            // A listener that was given an event and cancelled at once hands it back.
            if (listener.Take() is { } unused) Keep(unused);
        }
    }

    /// <summary>Waits for one event or more under any of the listener's names, or until it is given one that another received.</summary>
    private async Task ReceiveAsync(Listener listener, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var forLosers = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var receiving = listener.Names.Select(name => run.Port.ReceiveEventAsync(name, forLosers.Token)).ToList();
        await Task.WhenAny([.. receiving, listener.Given]);
        forLosers.Cancel();
        foreach (var received in receiving)
        {
            try
            {
                // An event that came before its wait was cancelled is ours now, even when a time limit has just ended.
                Add(await received);
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

    private void Keep(Received received)
    {
        if (_listeners.Find(l => l.Wants(received.CloudEvent)) is { } listener)
        {
            // Runs what waits for it at once, on this thread: nothing of this inbox may be half done here.
            listener.Give(received);
        }
        else if (worthKeeping(received.CloudEvent))
        {
            var later = _kept.FindIndex(k => k.Number > received.Number);
            _kept.Insert(later < 0 ? _kept.Count : later, received);
            if (_kept.Count > run.Options.MaxBufferedEvents) DropOldest();
        }
    }

    /// <summary>Events come from outside: however many they are, they must not fault the run.</summary>
    private void DropOldest()
    {
        run.Port.Logger.LogWarning(
            "{Instance} keeps {Limit} events that it may take later, which is its limit: the oldest, of type {Type}, is dropped",
            run.Port.InstanceId,
            run.Options.MaxBufferedEvents,
            Descriptors.Shortened(_kept[0].CloudEvent["type"].AsString() ?? ""));
        _kept.RemoveAt(0);
    }

    /// <summary>An event with its place in the order of arrival.</summary>
    private sealed record Received(long Number, JqValue CloudEvent);

    /// <summary>One that waits for an event.</summary>
    private sealed class Listener(IReadOnlyList<string> names, Func<JqValue, bool> matches, CancellationToken cancellation)
    {
        // Its continuations run where it is completed, on the orchestration's thread; never set RunContinuationsAsynchronously here.
        private readonly TaskCompletionSource _given = new();
        private Received? _received;

        public IReadOnlyList<string> Names => names;

        public Task Given => _given.Task;

        public bool HasEvent => _received is not null;

        public bool Wants(JqValue cloudEvent) =>
            !_given.Task.IsCompleted && !cancellation.IsCancellationRequested && matches(cloudEvent);

        public void Give(Received received)
        {
            _received = received;
            _given.SetResult();
        }

        public Received? Take()
        {
            var received = _received;
            _received = null;
            return received;
        }
    }
}
