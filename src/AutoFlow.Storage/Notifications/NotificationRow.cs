using AutoFlow.Support.Messages;

namespace AutoFlow.Storage.Notifications;

internal sealed class NotificationRow
{
    public required string Key { get; init; }
    public required long Seq { get; init; }
    public required string SubscriptionId { get; init; }
    public string? UserId { get; init; }
    public required string ResourceId { get; init; }
    public required string ChangeKey { get; init; }
    public required DateTimeOffset StoredAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }

    public StoredNotification ToNotification() => new(Key, new MailNotification(SubscriptionId, UserId, ResourceId, ChangeKey), StoredAt);
}
