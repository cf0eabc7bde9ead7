using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Support.Messages;

/// <summary>A mail service's note that a message came or changed; the message itself is fetched later.</summary>
/// <param name="SubscriptionId">The subscription that told it.</param>
/// <param name="UserId">Whose mailbox (Graph: object id or principal name); null when the service did not name it, then it is the configured mailbox.</param>
/// <param name="ResourceId">The message's id in that mailbox.</param>
/// <param name="ChangeKey">The message's version (Graph: its ETag); empty when the service gave none.</param>
public sealed record MailNotification(string SubscriptionId, string? UserId, string ResourceId, string ChangeKey)
{
    /// <summary>Lower-case hex, the same for every delivery of the same note; safe in instance ids and URLs.</summary>
    public string Key => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', SubscriptionId, ResourceId, ChangeKey))).AsSpan(0, 16));
}

/// <summary>A stored note.</summary>
/// <param name="Key">See <see cref="MailNotification.Key"/>.</param>
/// <param name="StoredAt">UTC.</param>
public sealed record StoredNotification(string Key, MailNotification Notification, DateTimeOffset StoredAt);

/// <summary>Notes are stored here before they are acknowledged, so that no message is missed.</summary>
public interface INotifications
{
    /// <summary>Stores a note once; false when it is known, whether done or not.</summary>
    Task<bool> AddAsync(MailNotification notification, CancellationToken ct);

    /// <summary>The note, or null when the key is unknown.</summary>
    Task<StoredNotification?> FindAsync(string key, CancellationToken ct);

    /// <summary>Marks a note as worked off. An unknown key, or one done already, changes nothing.</summary>
    Task MarkDoneAsync(string key, CancellationToken ct);

    /// <summary>Notes not done that were stored before <paramref name="storedBefore"/> (UTC), oldest first: their queue message may be lost.</summary>
    Task<IReadOnlyList<StoredNotification>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct);
}
