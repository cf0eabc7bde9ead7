using System.Diagnostics;
using System.Text.Json;
using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Support.Conversations;
using AutoFlow.Support.Decisions;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Understanding;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Messages;

/// <summary>
/// Takes one stored message to where it belongs: understood, joined to its conversation, then given to the instance that
/// has the conversation, or to a new one. Safe to repeat at any point.
/// </summary>
public sealed class MessageRouter(
    IInbox inbox, IConversations conversations, IUnderstanding understanding, Postponement postponement, PolicyBook policies, WorkflowLibrary workflows,
    SenderGuard guard, MessageBursts bursts, TimeProvider time, ILogger<MessageRouter> logger)
{
    /// <summary>How often a message looks for its instance before the queue's own retry takes over.</summary>
    private const int Crossings = 5;

    /// <summary>A host may show an instance late; one that is unknown for longer is gone.</summary>
    private static readonly TimeSpan UntilSeen = TimeSpan.FromMinutes(1);

    /// <summary>Every host shows an instance by then; one that was started so long ago and is unknown was purged.</summary>
    private static readonly TimeSpan UntilGone = TimeSpan.FromHours(1);

    public async Task RouteAsync(string inboxId, DurableTaskClient durable, CancellationToken ct)
    {
        if (await inbox.FindAsync(inboxId, ct) is not { } entry)
        {
            logger.LogWarning("Inbox row {InboxId} is unknown: its queue message is dropped.", inboxId);
            return;
        }

        using var span = Spans.Process(QueueNames.Inbox, entry.Message.TraceParent).About(entry.ConversationId, entry.Id);
        switch (entry)
        {
            case { ReadWith: not null } or { State: InboxState.Routed, HandedOver: true }:
                // Another message of its burst stands for it, or its instance has it.
                break;
            case { State: InboxState.Received }:
                await RouteAsync(entry, durable, ct);
                break;
            case { State: InboxState.Routed, AsEvent: true, InstanceId: { } instanceId }:
                await RaiseAgainAsync(entry, instanceId, durable, ct);
                break;
            case { State: InboxState.Routed, InstanceId: { } instanceId, Workflow: { } workflow, Understood: { } understood }:
                // The process may have died between the mark and the start.
                await StartInstanceAsync(entry, instanceId, workflow, understood, durable, ct);
                break;
        }
    }

    private async Task RouteAsync(InboxEntry entry, DurableTaskClient durable, CancellationToken ct)
    {
        var span = Activity.Current;
        using var reading = Spans.Start("understand");
        if (await UnderstoodAsync(entry, ct) is not { } said)
        {
            reading?.SetTag(TelemetryNames.Outcome, "put-off");
            return;
        }

        reading?.SetTag(TelemetryNames.Intent, said.Abstained || said.Intents.Count == 0 ? "none" : said.Intents[0].Label)
            .SetTag(TelemetryNames.Language, said.Language).SetTag(TelemetryNames.ModelVersion, said.ModelVersion).Rest();
        using var routing = Spans.Start(Spans.Route);
        var newest = await workflows.NewestAsync(ct);
        var understood = SettledIntent.Of(said, newest.ByIntent);
        var route = RoutingDecision.Decide(understood, newest.ByIntent, policies.Routing);
        if (route is not RoutingDecision.Start start)
        {
            await inbox.IgnoredAsync(entry.Id, understood, route.Reason, ct);
            Routed(routing, understood, "ignored", null);
            return;
        }

        var since = time.GetUtcNow() - policies.Routing.SameMatterWithin;
        var conversation = await conversations.JoinAsync(
            entry.Id, entry.Message, understood.Language, understood.Entities.OrderNumbers, since, bursts.WindowOf(entry.Message, understood), ct);
        if (Spans.AreHeard) foreach (var one in new[] { span, reading, routing }) one.About(conversation.Id, entry.Id);
        using var scope = logger.BeginScope(new Dictionary<string, object> { [TelemetryNames.ConversationId] = conversation.Id });
        // Another delivery of the same message may have been faster: what it stored holds for both.
        entry = await inbox.UnderstoodAsync(entry.Id, understood, conversation.Id, ct);
        if (entry.State != InboxState.Received) return;
        if (await guard.ReasonToHoldAsync(entry, ct) is { } reason)
        {
            await inbox.IgnoredAsync(entry.Id, entry.Understood!, reason, ct);
            Routed(routing, understood, "ignored", null);
            return;
        }

        if (await bursts.GatherAsync(entry, conversation, newest.ByIntent, ct) is not { Understood: { } gathered } gatheredEntry)
        {
            routing?.SetTag(TelemetryNames.Outcome, "waits");
            return;
        }

        entry = gatheredEntry;
        start = RoutingDecision.Decide(gathered, newest.ByIntent, policies.Routing) as RoutingDecision.Start ?? start;

        // Two messages of one conversation, or a message and the end of its workflow, may cross: look again after each crossing.
        for (var attempt = 0; attempt < Crossings; attempt++)
        {
            if (await GiveToOpenInstanceAsync(entry, conversation, durable, ct))
            {
                Routed(routing, gathered, "given", InstanceIds.WorkflowOf(conversation.OpenInstanceId!));
                await GoesOnAsync(routing, conversation.OpenInstanceId!, ct);
                return;
            }

            // A second delivery of the same message may have been faster; what it did shows in the row.
            if (await inbox.FindAsync(entry.Id, ct) is not { State: InboxState.Received }) return;
            if (await StartAsync(entry, conversation, start, newest, durable, ct))
            {
                Routed(routing, gathered, "started", start.Workflow);
                return;
            }

            conversation = await conversations.FindAsync(conversation.Id, ct) ?? conversation;
        }

        throw new InvalidOperationException($"Message {entry.Id} found no instance to go to; the queue delivers it again.");
    }

    /// <summary>What an instance does with a message that it was given belongs to the trace that began it: the two are linked.</summary>
    private async Task GoesOnAsync(Activity? routing, string instanceId, CancellationToken ct)
    {
        if (routing?.SetTag(TelemetryNames.InstanceId, instanceId) is null || InstanceIds.MessageOf(instanceId) is not { } first) return;
        routing.LinkTo((await inbox.FindAsync(first, ct))?.Message.TraceParent);
    }

    private static void Routed(Activity? routing, UnderstoodMessage understood, string outcome, string? workflow)
    {
        MessageMetrics.Understood(understood, workflow);
        routing?.SetTag(TelemetryNames.Outcome, outcome).SetTag(TelemetryNames.Workflow, workflow);
    }

    /// <summary>Null when the message was put off.</summary>
    private async Task<UnderstoodMessage?> UnderstoodAsync(InboxEntry entry, CancellationToken ct)
    {
        if (entry.Understood is { } known) return known;
        var result = await understanding.UnderstandAsync(entry.Message, ct);
        return result.Again is { } again && await postponement.TryAsync(entry, again, ct) ? null : result.Message;
    }

    /// <summary>
    /// Marks first, raises second, and looks again: an instance that ended in between hands back what it was given and did
    /// not read, and it can only see marks made before it let the conversation go.
    /// </summary>
    private async Task<bool> GiveToOpenInstanceAsync(InboxEntry entry, Conversation conversation, DurableTaskClient durable, CancellationToken ct)
    {
        if (conversation.OpenInstanceId is not { } instanceId || instanceId.EndsWith(entry.Id, StringComparison.Ordinal)) return false;
        var instance = await durable.GetInstanceAsync(instanceId, ct);
        // Claimed, but not started yet: an event would have nowhere to go.
        if (instance is null && !await WasPurgedAsync(instanceId, ct))
            throw new InvalidOperationException($"Message {entry.Id} waits for {instanceId} to start; the queue delivers it again.");
        if (instance is null || instance.RuntimeStatus.IsOver())
        {
            await conversations.ReleaseAsync(conversation.Id, instanceId, ct);
            return false;
        }

        // Null: a second delivery of the same message was faster, and has taken care of it.
        if (await inbox.RoutedAsync(entry.Id, instanceId, InstanceIds.WorkflowOf(instanceId), "the conversation's workflow is at work", asEvent: true, ct) is not { } marked) return true;
        if ((await conversations.FindAsync(conversation.Id, ct))?.OpenInstanceId != instanceId)
        {
            await inbox.ReturnAsync(entry.Id, instanceId, handedOverToo: false, ct);
            return false;
        }

        var seen = await RaiseAsync(marked, instanceId, durable, ct);
        if (seen is not (null or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated)) return true;
        // It was killed between the look and the event, so it hands nothing back.
        await conversations.ReleaseAsync(conversation.Id, instanceId, ct);
        await inbox.ReturnAsync(entry.Id, instanceId, handedOverToo: false, ct);
        return false;
    }

    /// <summary>Whether an unknown instance that has a conversation was there before: it was killed, so that it let nothing go, and purged since.</summary>
    private async Task<bool> WasPurgedAsync(string instanceId, CancellationToken ct) =>
        InstanceIds.MessageOf(instanceId) is { } first
        && await inbox.FindAsync(first, ct) is { HandedOver: true } started
        && started.InstanceId == instanceId && time.GetUtcNow() >= started.StoredAt + UntilGone;

    /// <summary>False when another message of the conversation was faster: its instance has the conversation now.</summary>
    private async Task<bool> StartAsync(
        InboxEntry entry, Conversation conversation, RoutingDecision.Start route, NewestWorkflows newest, DurableTaskClient durable, CancellationToken ct)
    {
        var definition = newest.Latest(route.Workflow);
        var instanceId = InstanceIds.ForMessage(definition.Identity.Name, entry.Id);
        if (await conversations.ClaimAsync(conversation.Id, instanceId, ct) != instanceId) return false;

        // Marked first, so that of two deliveries one starts; a mark without its start is mended by the queue's next delivery.
        // What is in the row when it is marked counts: another delivery may have read it together with others meanwhile.
        if (await inbox.RoutedAsync(entry.Id, instanceId, definition.Identity.Name, route.Reason, asEvent: false, ct) is { Understood: { } understood } marked)
            await StartInstanceAsync(marked, instanceId, definition.Identity.Name, understood, durable, ct);
        else if ((await inbox.FindAsync(entry.Id, ct))?.InstanceId != instanceId)
            await conversations.ReleaseAsync(conversation.Id, instanceId, ct);
        return true;
    }

    private async Task<bool> StartInstanceAsync(InboxEntry entry, string instanceId, string workflow, UnderstoodMessage understood, DurableTaskClient durable, CancellationToken ct)
    {
        var newest = await workflows.NewestAsync(ct);
        var alsoAsked = (RoutingDecision.Decide(understood, newest.ByIntent, policies.Routing) as RoutingDecision.Start)?.AlsoAsked ?? [];
        var facts = MessageFacts.Of(entry, [.. alsoAsked.Where(intent => !newest.Covers(workflow, intent))]);
        var start = newest.Start(newest.Latest(workflow), JsonSerializer.SerializeToElement(facts, StepJson.Options));
        var started = await durable.StartOnceAsync(instanceId, start with { ConversationId = entry.ConversationId, InboxId = entry.Id }, ct);
        await inbox.HandedOverAsync(entry.Id, instanceId, ct);
        return started;
    }

    /// <summary>
    /// The process died between the mark and the event, or between the event and its note. The workflow drops a second event by its id,
    /// and one that read the first has noted it when it ended; so where the instance is over, nobody has the message.
    /// </summary>
    private async Task RaiseAgainAsync(InboxEntry entry, string instanceId, DurableTaskClient durable, CancellationToken ct)
    {
        // One that has let the conversation go and has not ended yet reads nothing any more.
        var holds = entry.ConversationId is { } mine && (await conversations.FindAsync(mine, ct))?.OpenInstanceId == instanceId;
        var seen = holds ? await RaiseAsync(entry, instanceId, durable, ct) : OrchestrationRuntimeStatus.Completed;
        if (seen.IsLive()) return;
        if (seen is null && time.GetUtcNow() < entry.StoredAt + UntilSeen)
            throw new InvalidOperationException($"Message {entry.Id} waits for {instanceId} to be seen; the queue delivers it again.");
        if (entry.ConversationId is { } conversation) await conversations.ReleaseAsync(conversation, instanceId, ct);
        await inbox.ReturnAsync(entry.Id, instanceId, handedOverToo: false, ct);
        if (await inbox.FindAsync(entry.Id, ct) is { State: InboxState.Received } free) await RouteAsync(free, durable, ct);
    }

    /// <summary>Raises the event unless the instance is over, and notes that the message was handed over; returns the status seen, null for an unknown instance.</summary>
    private async Task<OrchestrationRuntimeStatus?> RaiseAsync(InboxEntry entry, string instanceId, DurableTaskClient durable, CancellationToken ct)
    {
        var seen = await durable.RaiseIfLiveAsync(instanceId, MessageEnvelope.Type, MessageFacts.AsEvent(entry), ct);
        if (seen.IsLive()) await inbox.HandedOverAsync(entry.Id, instanceId, ct);
        return seen;
    }
}
