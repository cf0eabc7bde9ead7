using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>When an intent is sure enough to act on (routing.yaml).</summary>
public sealed record RoutingPolicy
{
    /// <summary>Least probability of the first intent, 0 to 1.</summary>
    public required double ActFrom { get; init; }

    /// <summary>Least probability of a further intent to be taken up as well, 0 to 1.</summary>
    public required double AlsoFrom { get; init; }

    /// <summary>The workflow that hands a message to a person.</summary>
    public required string HandOver { get; init; }

    /// <summary>A message without a thread belongs to the sender's conversation about the same order when that one is younger than this.</summary>
    public required TimeSpan SameMatterWithin { get; init; }

    /// <summary>When one sender writes too much for a person.</summary>
    public TooManyPolicy TooMany { get; init; } = TooManyPolicy.Default;

    /// <summary>Which short messages of one sender are read together.</summary>
    public BurstPolicy Burst { get; init; } = BurstPolicy.Default;

    internal static RoutingPolicy Read(YamlMap map) => new()
    {
        ActFrom = map.Percentage("actFrom"),
        AlsoFrom = map.Percentage("alsoFrom"),
        HandOver = map.Text("handOver"),
        SameMatterWithin = map.Duration("sameMatterWithin"),
        TooMany = map.OptionalMap("tooMany") is { } tooMany ? TooManyPolicy.Read(tooMany) : TooManyPolicy.Default,
        Burst = map.OptionalMap("burst") is { } burst ? BurstPolicy.Read(burst) : BurstPolicy.Default,
    };
}
