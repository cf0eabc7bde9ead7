namespace AutoFlow.Support.Outbox;

/// <summary>What leaves the house. Sending happens apart from storing, and once.</summary>
public interface IOutbox
{
    /// <summary>Stores an entry once per key; the entry stored first is returned for a known key.</summary>
    Task<OutboxEntry> AddAsync(OutboxEntry entry, CancellationToken ct);

    Task<OutboxEntry?> FindAsync(string key, CancellationToken ct);

    /// <summary>Keeps a receipt of a first step (a draft's id) so that a repeat goes on from there.</summary>
    Task KeepReceiptAsync(string key, string receipt, CancellationToken ct);

    Task SentAsync(string key, string? receipt, CancellationToken ct);

    /// <summary>Counts a failed try; with <paramref name="giveUp"/> the entry becomes <see cref="OutboxState.Failed"/>.</summary>
    Task FailedAsync(string key, string error, bool giveUp, CancellationToken ct);

    /// <summary>Lets a held entry go, with the person's text where given. Null when unknown; an entry no longer held is returned unchanged.</summary>
    Task<OutboxEntry?> ReleaseAsync(string key, string? editedText, CancellationToken ct);

    /// <summary>Discards a held entry. Null when unknown.</summary>
    Task<OutboxEntry?> DiscardAsync(string key, string reason, CancellationToken ct);

    /// <summary>Entries in a state, oldest first; null for all.</summary>
    Task<IReadOnlyList<OutboxEntry>> ListAsync(OutboxState? state, int skip, int take, CancellationToken ct);

    /// <summary>Entries of any of these instances, oldest first.</summary>
    Task<IReadOnlyList<OutboxEntry>> ByInstanceAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct);

    /// <summary>Entries of any of these conversations that nobody asked for, oldest first.</summary>
    Task<IReadOnlyList<OutboxEntry>> FollowUpsAsync(IReadOnlyCollection<string> conversationIds, CancellationToken ct);

    /// <summary>Pending entries created before a time (UTC), oldest first: their queue message may be lost.</summary>
    Task<IReadOnlyList<OutboxEntry>> PendingAsync(DateTimeOffset createdBefore, int limit, CancellationToken ct);
}

/// <summary>A channel that can send a reply (Microsoft Graph; the embedded default only marks it as sent).</summary>
public interface IReplyChannel
{
    /// <summary>The channel's name, as in <see cref="OutboxEntry.Channel"/>.</summary>
    string Channel { get; }

    /// <summary>
    /// Sends once: an implementation whose service takes no idempotency key works in two steps and calls
    /// <paramref name="keepReceipt"/> after the first, so that a repeat finishes the first attempt instead of sending again.
    /// Returns the receipt.
    /// </summary>
    Task<Result<string>> SendAsync(OutboxEntry entry, Func<string, CancellationToken, Task> keepReceipt, CancellationToken ct);
}
