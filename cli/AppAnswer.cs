using System.Text.Json;

namespace AutoFlow.Cli;

/// <summary>Reads what an app answered. Anything can answer at an address, so nothing is taken for granted.</summary>
internal static class AppAnswer
{
    // As deep as the app's own answers go.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    /// <summary>The body as JSON; null where it is none.</summary>
    public static JsonElement? Parsed(string body)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body, Deep);
            return parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The elements of a list; null where there is no such list.</summary>
    public static List<JsonElement>? Members(this JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var members) && members.ValueKind == JsonValueKind.Array
            ? [.. members.EnumerateArray()]
            : null;

    /// <summary>A text; empty where there is none.</summary>
    public static string Said(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A property; null where it is missing or null.</summary>
    public static JsonElement? Part(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>What a problem says (RFC 9457).</summary>
    public static string Detail(string body) =>
        Parsed(body) is { } json && json.Said("detail") is { Length: > 0 } detail ? detail.ReplaceLineEndings(" ") : "no AutoFlow app answers so";
}
