using AutoFlow.Support.Journal;

namespace AutoFlow.Storage.Journal;

internal sealed class JournalRow
{
    public required string Key { get; init; }
    public required long Seq { get; init; }
    public required string InstanceId { get; init; }
    public required JournalKind Kind { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }

    public JournalLine ToLine() => new(Key, InstanceId, Kind, Text, At);
}
