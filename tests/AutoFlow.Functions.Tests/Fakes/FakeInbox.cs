using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>An inbox by the port's contract.</summary>
internal sealed class FakeInbox(Gate gate, FakeTime time) : IInbox
{
    private readonly Dictionary<string, InboxEntry> _rows = [];
    private readonly Dictionary<string, DateTimeOffset> _putOff = [];
    private readonly HashSet<string> _handedOver = [];

    public InboxEntry this[string id] => _rows[id];

    public async Task<(InboxEntry Entry, bool Added)> AddAsync(InboundMessage message, CancellationToken ct)
    {
        await gate.PassAsync("inbox.add");
        var id = InboxId.Of(message.Channel, message.Id);
        var added = _rows.TryAdd(id, new InboxEntry { Id = id, Message = message, State = InboxState.Received, StoredAt = time.Now });
        return (_rows[id], added);
    }

    public async Task<InboxEntry?> FindAsync(string inboxId, CancellationToken ct)
    {
        await gate.PassAsync("inbox.find");
        return _rows.GetValueOrDefault(inboxId) is { } row ? row with { HandedOver = _handedOver.Contains(inboxId) } : null;
    }

    public Task<int> StandingCountAsync(int upTo, CancellationToken ct) => Task.FromResult(Math.Min(upTo, _rows.Values.Count(row => row.State == InboxState.Received)));

    public Task<InboxEntry> UnderstoodAsync(string inboxId, UnderstoodMessage understood, string conversationId, CancellationToken ct) => ChangeAsync(
        "inbox.understood",
        inboxId,
        row => row is { State: InboxState.Received, Understood: null } ? row with { Understood = understood, ConversationId = conversationId } : row);

    public async Task<InboxEntry?> RoutedAsync(string inboxId, string instanceId, string workflow, string reason, bool asEvent, CancellationToken ct)
    {
        var marked = false;
        var row = await ChangeAsync("inbox.routed", inboxId, row => (marked = row.State == InboxState.Received)
            ? row with { State = InboxState.Routed, InstanceId = instanceId, Workflow = workflow, Reason = reason, AsEvent = asEvent }
            : row);
        if (!marked) return null;
        _handedOver.Remove(inboxId);
        foreach (var other in _rows.Values.Where(one => one.ReadWith == inboxId).ToList()) _rows[other.Id] = other with { InstanceId = instanceId, Workflow = workflow };
        return row;
    }

    public async Task HandedOverAsync(string inboxId, string instanceId, CancellationToken ct)
    {
        await gate.PassAsync("inbox.handed");
        if (_rows[inboxId] is { State: InboxState.Routed } row && row.InstanceId == instanceId) _handedOver.Add(inboxId);
    }

    public Task IgnoredAsync(string inboxId, UnderstoodMessage understood, string reason, CancellationToken ct) =>
        ChangeAsync("inbox.ignored", inboxId, row => row.State == InboxState.Received ? row with { State = InboxState.Ignored, Understood = understood, Reason = reason } : row);

    public async Task ReturnAsync(string inboxId, string instanceId, bool handedOverToo, CancellationToken ct)
    {
        await ChangeAsync(
            "inbox.return",
            inboxId,
            row => row.State == InboxState.Routed && row.InstanceId == instanceId && (handedOverToo || !_handedOver.Contains(inboxId))
                ? row with { State = InboxState.Received, InstanceId = null, Workflow = null, Reason = null, AsEvent = false }
                : row);
        if (_rows[inboxId].State == InboxState.Received) _handedOver.Remove(inboxId);
    }

    public async Task<bool> ReadTogetherAsync(string inboxId, IReadOnlyCollection<string> others, UnderstoodMessage understood, CancellationToken ct)
    {
        await gate.PassAsync("inbox.together");
        if (others.Append(inboxId).Any(id => _rows[id].State != InboxState.Received)) return false;
        _rows[inboxId] = _rows[inboxId] with { Understood = understood };
        foreach (var id in others) _rows[id] = _rows[id] with { State = InboxState.Routed, ReadWith = inboxId, Reason = $"read together with {inboxId}" };
        return true;
    }

    public async Task<IReadOnlyList<InboxEntry>> StandingAsync(string conversationId, CancellationToken ct)
    {
        await gate.PassAsync("inbox.standing");
        return [.. _rows.Values.Where(row => row.ConversationId == conversationId && row.State == InboxState.Received)];
    }

    public Task<IReadOnlyList<InboxEntry>> OfSenderAsync(InboxEntry upTo, DateTimeOffset since, int limit, CancellationToken ct)
    {
        var theirs = _rows.Values.Where(row => row.Message.Channel == upTo.Message.Channel && row.Message.From.Equals(upTo.Message.From, StringComparison.OrdinalIgnoreCase));
        return Task.FromResult<IReadOnlyList<InboxEntry>>(
            [.. theirs.TakeWhile(row => row.Id != upTo.Id).Where(row => row.StoredAt > since).Append(_rows[upTo.Id]).TakeLast(limit)]);
    }

    public async Task PutOffAsync(string inboxId, DateTimeOffset until, CancellationToken ct)
    {
        await gate.PassAsync("inbox.putOff");
        _putOff[inboxId] = until;
    }

    public Task<IReadOnlyList<InboxEntry>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<InboxEntry>>([.. _rows.Values.Where(row => row.StoredAt < storedBefore
            && ((row.State == InboxState.Received && _putOff.GetValueOrDefault(row.Id) < storedBefore) || (row is { State: InboxState.Routed, ReadWith: null } && !_handedOver.Contains(row.Id))))]);

    public async Task<IReadOnlyList<InboxEntry>> GivenToAsync(string instanceId, CancellationToken ct)
    {
        await gate.PassAsync("inbox.given");
        return [.. _rows.Values.Where(row => row.InstanceId == instanceId && row.AsEvent)];
    }

    public async Task<string?> ReviewReasonAsync(string instanceId, CancellationToken ct)
    {
        await gate.PassAsync("inbox.review");
        return _rows.Values.Where(row => row.InstanceId == instanceId).Select(row => row.Understood?.ReviewReason).FirstOrDefault(reason => reason is not null);
    }

    public Task<IReadOnlyList<InboxEntry>> ListAsync(int skip, int take, CancellationToken ct) => throw new NotSupportedException();

    public Task<int> CountAsync(CancellationToken ct) => Task.FromResult(_rows.Count);

    private async Task<InboxEntry> ChangeAsync(string operation, string id, Func<InboxEntry, InboxEntry> change)
    {
        await gate.PassAsync(operation);
        return _rows[id] = change(_rows[id]);
    }
}
