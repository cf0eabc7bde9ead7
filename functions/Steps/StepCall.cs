using System.Text.Json.Serialization;
using AutoFlow.Functions.Telemetry;

namespace AutoFlow.Functions.Steps;

/// <summary>What every step gets: its arguments, and the identity of the call.</summary>
/// <param name="InstanceId">The workflow instance that calls.</param>
/// <param name="Key">Unique for the call within all instances, the same for every retry of it: the idempotency key of its side effects.</param>
/// <param name="With">The arguments of the task's <c>with</c>.</param>
public sealed record StepCall<TWith>(string InstanceId, string Key, TWith With)
{
    /// <summary>Whose message it is about, for logs and telemetry; null where nobody says.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CallSubject? About { get; init; }
}
