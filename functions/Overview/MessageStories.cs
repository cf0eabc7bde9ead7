using AutoFlow.Functions.Orchestrations;
using AutoFlow.Support.Journal;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Tickets;
using AutoFlow.Support.Understanding;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Overview;

/// <summary>Joins what the stores and the engine know of messages.</summary>
public sealed class MessageStories(IInbox inbox, IJournal journal, IOutbox outbox, ITickets tickets, TimeProvider time)
{
    /// <summary>Every host shows an instance by then; one that is unknown for longer was purged.</summary>
    private static readonly TimeSpan UntilGone = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<MessageStory>> TellAsync(IReadOnlyList<InboxEntry> entries, DurableTaskClient durable, CancellationToken ct)
    {
        var instances = entries.Select(entry => entry.InstanceId).OfType<string>().Distinct().ToArray();
        var conversations = entries.Select(entry => entry.ConversationId).OfType<string>().Distinct().ToArray();
        var known = new Known(
            (await journal.ReadAsync(instances, ct)).ToLookup(line => line.InstanceId),
            (await outbox.ByInstanceAsync(instances, ct)).ToLookup(reply => reply.InstanceId),
            (await outbox.FollowUpsAsync(conversations, ct)).ToLookup(reply => reply.ConversationId),
            (await tickets.ByInstanceAsync(instances, ct)).ToLookup(ticket => ticket.InstanceId));
        var stories = new List<MessageStory>(entries.Count);
        foreach (var entry in entries) stories.Add(await FollowAsync(entry, known, durable, ct));
        return stories;
    }

    private static MessageStory Understood(InboxEntry entry)
    {
        var person = entry.Understood is { Kind: MessageKind.Person } understood ? understood : null;
        var best = person is { Intents: [var first, ..] } ? first : null;
        return new MessageStory
        {
            Id = entry.Id,
            MessageId = entry.Message.Id,
            ReceivedAt = entry.Message.ReceivedAt,
            State = entry.State,
            From = entry.Message.From,
            Subject = entry.Message.Subject,
            ConversationId = entry.ConversationId,
            Language = entry.Understood?.Language,
            Intent = best?.Label,
            Probability = best?.Probability,
            Abstained = person?.Abstained ?? false,
            Sentiment = entry.Understood?.Sentiment,
            Urgency = entry.Understood?.Urgency,
            UrgencyReasons = entry.Understood?.UrgencyReasons ?? [],
            ReviewReason = person?.ReviewReason,
            Workflow = entry.Workflow,
            InstanceId = entry.InstanceId,
            AsEvent = entry.AsEvent || entry.ReadWith is not null,
            Reason = entry.Reason,
            Settled = entry.State == InboxState.Ignored,
        };
    }

    private async Task<MessageStory> FollowAsync(InboxEntry entry, Known known, DurableTaskClient durable, CancellationToken ct)
    {
        var story = Understood(entry);
        if (story.InstanceId is not { } instanceId) return story;
        var instance = await durable.GetInstanceAsync(instanceId, getInputsAndOutputs: true, ct);
        var over = instance?.RuntimeStatus.IsOver() ?? (entry.HandedOver && time.GetUtcNow() >= entry.StoredAt + UntilGone);
        var waiting = Waiting.Of(instance);
        var lines = known.Lines[instanceId].ToList();
        // Follow-ups come from watches and approvals; the message that began the matter shows them.
        var replies = known.Replies[instanceId].Concat(story.AsEvent ? [] : known.FollowUps[story.ConversationId!].Where(reply => reply.InstanceId != instanceId));
        var opened = known.Tickets[instanceId].ToList();
        return story with
        {
            LookedUp = [.. Texts(lines, JournalKind.LookedUp)],
            Did = [.. Texts(lines, JournalKind.Did)],
            Replies = [.. replies.Select(ReplyStory.Of)],
            Tickets = [.. opened.Select(ticket => $"{ticket.Number} {ticket.Department} ({ticket.Type}, {ticket.State})")],
            WaitsFor =
            [
                .. waiting is null ? Array.Empty<string>() : [waiting.Text],
                .. await WatchedAsync(Texts(lines, JournalKind.Watches), durable, ct),
                .. opened.Where(ticket => ticket is { Type: TicketType.Approval, State: TicketState.Open }).Select(ticket => $"approval of {ticket.Number}"),
            ],
            Settled = over || (waiting is not null && waiting.EventsConsumed == (await inbox.GivenToAsync(instanceId, ct)).Count),
        };
    }

    private static IEnumerable<string> Texts(IEnumerable<JournalLine> lines, JournalKind kind) => lines.Where(line => line.Kind == kind).Select(line => line.Text);

    private static async Task<List<string>> WatchedAsync(IEnumerable<string> trackingNumbers, DurableTaskClient durable, CancellationToken ct)
    {
        var watched = new List<string>();
        foreach (var number in trackingNumbers.Distinct())
        {
            var watch = await durable.GetInstanceAsync(InstanceIds.ForWatch(number), ct);
            if (watch is not null && !watch.RuntimeStatus.IsOver()) watched.Add($"news of {number}");
        }

        return watched;
    }

    private sealed record Known(
        ILookup<string, JournalLine> Lines, ILookup<string, OutboxEntry> Replies, ILookup<string, OutboxEntry> FollowUps, ILookup<string, Ticket> Tickets);
}
