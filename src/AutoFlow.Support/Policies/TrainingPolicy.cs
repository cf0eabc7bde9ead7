using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>When a new model is proposed from people's corrections, and who adopts it (training.yaml).</summary>
public sealed record TrainingPolicy
{
    /// <summary>Holds where a shop has no training.yaml.</summary>
    public static readonly TrainingPolicy Default = new() { ProposeAfter = 25, AdoptWithoutPerson = false };

    /// <summary>After this many corrections since the last proposal, a new one is made.</summary>
    public required int ProposeAfter { get; init; }

    /// <summary>True: a model that is not worse serves at once. False: a person adopts it.</summary>
    public required bool AdoptWithoutPerson { get; init; }

    internal static TrainingPolicy Read(YamlMap map) => new()
    {
        ProposeAfter = map.Count("proposeAfter", 1, 100_000),
        AdoptWithoutPerson = map.Flag("adoptWithoutPerson"),
    };
}
