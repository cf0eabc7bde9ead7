using AutoFlow.Support.Understanding;

namespace AutoFlow.Support.Messages;

/// <summary>The inbox: every message is stored here before it is acknowledged, and found again by its id.</summary>
public interface IInbox
{
    /// <summary>Stores a message. A message whose channel and id are known already is not stored again: the known row is returned and <c>Added</c> is false.</summary>
    Task<(InboxEntry Entry, bool Added)> AddAsync(InboundMessage message, CancellationToken ct);

    /// <summary>The row, or null when unknown.</summary>
    Task<InboxEntry?> FindAsync(string inboxId, CancellationToken ct);

    /// <summary>
    /// Records what was understood and the conversation joined; the state stays <see cref="InboxState.Received"/>. Written only to a row
    /// that stands still and was not understood before. Returns the row as it is stored: what another delivery wrote first holds.
    /// </summary>
    Task<InboxEntry> UnderstoodAsync(string inboxId, UnderstoodMessage understood, string conversationId, CancellationToken ct);

    /// <summary>
    /// Marks a row as handed to an instance (started for it, or waiting for it) if it stands still, and returns it: what it says changes no
    /// more. Null when another delivery of the message marked it first, here or elsewhere, and then nothing changes.
    /// </summary>
    Task<InboxEntry?> RoutedAsync(string inboxId, string instanceId, string workflow, string reason, bool asEvent, CancellationToken ct);

    /// <summary>Records that <paramref name="instanceId"/> has the row that is marked for it: it was started, or told. Nothing changes when another one is marked.</summary>
    Task HandedOverAsync(string inboxId, string instanceId, CancellationToken ct);

    /// <summary>
    /// Hands the rows of a burst to one of them, all or none: <paramref name="inboxId"/> stands for what was understood of all, the
    /// others become <see cref="InboxState.Routed"/> with it and follow it wherever it goes. False, and nothing changes, when one of
    /// them no longer stands still: another delivery was faster.
    /// </summary>
    Task<bool> ReadTogetherAsync(string inboxId, IReadOnlyCollection<string> others, UnderstoodMessage understood, CancellationToken ct);

    /// <summary>Rows of a conversation that are still <see cref="InboxState.Received"/>, oldest first.</summary>
    Task<IReadOnlyList<InboxEntry>> StandingAsync(string conversationId, CancellationToken ct);

    /// <summary>The newest <paramref name="limit"/> rows of a sender in a channel (compared without case) that were stored after <paramref name="since"/> and not after the given row, which is among them; oldest first.</summary>
    Task<IReadOnlyList<InboxEntry>> OfSenderAsync(InboxEntry upTo, DateTimeOffset since, int limit, CancellationToken ct);

    /// <summary>Marks a row as kept but never answered, if it stands still.</summary>
    Task IgnoredAsync(string inboxId, UnderstoodMessage understood, string reason, CancellationToken ct);

    /// <summary>
    /// Puts a row back to <see cref="InboxState.Received"/> when <paramref name="instanceId"/> still has it: that instance ended without
    /// reading it. Without <paramref name="handedOverToo"/> only a row of which nobody knows that the instance has its message.
    /// </summary>
    Task ReturnAsync(string inboxId, string instanceId, bool handedOverToo, CancellationToken ct);

    /// <summary>A delayed queue message brings a row that stands still back at that time (UTC); no worker takes it for lost before. The last word counts.</summary>
    Task PutOffAsync(string inboxId, DateTimeOffset until, CancellationToken ct);

    /// <summary>
    /// Rows that were stored before <paramref name="storedBefore"/> (UTC) and are still <see cref="InboxState.Received"/> and not put off to
    /// that time or later, or marked for an instance and not handed over, oldest first: their queue message may be lost, or held back for the
    /// process that took it and died.
    /// </summary>
    Task<IReadOnlyList<InboxEntry>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct);

    /// <summary>Rows given to <paramref name="instanceId"/> as an event, oldest first.</summary>
    Task<IReadOnlyList<InboxEntry>> GivenToAsync(string instanceId, CancellationToken ct);

    /// <summary>Why a person should look at what <paramref name="instanceId"/> answers: the first mark (<see cref="UnderstoodMessage.ReviewReason"/>) among the messages that started it or were given to it; null when none is marked.</summary>
    Task<string?> ReviewReasonAsync(string instanceId, CancellationToken ct);

    /// <summary>How many rows are still <see cref="InboxState.Received"/>: put off, or not taken up yet. Counts no further than <paramref name="upTo"/>.</summary>
    Task<int> StandingCountAsync(int upTo, CancellationToken ct);

    /// <summary>Rows by time stored, oldest first; for pages and tables.</summary>
    Task<IReadOnlyList<InboxEntry>> ListAsync(int skip, int take, CancellationToken ct);

    Task<int> CountAsync(CancellationToken ct);
}
