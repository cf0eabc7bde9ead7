using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoFlow.Functions.Orchestrations;

namespace AutoFlow.Functions.Telemetry;

/// <summary>
/// Whose message an activity works on: recorded with its call, first of its data, so that logs and spans on every host can say so.
/// Ids only.
/// </summary>
/// <param name="Conversation">Null where none is at hand.</param>
/// <param name="Message">The inbox id of the message that began the work; null where none did.</param>
/// <param name="Retry">How many times the same call was made before, by a workflow's own retry.</param>
public sealed record CallSubject(
    string? Conversation, string? Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Retry = 0)
{
    /// <summary>The property under which a call has it.</summary>
    public const string Property = "about";

    /// <summary>It stands at the beginning; what comes after it can be long and is not looked at.</summary>
    private const int LooksAt = 512;

    /// <summary>What a workflow's start says. That the call which started it was a retry says nothing about its own calls.</summary>
    public static CallSubject Of(WorkflowStart start) => start.About is { } about
        ? about with { Retry = 0 }
        : new CallSubject(start.ConversationId ?? Said(start.Input, "conversation"), start.InboxId);

    /// <summary>Reads it from a call's JSON; null when the call has none.</summary>
    public static CallSubject? Read(string? json)
    {
        if (json is null || !json.Contains($"\"{Property}\"", StringComparison.Ordinal)) return null;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json.Length > LooksAt ? json[..LooksAt] : json), isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(Property)) continue;
                return JsonSerializer.Deserialize<CallSubject>(ref reader, JsonSerializerOptions.Web);
            }
        }
        catch (JsonException)
        {
            // Cut off in the middle, or no JSON: then nothing is said.
        }

        return null;
    }

    private static string? Said(JsonElement input, string name) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
