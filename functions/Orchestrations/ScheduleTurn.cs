using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>What a schedule takes from one round into the next.</summary>
public sealed record ScheduleTurn
{
    /// <summary>The definition's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The definition's name.</summary>
    public required string Name { get; init; }

    /// <summary>The version that the last round went by; null before the first.</summary>
    public string? DefinitionHash { get; init; }

    /// <summary>From when the next round is counted, UTC: the last round's due time, or its end for <c>after</c>; null before the first.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>How many rounds there were.</summary>
    public int Round { get; init; }

    /// <summary>The last events that <c>on</c> received: one that comes twice starts one run.</summary>
    public IReadOnlyList<string> Seen { get; init; } = [];

    /// <summary>Events that were received for a later round, as CloudEvents in JSON.</summary>
    public IReadOnlyList<JsonElement> Kept { get; init; } = [];

    /// <summary>A run whose events were consumed and that is not begun yet; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DetachedWorkflow? Pending { get; init; }
}

/// <summary>Where a schedule stands, for people and for <see cref="Definitions.ScheduleKeeper"/>.</summary>
/// <param name="DefinitionHash">The version that it goes by.</param>
/// <param name="Due">When the next run is due, UTC; null while it waits for events, or for a run to end.</param>
public sealed record ScheduleStatus(string DefinitionHash, DateTimeOffset? Due);
