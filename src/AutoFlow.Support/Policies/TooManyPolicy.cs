using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>
/// The last defence against a machine on the other side that nothing else gave away (routing.yaml, <c>tooMany</c>): from one
/// sender, in one channel, this much is answered; what comes beyond it waits for a person, and nothing is sent.
/// </summary>
public sealed record TooManyPolicy
{
    public static readonly TooManyPolicy Default = new() { Messages = 8, SameText = 3, Within = TimeSpan.FromHours(1), Channels = ["mail"] };

    /// <summary>This many messages within <see cref="Within"/> are answered.</summary>
    public required int Messages { get; init; }

    /// <summary>This many messages with the same text within <see cref="Within"/> are answered.</summary>
    public required int SameText { get; init; }

    public required TimeSpan Within { get; init; }

    /// <summary>The channels where it holds: in a chat people write many messages.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    internal static TooManyPolicy Read(YamlMap map) => new()
    {
        Messages = map.Count("messages", 1, 100_000),
        SameText = map.Count("sameText", 1, 100_000),
        Within = map.Duration("within"),
        Channels = map.Words("channels"),
    };
}
