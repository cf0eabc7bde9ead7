using System.Text.Json.Serialization;

namespace AutoFlow.Support.Journal;

[JsonConverter(typeof(JsonStringEnumConverter<JournalKind>))]
public enum JournalKind
{
    /// <summary>Something was read outside: an order, a parcel.</summary>
    LookedUp,

    /// <summary>Something was done: a refund, a trace, a ticket, a watch.</summary>
    Did,

    /// <summary>A parcel is watched from now on; the text is its tracking number.</summary>
    Watches,
}

/// <summary>What an instance looked up or did, in a few words for a person.</summary>
/// <param name="Key">Idempotency key; the same key is written once.</param>
/// <param name="At">UTC.</param>
public sealed record JournalLine(string Key, string InstanceId, JournalKind Kind, string Text, DateTimeOffset At);

/// <summary>The story of every instance, for tables, pages and audit.</summary>
public interface IJournal
{
    Task WriteAsync(JournalLine line, CancellationToken ct);

    /// <summary>The lines of any of these instances, oldest first.</summary>
    Task<IReadOnlyList<JournalLine>> ReadAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct);
}
