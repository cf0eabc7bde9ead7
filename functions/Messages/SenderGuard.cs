using System.Globalization;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Tickets;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Messages;

/// <summary>
/// Counts what one sender wrote. Beyond what policy allows a machine is likely on the other side: nothing is sent to it any more,
/// and one ticket an hour shows it to a person. Counted by rows up to the message, so that a repeat comes to the same.
/// </summary>
public sealed class SenderGuard(IInbox inbox, TicketDesk tickets, PolicyBook policies)
{
    /// <summary>Why the message is not answered automatically, without personal data; null when it is. The message has been joined to its conversation.</summary>
    public async Task<string?> ReasonToHoldAsync(InboxEntry entry, CancellationToken ct)
    {
        var policy = policies.Routing.TooMany;
        if (!policy.Channels.Contains(entry.Message.Channel)) return null;
        var most = Math.Max(policy.Messages, policy.SameText);
        // What was told for a machine's is not counted; it is never answered.
        var theirs = (await inbox.OfSenderAsync(entry, entry.StoredAt - policy.Within, 4 * (most + 1), ct))
            .Where(one => one.Id != entry.Id && one.Understood is null or { Kind: MessageKind.Person }).ToList();
        // Photos sent without a word are not the same text.
        var text = entry.Understood!.VisibleText;
        var within = string.Create(CultureInfo.InvariantCulture, $"in {policy.Within.TotalMinutes:0.#} minutes");
        var reason = theirs.Count >= policy.Messages ? $"more than {policy.Messages} messages of one sender {within}"
            : !string.IsNullOrWhiteSpace(text) && theirs.Count(one => one.Understood?.VisibleText == text) >= policy.SameText ? $"more than {policy.SameText} times the same text {within}"
            : null;
        if (reason is null) return null;

        var hour = entry.StoredAt.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
        var key = $"too-many~{InstanceIds.ShortHash($"{entry.Message.Channel} {entry.Message.From.Trim().ToLowerInvariant()}")}~{hour}";
        await tickets.OpenAsync(
            key,
            key,
            new OpenTicket.With
            {
                Type = TicketType.HandOver,
                Subject = "A sender writes too much for a person",
                Summary = $"{char.ToUpperInvariant(reason[0])}{reason[1..]}. They are kept in the inbox and not answered; look whether a person wrote them.",
                Conversation = entry.ConversationId,
            },
            ct);
        return reason;
    }
}
