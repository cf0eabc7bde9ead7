using System.Text.Json;
using AutoFlow.Functions.Steps;

namespace AutoFlow.Functions.Instances;

/// <summary>What instances are given and give.</summary>
internal static class Payload
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = StepJson.DeepestAnswer - 4 };

    /// <summary>A payload as JSON; a text that is none is a string. Null for none.</summary>
    public static JsonElement? Of(string? payload)
    {
        if (payload is null) return null;
        try
        {
            using var parsed = JsonDocument.Parse(payload, Deep);
            return parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(payload);
        }
    }
}
