using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AutoFlow.Functions.Messages;

/// <summary>Reads the fields of an envelope by JSON pointer and collects what is wrong with them.</summary>
internal sealed class EnvelopeFields(JsonElement root)
{
    /// <summary>Longest id or address kept, in octets of UTF-8 (RFC 6532 section 3.4): longer ones are no message's, and no index takes them.</summary>
    private const int LongestName = 998;

    private readonly List<MessageEnvelope.Problem> _problems = [];

    public IReadOnlyList<MessageEnvelope.Problem> Problems => _problems;

    public void Exactly(string pointer, string expected)
    {
        var found = OptionalText(pointer);
        if (found != expected) Add(pointer, found is null ? $"Missing: set it to \"{expected}\"." : $"Must be \"{expected}\".");
    }

    /// <summary>A text that must be there.</summary>
    public string? Text(string pointer)
    {
        var text = OptionalText(pointer);
        if (string.IsNullOrWhiteSpace(text)) Add(pointer, "Missing or empty: a text is needed.");
        else CheckLength(pointer, text);
        return text;
    }

    /// <summary>An id that may be missing.</summary>
    public string? OptionalName(string pointer)
    {
        var text = OptionalText(pointer);
        if (text is not null) CheckLength(pointer, text);
        return text;
    }

    public string? OptionalText(string pointer)
    {
        if (Find(pointer) is not { } found || found.ValueKind == JsonValueKind.Null) return null;
        if (found.ValueKind == JsonValueKind.String) return found.GetString();
        Add(pointer, $"Must be a text, not {Name(found)}.");
        return null;
    }

    /// <summary>The first text; one of the two must be there, empty or not.</summary>
    public string? OneOf(string pointer, string other)
    {
        var text = OptionalText(pointer);
        if (Find(pointer) is null && Find(other) is null) Add(pointer, $"Missing: give the body here, or as HTML in {other}.");
        return text;
    }

    public DateTimeOffset? OptionalTime(string pointer)
    {
        if (OptionalText(pointer) is not { } text) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return time;
        Add(pointer, "Must be a time as in RFC 3339, for example 2026-11-02T09:30:00Z.");
        return null;
    }

    public int OptionalCount(string pointer)
    {
        if (Find(pointer) is not { } found || found.ValueKind == JsonValueKind.Null) return 0;
        if (found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out var count) && count >= 0) return count;
        Add(pointer, "Must be a whole number, 0 or more.");
        return 0;
    }

    public Dictionary<string, string> Texts(string pointer)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Find(pointer) is not { } found || found.ValueKind == JsonValueKind.Null) return texts;
        if (found.ValueKind != JsonValueKind.Object)
        {
            Add(pointer, $"Must be an object of texts, not {Name(found)}.");
            return texts;
        }

        foreach (var property in found.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String) texts[property.Name] = property.Value.GetString()!;
            else Add($"{pointer}/{property.Name}", $"Must be a text, not {Name(property.Value)}.");
        }

        return texts;
    }

    private void CheckLength(string pointer, string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > LongestName) Add(pointer, string.Create(CultureInfo.InvariantCulture, $"Longer than {LongestName} octets."));
    }

    private JsonElement? Find(string pointer)
    {
        var found = root;
        foreach (var name in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found)) return null;
        }

        return found;
    }

    private void Add(string pointer, string message) => _problems.Add(new MessageEnvelope.Problem(pointer, message));

    private static string Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        _ => "nothing",
    };
}
