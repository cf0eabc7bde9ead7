using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Testing;

/// <summary>Events that wait for receivers and receivers that wait for events, per name.</summary>
internal sealed class FakeEventQueues(VirtualTime time)
{
    private readonly Dictionary<string, Queue<JqValue>> _arrived = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TaskCompletionSource<JqValue>>> _receivers = new(StringComparer.Ordinal);

    /// <summary>See <see cref="FakeWorkflowContext.DurableEvents"/>.</summary>
    public bool Durable { get; set; }

    /// <summary>The event types that the definition names; every other is received under <see cref="EventTypes.Any"/>.</summary>
    public IReadOnlyList<string> Known { get; set; } = [];

    public void Arrive(JqValue cloudEvent)
    {
        var type = EventTypes.NameOf(Known, cloudEvent["type"].AsString() ?? "");
        Of(_arrived, type).Enqueue(cloudEvent);
        Deliver(type);
    }

    public Task<JqValue> ReceiveAsync(string type, CancellationToken cancellation)
    {
        if (Durable && Of(_arrived, type).TryDequeue(out var there)) return Task.FromResult(there);
        var receiver = new TaskCompletionSource<JqValue>();
        var receivers = Of(_receivers, type);
        receivers.Add(receiver);
        cancellation.Register(() =>
        {
            receivers.Remove(receiver);
            receiver.TrySetCanceled(cancellation);
        });
        // An event that is there already is delivered by a step of its own.
        if (Of(_arrived, type).Count > 0) time.Add(time.Now, () => Deliver(type));
        return receiver.Task;
    }

    private void Deliver(string type)
    {
        var (events, receivers) = (Of(_arrived, type), Of(_receivers, type));
        if (events.Count == 0 || receivers.Count == 0) return;
        var receiver = Durable ? receivers[^1] : receivers[0];
        receivers.Remove(receiver);
        receiver.TrySetResult(events.Dequeue());
    }

    private static T Of<T>(Dictionary<string, T> all, string type)
        where T : new()
    {
        if (!all.TryGetValue(type, out var found)) all[type] = found = new T();
        return found;
    }
}
