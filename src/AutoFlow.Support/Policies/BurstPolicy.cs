using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>
/// People write "hi", "where is my order", "1001" as three messages and want one answer (routing.yaml, <c>burst</c>). A short
/// message that says too little alone waits until its sender has been quiet for a moment; then they are read as one.
/// </summary>
public sealed record BurstPolicy
{
    public static readonly BurstPolicy Default = new()
    {
        Within = TimeSpan.FromMinutes(2),
        Quiet = TimeSpan.FromSeconds(4),
        ShortUpTo = 160,
        Channels = ["chat"],
    };

    /// <summary>A message without thread and order number belongs to the sender's conversation of this last time; and the longest that a message waits.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>How long a sender must be quiet before a short message is acted on.</summary>
    public required TimeSpan Quiet { get; init; }

    /// <summary>A message up to this many characters is short.</summary>
    public required int ShortUpTo { get; init; }

    /// <summary>The channels where every short message without a number waits; in the others only one that nobody could act on alone.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    internal static BurstPolicy Read(YamlMap map) => new()
    {
        Within = map.Duration("within"),
        Quiet = map.Duration("quiet"),
        ShortUpTo = map.Count("shortUpTo", 0, 10_000),
        Channels = map.Words("channels"),
    };
}
