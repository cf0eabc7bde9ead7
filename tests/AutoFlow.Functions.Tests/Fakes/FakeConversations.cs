using AutoFlow.Support.Conversations;
using AutoFlow.Support.Messages;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>Conversations by thread id.</summary>
internal sealed class FakeConversations(Gate gate) : IConversations
{
    private readonly Dictionary<string, Conversation> _all = [];

    public Conversation this[string id]
    {
        get => _all[id];
        set => _all[id] = value;
    }

    public async Task<Conversation> JoinAsync(
        string inboxId, InboundMessage message, string language, IReadOnlyList<string> orderNumbers, DateTimeOffset sameMatterSince, TimeSpan burst, CancellationToken ct)
    {
        await gate.PassAsync("conversations.join");
        var id = $"c-{message.ThreadId ?? inboxId}";
        _all.TryAdd(id, new Conversation { Id = id, Channel = message.Channel, CustomerAddress = message.From });
        _all[id] = _all[id] with { Language = language, LastMessageId = message.Id };
        return _all[id];
    }

    public async Task<Conversation?> FindAsync(string conversationId, CancellationToken ct)
    {
        await gate.PassAsync("conversations.find");
        return _all.GetValueOrDefault(conversationId);
    }

    public async Task<string> ClaimAsync(string conversationId, string instanceId, CancellationToken ct)
    {
        await gate.PassAsync("conversations.claim");
        var claimed = _all[conversationId] = _all[conversationId] with { OpenInstanceId = _all[conversationId].OpenInstanceId ?? instanceId };
        return claimed.OpenInstanceId!;
    }

    public async Task ReleaseAsync(string conversationId, string instanceId, CancellationToken ct)
    {
        await gate.PassAsync("conversations.release");
        if (_all[conversationId].OpenInstanceId == instanceId) _all[conversationId] = _all[conversationId] with { OpenInstanceId = null };
    }
}
