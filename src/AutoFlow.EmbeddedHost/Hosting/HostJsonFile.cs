using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>A value of host.json and where it stands.</summary>
/// <param name="Text">The value as text.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal sealed record HostJsonValue(string Text, int Line, int Column);

/// <summary>
/// The values of a host.json by their path ("extensions:http:routePrefix", compared without case). Comments and
/// trailing commas are taken, as Microsoft's host does.
/// </summary>
internal sealed class HostJsonFile
{
    private readonly Dictionary<string, HostJsonValue> _values;

    private HostJsonFile(string path, Dictionary<string, HostJsonValue> values)
    {
        Path = path;
        _values = values;
    }

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>A file without values.</summary>
    public static HostJsonFile Empty { get; } = new("host.json", []);

    /// <summary>Takes a text apart.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="json">Its text.</param>
    /// <exception cref="HostJsonException">The text is no JSON object; the message begins with file:line:column.</exception>
    public static HostJsonFile Parse(string path, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json.TrimStart('\uFEFF'));
        var values = new Dictionary<string, HostJsonValue>(StringComparer.OrdinalIgnoreCase);
        var reader = new Utf8JsonReader(
            bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            Read(ref reader, bytes, values);
        }
        catch (JsonException fault)
        {
            // The reader's own text ends with its zero-based position, which would contradict ours.
            var reason = fault.Message.Split(" LineNumber:")[0];
            throw new HostJsonException(path, (int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1, reason);
        }

        return new HostJsonFile(path, values);
    }

    /// <summary>A value; null when it is absent.</summary>
    /// <param name="key">Its path.</param>
    public HostJsonValue? Find(string key) => _values.GetValueOrDefault(key);

    /// <summary>The values below a path, by the rest of their paths.</summary>
    /// <param name="key">The path.</param>
    public IEnumerable<(string Key, HostJsonValue Value)> Below(string key) => _values
        .Where(entry => entry.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase))
        .Select(entry => (entry.Key[(key.Length + 1)..], entry.Value));

    /// <summary>A value read as something, or a default when it is absent.</summary>
    /// <typeparam name="T">What it is read as.</typeparam>
    /// <param name="key">Its path.</param>
    /// <param name="fallback">The default.</param>
    /// <param name="read">Reads it; null when it does not fit.</param>
    /// <param name="expected">What is expected, for the message.</param>
    /// <exception cref="HostJsonException">The value does not fit.</exception>
    public T Get<T>(string key, T fallback, Func<string, T?> read, string expected)
        where T : struct
    {
        if (Find(key) is not { } value)
            return fallback;
        return read(value.Text) ?? throw new HostJsonException(
            Path, value.Line, value.Column, $"\"{key.Replace(':', '.')}\" is '{value.Text}'; it must be {expected}.");
    }

    /// <summary>A whole number within bounds, or a default.</summary>
    /// <param name="key">Its path.</param>
    /// <param name="fallback">The default.</param>
    /// <param name="minimum">The lowest value.</param>
    /// <param name="maximum">The highest value.</param>
    public int Number(string key, int fallback, int minimum, int maximum) => Get(
        key,
        fallback,
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum ? number : null,
        $"a whole number from {minimum} to {maximum}");

    /// <summary>A duration that is not negative, or a default.</summary>
    /// <param name="key">Its path.</param>
    /// <param name="fallback">The default.</param>
    public TimeSpan Duration(string key, TimeSpan fallback) => Get(
        key,
        fallback,
        static text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration >= TimeSpan.Zero
            ? duration
            : default(TimeSpan?),
        "a duration such as \"00:00:30\"");

    private static void Read(ref Utf8JsonReader reader, byte[] bytes, Dictionary<string, HostJsonValue> values)
    {
        var path = new Stack<string>();
        var property = string.Empty;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    property = reader.GetString()!;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Push(property.Length == 0 ? string.Empty : Join(path, property));
                    property = string.Empty;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.Pop();
                    property = string.Empty;
                    break;
                case var _ when property.Length > 0:
                    var (line, column) = Position(bytes, (int)reader.TokenStartIndex);
                    var text = reader.TokenType == JsonTokenType.String
                        ? reader.GetString()!
                        : Encoding.UTF8.GetString(reader.ValueSpan);
                    values[Join(path, property)] = new HostJsonValue(text, line, column);
                    break;
                default:
                    break;
            }
        }
    }

    private static string Join(Stack<string> path, string property) =>
        path.TryPeek(out var parent) && parent.Length > 0 ? $"{parent}:{property}" : property;

    private static (int Line, int Column) Position(ReadOnlySpan<byte> bytes, int index)
    {
        var before = bytes[..index];
        return (before.Count((byte)'\n') + 1, index - before.LastIndexOf((byte)'\n'));
    }
}

/// <summary>host.json cannot be used. The message begins with file:line:column.</summary>
/// <param name="path">The file.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="column">The column, from 1.</param>
/// <param name="reason">What is wrong.</param>
internal sealed class HostJsonException(string path, int line, int column, string reason)
    : FormatException($"{path}:{line}:{column}: {reason}");
