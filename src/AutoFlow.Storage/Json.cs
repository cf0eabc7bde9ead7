using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AutoFlow.Storage;

/// <summary>Nested data as JSON text.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never shown as HTML; other scripts stay readable
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Throws <see cref="JsonException"/> when the row was damaged.</summary>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("A row holds JSON null.");

    /// <summary>Lists are compared by what they hold, so that only a change is written.</summary>
    public static ValueComparer<IReadOnlyList<T>> Compared<T>() => new(
        (one, other) => one == other || (one != null && other != null && one.SequenceEqual(other)), list => list.Count, list => list);

    internal sealed class Converter<T>() : ValueConverter<T, string>(value => Write(value), text => Read<T>(text));
}
