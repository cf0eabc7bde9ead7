namespace AutoFlow.Storage.Events;

internal sealed class SubscriptionRow
{
    public required string InstanceId { get; init; }
    public required string Type { get; init; }
}
