using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoFlow.Functions.Instances;

/// <summary>One event of an instance's history. What an event has not got is left out.</summary>
/// <param name="Number">Its place in the history, from 0.</param>
/// <param name="Time">When it was recorded, UTC.</param>
/// <param name="Type">What it is, as <c>taskScheduled</c>.</param>
public sealed record HistoryRow(int Number, DateTime Time, string Type)
{
    /// <summary>The number of the call or timer that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Task { get; init; }

    /// <summary>The orchestrator, activity or event; of an answer that of the call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The orchestrator's version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    /// <summary>Which try of the call it is about, from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attempt { get; init; }

    /// <summary>What went in: of a start, a call, an event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Input { get; init; }

    /// <summary>What came out: of an answer or an end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Output { get; init; }

    /// <summary>How it failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FailureView? Failure { get; init; }

    /// <summary>When a timer is due, UTC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? FireAt { get; init; }

    /// <summary>Another instance: the child, the receiver of an event, or the caller of this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instance { get; init; }

    /// <summary>The caller's orchestrator, where this one is a child.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Caller { get; init; }

    /// <summary>How often it had started over before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Generation { get; init; }

    /// <summary>How it ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    /// <summary>Why a person did that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <summary>The history of an instance, or a page of it.</summary>
/// <param name="Id">The instance's id.</param>
/// <param name="Run">Another one on the next page means that this is no longer its history: the instance started over, was rewound or started anew meanwhile.</param>
/// <param name="Began">When the first event of all was recorded, UTC. Null for an empty history.</param>
/// <param name="Events">Oldest first.</param>
/// <param name="Next">The number of the event that the next page begins with; null for the last page.</param>
public sealed record HistoryView(
    string Id,
    string Run,
    DateTime? Began,
    IReadOnlyList<HistoryRow> Events,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Next);
