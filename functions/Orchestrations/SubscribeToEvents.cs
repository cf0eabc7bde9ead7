using AutoFlow.Support.Events;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>An instance that begins to wait for events.</summary>
/// <param name="Type">A CloudEvent type, or <see cref="ISubscriptions.AnyType"/>.</param>
public sealed record EventSubscription(string InstanceId, string Type);

/// <summary>Begins and ends an instance's share in the events that come.</summary>
public sealed class SubscribeToEvents(ISubscriptions subscriptions)
{
    /// <summary>The activity that ends it.</summary>
    public const string End = "UnsubscribeFromEvents";

    /// <summary>The activity that ends one subscription.</summary>
    public const string EndOne = "UnsubscribeFromEvent";

    [Function(nameof(SubscribeToEvents))]
    public Task Run([ActivityTrigger] EventSubscription subscription, CancellationToken ct) =>
        subscriptions.AddAsync(subscription.InstanceId, subscription.Type, ct);

    [Function(EndOne)]
    public Task RunEndOne([ActivityTrigger] EventSubscription subscription, CancellationToken ct) =>
        subscriptions.RemoveAsync(subscription.InstanceId, subscription.Type, ct);

    [Function(End)]
    public Task RunEnd([ActivityTrigger] string instanceId, CancellationToken ct) => subscriptions.RemoveAsync(instanceId, ct);
}
