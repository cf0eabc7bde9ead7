using AutoFlow.Support.Conversations;
using AutoFlow.Support.Decisions;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Messages;

/// <summary>
/// Reads the short messages of a burst together. Each waits in the inbox until its sender is quiet, its key enqueued with a delay;
/// then the one that says most takes the others with it, in one write. A kill loses nothing: what waits is a row that the sweep
/// finds, what was taken is taken.
/// </summary>
public sealed class MessageBursts(IInbox inbox, IUnderstanding understanding, Postponement postponement, PolicyBook policies, TimeProvider time)
{
    /// <summary>How many times the sender's quiet a message waits for the one that says most, once it has waited as long as it may.</summary>
    private const int Patience = 3;

    /// <summary>The message to act on now, understood with those it takes along; null when it waits, or goes with another one. It has been understood and joined.</summary>
    /// <param name="workflows">The workflow for each intent's label.</param>
    public async Task<InboxEntry?> GatherAsync(InboxEntry entry, Conversation conversation, IReadOnlyDictionary<string, string> workflows, CancellationToken ct)
    {
        // An instance that is at work reads messages one by one, and may be waiting for just this short answer.
        if (conversation.OpenInstanceId is not null) return entry;
        var standing = (await inbox.StandingAsync(conversation.Id, ct)).Where(one => one.Id == entry.Id || IsPart(one)).ToList();
        if (standing.Find(one => one.Id == entry.Id) is not { } own) return entry;
        // Another delivery of the same message may have read it together with others meanwhile.
        entry = own;
        if (!IsPart(entry)) return await TakeAsync(entry, [.. standing.Where(one => one.Id == entry.Id || IsUnsure(one))], workflows, ct);

        var policy = policies.Routing.Burst;
        var now = time.GetUtcNow();
        var until = Earlier(standing.Max(one => one.StoredAt) + policy.Quiet, entry.StoredAt + policy.Within);
        if (until > now) return await WaitAsync(entry, until - now, ct);
        var leader = standing.Find(one => !IsUnsure(one)) ?? standing[0];
        // Not forever: the leader's deliveries may fail, or come seldom.
        if (leader.Id != entry.Id && now < entry.StoredAt + policy.Within + (Patience * policy.Quiet)) return await WaitAsync(entry, policy.Quiet, ct);
        var best = entry.Understood!.Intents[0].Label;
        return await TakeAsync(entry, [.. standing.Where(one => one.Id == entry.Id || IsUnsure(one) || one.Understood!.Intents[0].Label == best)], workflows, ct);
    }

    /// <summary>How near in time another message of the sender must be for this one to belong to its conversation. A long mail with a thread of its own is its own matter; mail programs give every mail a thread, so a short one may be a part all the same.</summary>
    public TimeSpan WindowOf(InboundMessage message, UnderstoodMessage understood)
    {
        var policy = policies.Routing.Burst;
        var threadSaysNothing = !policy.Channels.Contains(message.Channel) && understood.VisibleText.Length <= policy.ShortUpTo;
        return message.ThreadId is null || threadSaysNothing ? policy.Within : TimeSpan.Zero;
    }

    /// <summary>True for a message that may be only a part of what its sender wants to say: short, a person's, and either nobody could act on it, or it came in a channel where people write in pieces and names nothing to look up.</summary>
    private bool IsPart(InboxEntry entry)
    {
        var policy = policies.Routing.Burst;
        return entry.Understood is { Kind: MessageKind.Person } understood && understood.VisibleText.Length <= policy.ShortUpTo
            && (understood.Abstained || (policy.Channels.Contains(entry.Message.Channel) && understood.Entities is { OrderNumbers.Count: 0, TrackingNumbers.Count: 0 }));
    }

    private static bool IsUnsure(InboxEntry entry) => entry.Understood!.Abstained;

    private async Task<InboxEntry?> WaitAsync(InboxEntry entry, TimeSpan wait, CancellationToken ct)
    {
        await postponement.PutOffAsync(entry, wait, ct);
        return null;
    }

    /// <param name="all">The message and those that it takes along, oldest first.</param>
    private async Task<InboxEntry?> TakeAsync(InboxEntry entry, IReadOnlyList<InboxEntry> all, IReadOnlyDictionary<string, string> workflows, CancellationToken ct)
    {
        if (all.Count == 1) return entry;
        if (await UnderstandAsync(entry, all, workflows, ct) is not { } together) return null;
        return await inbox.ReadTogetherAsync(entry.Id, [.. all.Select(one => one.Id).Where(id => id != entry.Id)], together, ct)
            ? entry with { Understood = together }
            : await WaitAsync(entry, policies.Routing.Burst.Quiet, ct);
    }

    /// <summary>Null when the message was put off.</summary>
    private async Task<UnderstoodMessage?> UnderstandAsync(InboxEntry entry, IReadOnlyList<InboxEntry> all, IReadOnlyDictionary<string, string> workflows, CancellationToken ct)
    {
        IReadOnlyList<UnderstoodMessage> parts = [.. all.Select(one => one.Understood!)];
        var text = JoinedText.Of(parts);
        var message = entry.Message with
        {
            Text = text,
            Html = null,
            Unique = null,
            Subject = all.Select(one => one.Message.Subject).FirstOrDefault(subject => !string.IsNullOrWhiteSpace(subject)),
        };
        var result = await understanding.UnderstandAsync(message, ct);
        if (result.Again is { } again && await postponement.TryAsync(entry, again, ct)) return null;
        var alone = entry.Understood!;
        var together = SettledIntent.Of(result.Message, workflows);
        // More words must not make unsure what was sure.
        var surest = together.Abstained && !alone.Abstained ? alone : together;
        return together with
        {
            Kind = alone.Kind,
            KindReason = alone.KindReason,
            VisibleText = text,
            Intents = surest.Intents,
            Alternative = surest.Alternative,
            ActFrom = surest.ActFrom,
            Abstained = surest.Abstained,
            Entities = JoinedText.EntitiesOf(parts, together),
            ReviewReason = together.ReviewReason ?? parts.Select(part => part.ReviewReason).FirstOrDefault(reason => reason is not null),
            FurtherAttachments = parts.Sum(part => part.FurtherAttachments) + all.Where(one => one.Id != entry.Id).Sum(one => one.Message.AttachmentCount),
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
