namespace AutoFlow.Support.Definitions;

/// <summary>A definition to publish.</summary>
/// <param name="Hash">Of the text and its resources; lower-case hex. What instances are pinned to.</param>
/// <param name="Namespace">OWS 1.0.3 <c>document.namespace</c>.</param>
/// <param name="Name">OWS 1.0.3 <c>document.name</c>.</param>
/// <param name="Version">OWS 1.0.3 <c>document.version</c> (semantic version).</param>
/// <param name="Text">The YAML.</param>
/// <param name="Resources">The texts outside that it names, by their URIs; empty for most.</param>
public sealed record NewDefinition(
    string Hash, string Namespace, string Name, string Version, string Text, IReadOnlyDictionary<string, string> Resources);

/// <summary>A published definition. It never changes, so that an instance pinned to it replays the same for ever.</summary>
/// <param name="Number">Rises with each publication.</param>
/// <param name="PublishedAt">UTC.</param>
public sealed record PublishedDefinition(
    string Hash, string Namespace, string Name, string Version, string Text, IReadOnlyDictionary<string, string> Resources,
    long Number, DateTimeOffset PublishedAt);

/// <summary>What became of a definition.</summary>
/// <param name="Definition">As it is stored.</param>
/// <param name="IsNew">False when the same content was there before.</param>
public sealed record Publication(PublishedDefinition Definition, bool IsNew);

/// <summary>What became of definitions that were to be published together: all of them, or none.</summary>
/// <param name="Published">One for each, in their order; empty when any was refused.</param>
/// <param name="Taken">Those whose namespace, name and version are published already with another content.</param>
public sealed record Publications(IReadOnlyList<Publication> Published, IReadOnlyList<NewDefinition> Taken);
