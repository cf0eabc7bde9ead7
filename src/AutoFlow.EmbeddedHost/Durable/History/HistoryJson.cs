using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Durable.Tracing;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>Histories as they are stored and exported.</summary>
internal static class HistoryJson
{
    // Stored, never shown in a page: escaping only what JSON itself asks for keeps payloads in payloads short.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = HistoryJsonContext.Default,
    };

    private static readonly JsonSerializerOptions Indented = new(Options) { WriteIndented = true };
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonTypeInfo<HistoryEvent> EachEvent = Info<HistoryEvent>();
    private static readonly JsonTypeInfo<List<HistoryEvent>> ReadEventList = Info<List<HistoryEvent>>();

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _own;

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Info<T>());

    public static T Read<T>(string json)
        => JsonSerializer.Deserialize(json, Info<T>()) ?? throw new JsonException($"Stored {typeof(T).Name} is null.");

    public static T Read<T>(ReadOnlySpan<byte> utf8)
        => JsonSerializer.Deserialize(utf8, Info<T>()) ?? throw new JsonException($"Stored {typeof(T).Name} is null.");

    /// <summary>Events as a UTF-8 JSON array.</summary>
    public static ReadOnlyMemory<byte> Utf8(IReadOnlyList<HistoryEvent> events)
    {
        if (events.Count == 0)
            return "[]"u8.ToArray();
        var own = _own ??= NewWriter();
        own.Buffer.ResetWrittenCount();
        own.Writer.Reset(own.Buffer);
        EventWriter.Write(own.Writer, events, EachEvent);
        own.Writer.Flush();
        var written = own.Buffer.WrittenSpan.ToArray();
        if (own.Buffer.Capacity > 1_000_000)
            _own = null;
        return written;
    }

    /// <summary>Events of a UTF-8 JSON array.</summary>
    public static IReadOnlyList<HistoryEvent> Events(ReadOnlySpan<byte> utf8)
        => JsonSerializer.Deserialize(utf8, ReadEventList) ?? throw new JsonException("Stored events are null.");

    /// <summary>A whole history for a file that people read.</summary>
    public static string Export(IReadOnlyList<TurnRecord> turns) => JsonSerializer.Serialize(turns, Indented) + "\n";

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        return (buffer, new Utf8JsonWriter(buffer, WriterOptions));
    }

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}

/// <summary>The shapes that are stored, generated at compile time.</summary>
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(List<HistoryEvent>))]
[JsonSerializable(typeof(IReadOnlyList<HistoryEvent>))]
[JsonSerializable(typeof(List<TurnRecord>))]
[JsonSerializable(typeof(IReadOnlyList<TurnRecord>))]
[JsonSerializable(typeof(TurnRecord))]
[JsonSerializable(typeof(NewInstance))]
[JsonSerializable(typeof(InstanceTrace))]
[JsonSerializable(typeof(TaskFailureDetails))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<long>))]
[JsonSerializable(typeof(IEnumerable<int>))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
