using AutoFlow.Support.Events;

namespace AutoFlow.Storage.Events;

internal sealed class EventRow
{
    public required string Key { get; init; }
    public required long Seq { get; init; }
    public required string Source { get; init; }
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset StoredAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }

    public StoredEvent ToEvent() => new(Key, Source, Id, Type, Body, StoredAt, DoneAt is not null);
}
