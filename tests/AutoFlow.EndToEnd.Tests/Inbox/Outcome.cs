using System.Text.Json;

namespace AutoFlow.EndToEnd.Tests.Inbox;

/// <summary>What came of one message, in the words of the sample inbox.</summary>
/// <param name="Language">ISO 639-1; null when it was not understood.</param>
/// <param name="Intent">The intent acted on; null when none was sure enough, and for answers and automatic mail.</param>
/// <param name="Workflow"><c>none</c> when it is never answered.</param>
/// <param name="Words">The outcomes, sorted.</param>
/// <param name="Departments">Those that got a ticket, sorted.</param>
/// <param name="WaitsFor">What was asked of whom; null when nothing was.</param>
public sealed record Outcome(
    string? Language, string? Intent, string Workflow, IReadOnlyList<string> Words, IReadOnlyList<string> Departments, string? WaitsFor)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line; equal lines are equal outcomes.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Json);

    public static Outcome Parse(string json) => JsonSerializer.Deserialize<Outcome>(json, Json) ?? throw new JsonException("An outcome is null.");
}
