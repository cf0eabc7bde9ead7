using AutoFlow.Support.Shipments;

namespace AutoFlow.Storage.Pushes;

internal sealed class PushRow
{
    public required string Key { get; init; }
    public required long Seq { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset StoredAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }

    public Push ToPush() => new(Key, Body, StoredAt);
}
