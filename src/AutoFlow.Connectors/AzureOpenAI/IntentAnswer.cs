using System.Text.Json;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>Intents as a model named them. It is all that is taken from a model: nothing in them is run, and nothing is paid by them.</summary>
/// <param name="Intents">Best first; see <see cref="UnderstoodMessage.Intents"/>.</param>
/// <param name="Abstained">No intent is sure enough.</param>
internal sealed record IntentAnswer(IReadOnlyList<ScoredIntent> Intents, bool Abstained)
{
    /// <summary>Reads the text of an answer; null when it is not of the form that was asked for, or names a label that there is not.</summary>
    /// <param name="abstainBelow">Further intents below this are left out as well.</param>
    public static IntentAnswer? Read(string text, IntentTaxonomy taxonomy, double abstainBelow)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("intents", out var listed) || listed.ValueKind != JsonValueKind.Array)
                return null;
            var intents = new List<ScoredIntent>();
            foreach (var one in listed.EnumerateArray())
            {
                if (Intent(one, taxonomy) is not { } intent) return null;
                if (intents.TrueForAll(known => known.Label != intent.Label)) intents.Add(intent);
            }

            return intents.Count == 0 ? null : Of([.. intents.OrderByDescending(intent => intent.Probability)], abstainBelow);
        }
        // Half of a surrogate pair is found only when the text is asked for (InvalidOperationException).
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IntentAnswer Of(List<ScoredIntent> intents, double abstainBelow) => new(
        [.. intents.Where((intent, place) => place == 0 || (intent.Probability >= abstainBelow && intent.Label != IntentTaxonomy.Other))],
        intents[0].Label == IntentTaxonomy.Other || intents[0].Probability < abstainBelow);

    private static ScoredIntent? Intent(JsonElement one, IntentTaxonomy taxonomy) =>
        one.ValueKind == JsonValueKind.Object
        && one.TryGetProperty("label", out var label) && label.ValueKind == JsonValueKind.String && label.GetString() is { } name
        && taxonomy.Definitions.Any(definition => definition.Label == name)
        && one.TryGetProperty("probability", out var probability) && probability.ValueKind == JsonValueKind.Number
        && probability.TryGetDouble(out var number) && number is >= 0 and <= 1
            ? new ScoredIntent(name, Math.Round(number, 4))
            : null;
}
