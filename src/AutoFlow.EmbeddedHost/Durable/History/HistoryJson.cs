using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>Histories as they are stored and exported.</summary>
internal static class HistoryJson
{
    // Stored, never shown in a page: escaping only what JSON itself asks for keeps payloads in payloads short.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Indented = new(Options) { WriteIndented = true };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json)
        => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"Stored {typeof(T).Name} is null.");

    /// <summary>A whole history for a file that people read.</summary>
    public static string Export(IReadOnlyList<TurnRecord> turns) => JsonSerializer.Serialize(turns, Indented) + "\n";
}
