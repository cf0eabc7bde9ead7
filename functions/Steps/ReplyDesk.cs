using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Support;
using AutoFlow.Support.Conversations;
using AutoFlow.Support.Decisions;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;

namespace AutoFlow.Functions.Steps;

/// <summary>A reply as it stands in the outbox.</summary>
public sealed record WrittenReply(string Key, OutboxState State, string? HeldBecause);

/// <summary>Words a reply, decides by policy whether it goes at once, and puts it into the outbox, once per key.</summary>
public sealed class ReplyDesk(
    IOutbox outbox, IInbox inbox, IConversations conversations, ReplyComposer composer, PolicyBook policies, WorkQueue queue, TimeProvider time)
{
    public async Task<Result<WrittenReply>> WriteAsync(string key, string instanceId, SendReply.With with, CancellationToken ct)
    {
        if (await conversations.FindAsync(with.Conversation, ct) is not { } conversation)
            return new Failure("conversation-not-found", $"There is no conversation {with.Conversation}.");

        Paragraph[] paragraphs = [.. with.Paragraphs.OfType<Paragraph>()];
        var composed = composer.Compose(with.Language, conversation.CustomerName, paragraphs);
        if (!composed.IsSuccess) return composed.Failure;
        var reply = composed.Value;
        var review = ReviewDecision.Decide(
            policies.Review,
            new ReviewFacts
            {
                Language = with.Language,
                Intent = with.Intent,
                IntentProbability = with.Probability,
                Sentiment = with.Sentiment,
                OrderTotals = with.OrderTotal is { } total ? [total] : [],
                Promised = with.Promised,
                // Not an argument of the step: no definition can forget it.
                ReviewReason = await inbox.ReviewReasonAsync(instanceId, ct),
                Proactive = with.Proactive,
            });
        var entry = new OutboxEntry
        {
            Key = key,
            State = review.Because is not null ? OutboxState.Held : OutboxState.Pending,
            HeldBecause = review.Because,
            ConversationId = conversation.Id,
            InstanceId = instanceId,
            Channel = conversation.Channel,
            To = conversation.CustomerAddress,
            InReplyTo = await AnsweredAsync(instanceId, conversation.Id, ct) ?? conversation.LastMessageId,
            Subject = composer.Subject(reply.Language, conversation.Subject, with.OrderNumber),
            Text = reply.Text,
            Paragraphs = string.Join(' ', paragraphs.Select(paragraph => paragraph.Key)),
            Language = reply.Language,
            CreatedAt = time.GetUtcNow(),
            Proactive = with.Proactive,
            TraceParent = Spans.TraceParent,
        };
        var stored = await outbox.AddAsync(entry, ct);
        // A repeat finds what was stored before.
        if (stored.State == OutboxState.Held && stored.CreatedAt == entry.CreatedAt) MessageMetrics.Held(stored);
        if (stored.State == OutboxState.Pending) await queue.SendAsync(QueueNames.Outbox, stored.Key, ct);
        return new WrittenReply(stored.Key, stored.State, stored.HeldBecause);
    }

    /// <summary>The message that the instance answers: the last that it was given, else the one it began with; another message of the conversation may have come since. Null where it has none.</summary>
    private async Task<string?> AnsweredAsync(string instanceId, string conversationId, CancellationToken ct)
    {
        var entry = await inbox.GivenToAsync(instanceId, ct) is [.., var last] ? last
            : InstanceIds.MessageOf(instanceId) is { } inboxId ? await inbox.FindAsync(inboxId, ct)
            : null;
        return entry?.ConversationId == conversationId ? entry.Message.Id : null;
    }
}
