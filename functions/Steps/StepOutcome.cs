using System.Text.Json;
using AutoFlow.Support;

namespace AutoFlow.Functions.Steps;

/// <summary>
/// What a step returns: an output, or a failure as data. Exception types do not cross an activity alike on every host,
/// so an expected failure is never thrown.
/// </summary>
public sealed record StepOutcome
{
    /// <summary>The step's output; null (JSON) when it failed.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Null on success.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Wraps an output.</summary>
    public static StepOutcome Of<T>(T output) => new() { Output = JsonSerializer.SerializeToElement(output, StepJson.Options) };

    /// <summary>Wraps a failure.</summary>
    public static StepOutcome Failed(Failure failure) => new() { Failure = failure };

    /// <summary>Wraps a result.</summary>
    public static StepOutcome From<T>(Result<T> result) => result.IsSuccess ? Of(result.Value) : Failed(result.Failure);
}
