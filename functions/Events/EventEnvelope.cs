using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoFlow.Functions.Messages;
using AutoFlow.Support.Events;
using AutoFlow.Workflows.Jq;
using Microsoft.AspNetCore.Http;

namespace AutoFlow.Functions.Events;

/// <summary>
/// Reads CloudEvents 1.0 from HTTP: structured, batched or binary content mode (CloudEvents HTTP protocol binding 1.0.2,
/// section 3). Either every event, or everything that is wrong with them; never throws on bad input.
/// </summary>
public static class EventEnvelope
{
    private const string BatchType = "application/cloudevents-batch";
    private const string StructuredType = "application/cloudevents";
    private const string HeaderPrefix = "ce-";

    /// <summary>Levels of an event, its own among them: workflows that receive it add theirs, and all must fit into their histories.</summary>
    private const int Deepest = 32;

    /// <summary>Too deep is told as that, not as a mistake in the JSON.</summary>
    private static readonly JsonDocumentOptions Any = new() { MaxDepth = JqValue.MaxDepth };

    private static readonly JsonSerializerOptions Written = new() { MaxDepth = JqValue.MaxDepth };

    public static (IReadOnlyList<IncomingEvent>? Events, IReadOnlyList<MessageEnvelope.Problem> Problems) Read(
        string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        try
        {
            // A structured event says so; without that, the headers do.
            var isStructured = contentType?.StartsWith(StructuredType, StringComparison.OrdinalIgnoreCase) == true;
            if (!isStructured && headers.ContainsKey("ce-specversion")) return Read([Binary(contentType, headers, body)], isBatch: false);
            using var document = JsonDocument.Parse(body, Any);
            var root = document.RootElement;
            var isBatch = contentType?.StartsWith(BatchType, StringComparison.OrdinalIgnoreCase) == true || root.ValueKind == JsonValueKind.Array;
            if (!isBatch) return Read([root], isBatch: false);
            return root.ValueKind == JsonValueKind.Array
                ? Read([.. root.EnumerateArray()], isBatch: true)
                : (null, [new MessageEnvelope.Problem("/", "A batch is an array of events.")]);
        }
        catch (JsonException exception)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{exception.LineNumber + 1}:{exception.BytePositionInLine + 1}");
            return (null, [new MessageEnvelope.Problem(at, $"The body is not JSON at {at}. Send a CloudEvent as application/cloudevents+json.")]);
        }
        catch (InvalidOperationException)
        {
            // JsonElement reads a text only when it is asked for: bytes that are no UTF-8, or half of a surrogate pair.
            return (null, [new MessageEnvelope.Problem("/", "A text in the body is not valid Unicode. Send the JSON as UTF-8.")]);
        }
    }

    private static (IReadOnlyList<IncomingEvent>?, IReadOnlyList<MessageEnvelope.Problem>) Read(IReadOnlyList<JsonElement> roots, bool isBatch)
    {
        var events = new List<IncomingEvent>();
        var problems = new List<MessageEnvelope.Problem>();
        for (var at = 0; at < roots.Count; at++)
        {
            if (IsTooDeep(roots[at].GetRawText()))
            {
                problems.Add(new MessageEnvelope.Problem(isBatch ? $"/{at}" : "/", $"The event nests deeper than {Deepest} levels. Send its data flatter, or its inner part as a text."));
                continue;
            }

            var fields = new EnvelopeFields(roots[at]);
            fields.Exactly("/specversion", "1.0");
            events.Add(new IncomingEvent(fields.Text("/source") ?? "", fields.Text("/id") ?? "", fields.Text("/type") ?? "", roots[at].GetRawText()));
            fields.OptionalTime("/time");
            problems.AddRange(fields.Problems.Select(problem => isBatch ? problem with { Field = $"/{at}{problem.Field}" } : problem));
        }

        return problems.Count == 0 ? (events, []) : (null, problems);
    }

    /// <summary>Binary mode: the attributes are headers, the body is the data; here in the structured mode's form.</summary>
    private static JsonElement Binary(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var form = new JsonObject();
        foreach (var (name, value) in headers.Where(header => header.Key.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)))
            form[name[HeaderPrefix.Length..].ToLowerInvariant()] = Uri.UnescapeDataString(value.ToString());
        if (contentType is not null) form["datacontenttype"] = contentType;
        if (!body.IsEmpty)
        {
            if (contentType is null || contentType.Contains("json", StringComparison.OrdinalIgnoreCase)) form["data"] = JsonNode.Parse(body.Span, documentOptions: Any);
            else if (contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)) form["data"] = Encoding.UTF8.GetString(body.Span);
            else form["data_base64"] = Convert.ToBase64String(body.Span);
        }

        return JsonSerializer.SerializeToElement(form, Written);
    }

    private static bool IsTooDeep(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            // The depth of what a token stands in.
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject && reader.CurrentDepth >= Deepest) return true;
        }

        return false;
    }
}
