using AutoFlow.Support.Definitions;

namespace AutoFlow.Storage.Definitions;

internal sealed class DefinitionRow
{
    public required string Hash { get; init; }
    public required long Seq { get; init; }
    public required string Namespace { get; init; }
    public required string Name { get; init; }
    public required string Version { get; init; }
    public required string Text { get; init; }

    /// <summary>A JSON object from URI to text.</summary>
    public required string Resources { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public PublishedDefinition ToDefinition() =>
        new(Hash, Namespace, Name, Version, Text, Json.Read<Dictionary<string, string>>(Resources), Seq, PublishedAt);
}
