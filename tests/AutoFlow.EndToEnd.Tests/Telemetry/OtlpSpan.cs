using System.Text;

namespace AutoFlow.EndToEnd.Tests.Telemetry;

/// <summary>A span as it is exported.</summary>
/// <param name="ParentId">Empty for a root.</param>
public sealed record OtlpSpan(string TraceId, string SpanId, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes)
{
    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    /// <summary>Reads an ExportTraceServiceRequest (opentelemetry-proto, trace/v1/trace.proto), as far as the tests need it.</summary>
    public static IEnumerable<OtlpSpan> Read(byte[] request) =>
        from resource in Fields(request)
        where resource.Number == 1
        from scope in Fields(resource.Bytes)
        where scope.Number == 2
        from span in Fields(scope.Bytes)
        where span.Number == 2
        select Span([.. Fields(span.Bytes)]);

    private static OtlpSpan Span(IReadOnlyList<(int Number, byte[] Bytes)> fields) => new(
        Hex(fields, 1), Hex(fields, 2), Hex(fields, 4), Encoding.UTF8.GetString(fields.First(field => field.Number == 5).Bytes),
        fields.Where(field => field.Number == 9).Select(field => Attribute([.. Fields(field.Bytes)])).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value));

    private static KeyValuePair<string, string> Attribute(IReadOnlyList<(int Number, byte[] Bytes)> fields) => KeyValuePair.Create(
        Encoding.UTF8.GetString(fields.First(field => field.Number == 1).Bytes),
        // Only texts: field 1 of AnyValue.
        Fields(fields.First(field => field.Number == 2).Bytes).Where(value => value.Number == 1).Select(value => Encoding.UTF8.GetString(value.Bytes)).FirstOrDefault() ?? "");

    private static string Hex(IReadOnlyList<(int Number, byte[] Bytes)> fields, int number) =>
        Convert.ToHexStringLower(fields.FirstOrDefault(field => field.Number == number).Bytes ?? []);

    /// <summary>The fields of a protobuf message; numbers have no bytes.</summary>
    private static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var length = (tag & 7) switch
            {
                0 => Skipped(message, ref at),
                1 => 8,
                2 => (int)Varint(message, ref at),
                5 => 4,
                _ => throw new InvalidDataException($"Wire type {tag & 7} at {at}."),
            };
            yield return ((int)(tag >> 3), message[at..(at + length)]);
            at += length;
        }
    }

    private static int Skipped(byte[] message, ref int at)
    {
        Varint(message, ref at);
        return 0;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }
}
