namespace AutoFlow.Support.Events;

/// <summary>A workflow instance and the event types that it asked for.</summary>
/// <param name="Types">CloudEvent types, or <see cref="ISubscriptions.AnyType"/>.</param>
public sealed record Subscription(string InstanceId, IReadOnlyList<string> Types);

/// <summary>Who wants which events.</summary>
public interface ISubscriptions
{
    /// <summary>In place of a type: events of every type.</summary>
    const string AnyType = "*";

    /// <summary>Subscribes an instance to a type, or to <see cref="AnyType"/>. Again changes nothing.</summary>
    Task AddAsync(string instanceId, string type, CancellationToken ct);

    /// <summary>Takes all subscriptions of an instance away.</summary>
    Task RemoveAsync(string instanceId, CancellationToken ct);

    /// <summary>Takes one subscription of an instance away. Again changes nothing.</summary>
    Task RemoveAsync(string instanceId, string type, CancellationToken ct);

    /// <summary>The instances that get an event of that type, each with those of its subscriptions that fit.</summary>
    Task<IReadOnlyList<Subscription>> ToAsync(string type, CancellationToken ct);
}
