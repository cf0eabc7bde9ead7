namespace AutoFlow.Support.Outbox;

/// <summary>What leaves the house. Sending happens apart from storing, and once.</summary>
public interface IOutbox
{
    /// <summary>Stores an entry once per key; the entry stored first is returned for a known key.</summary>
    Task<OutboxEntry> AddAsync(OutboxEntry entry, CancellationToken ct);

    Task<OutboxEntry?> FindAsync(string key, CancellationToken ct);

    /// <summary>
    /// Asks for the turn to send a pending entry: until <paramref name="until"/> (UTC) nobody else gets it, on this worker or another.
    /// Whoever is killed meanwhile lets the next one go on after that time: that counts as a try, and after five of them the entry
    /// becomes <see cref="OutboxState.Failed"/>, as it may be the send that kills.
    /// </summary>
    /// <param name="owner">Names this one try.</param>
    Task<OutboxTurn> TakeTurnAsync(string key, string owner, DateTimeOffset until, CancellationToken ct);

    /// <summary>Gives the turn back before its time; one that is somebody else's stays.</summary>
    Task EndTurnAsync(string key, string owner, CancellationToken ct);

    /// <summary>
    /// Keeps a receipt of a first step (a draft's id) so that a repeat goes on from there. False when the turn is no longer
    /// <paramref name="owner"/>'s: then the second step is somebody else's too.
    /// </summary>
    Task<bool> KeepReceiptAsync(string key, string owner, string receipt, CancellationToken ct);

    /// <summary>It is sent, whoever's turn it is by now; that turn is over.</summary>
    Task SentAsync(string key, string? receipt, CancellationToken ct);

    /// <summary>
    /// Counts a failed try and ends its turn; with <paramref name="giveUp"/> the entry becomes <see cref="OutboxState.Failed"/>. Changes
    /// nothing when the turn is no longer <paramref name="owner"/>'s.
    /// </summary>
    Task FailedAsync(string key, string owner, string error, bool giveUp, CancellationToken ct);

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

    /// <summary>Pending entries created before a time (UTC) that nobody has the turn to send, oldest first: their queue message may be lost.</summary>
    Task<IReadOnlyList<OutboxEntry>> PendingAsync(DateTimeOffset createdBefore, int limit, CancellationToken ct);
}

/// <summary>A channel that can send a reply (Microsoft Graph; the embedded default only marks it as sent).</summary>
public interface IReplyChannel
{
    /// <summary>The channel's name, as in <see cref="OutboxEntry.Channel"/>.</summary>
    string Channel { get; }

    /// <summary>A send that takes longer is cut off and tried again. A worker that was killed keeps others from the entry so long.</summary>
    TimeSpan Longest => TimeSpan.FromMinutes(2);

    /// <summary>
    /// Sends once: an implementation whose service takes no idempotency key works in two steps and calls
    /// <paramref name="keepReceipt"/> after the first, so that a repeat finishes the first attempt instead of sending again.
    /// Returns the receipt.
    /// </summary>
    Task<Result<string>> SendAsync(OutboxEntry entry, Func<string, CancellationToken, Task> keepReceipt, CancellationToken ct);
}
