using AutoFlow.Functions.Messages;
using AutoFlow.Support.Conversations;
using AutoFlow.Support.Messages;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>What an instance that ends has read of its conversation.</summary>
/// <param name="Read">Ids of the events that it consumed: inbox ids.</param>
public sealed record ConversationRead(string ConversationId, string InstanceId, IReadOnlyList<string> Read);

/// <summary>
/// Ends an instance's hold on its conversation. Messages that it was given and never read go back to the inbox and are
/// routed anew: nothing that a customer writes is lost in a workflow that no longer listens.
/// </summary>
public sealed class LetConversationGo(IConversations conversations, IInbox inbox, WorkQueue queue)
{
    [Function(nameof(LetConversationGo))]
    public async Task Run([ActivityTrigger] ConversationRead read, CancellationToken ct)
    {
        // Whoever raised these may have died before its own note: without one they would be routed again once the conversation is free.
        var given = await inbox.GivenToAsync(read.InstanceId, ct);
        foreach (var entry in given.Where(entry => read.Read.Contains(entry.Id))) await inbox.HandedOverAsync(entry.Id, read.InstanceId, ct);

        await conversations.ReleaseAsync(read.ConversationId, read.InstanceId, ct);
        foreach (var entry in await inbox.GivenToAsync(read.InstanceId, ct))
        {
            if (read.Read.Contains(entry.Id)) continue;
            await inbox.ReturnAsync(entry.Id, read.InstanceId, handedOverToo: true, ct);
            await queue.SendAsync(QueueNames.Inbox, entry.Id, ct);
        }
    }
}
