using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Storage.Inbox;

internal sealed class InboxRow
{
    public required string Id { get; init; }

    /// <summary>Order of storing.</summary>
    public required long Seq { get; init; }

    public required string Channel { get; init; }
    public required string MessageId { get; init; }
    public required InboundMessage Message { get; init; }

    /// <summary>The sender's address in lower case; null in rows of the first schema.</summary>
    public string? Sender { get; init; }

    public required InboxState State { get; set; }
    public required DateTimeOffset StoredAt { get; init; }
    public UnderstoodMessage? Understood { get; set; }
    public string? ConversationId { get; set; }
    public string? InstanceId { get; set; }
    public string? Workflow { get; set; }
    public string? Reason { get; set; }
    public bool AsEvent { get; set; }
    public string? ReadWith { get; set; }
    public string? TraceParent { get; init; }

    /// <summary>A delayed queue message brings the row back then, UTC.</summary>
    public DateTimeOffset? PutOffUntil { get; set; }

    /// <summary>Whether the instance has it; false until it is routed.</summary>
    public bool HandedOver { get; set; }

    public InboxEntry ToEntry() => new()
    {
        Id = Id,
        Message = Message with { Headers = WithoutCase(Message.Headers), TraceParent = TraceParent },
        State = State,
        StoredAt = StoredAt,
        Understood = Understood,
        ConversationId = ConversationId,
        InstanceId = InstanceId,
        Workflow = Workflow,
        Reason = Reason,
        AsEvent = AsEvent,
        ReadWith = ReadWith,
        HandedOver = HandedOver,
    };

    // JSON does not carry a dictionary's comparer; header names compare without case (RFC 5322 section 1.2.2).
    internal static Dictionary<string, string> WithoutCase(IReadOnlyDictionary<string, string> headers)
    {
        var result = new Dictionary<string, string>(headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
            result.TryAdd(name, value);
        return result;
    }
}
