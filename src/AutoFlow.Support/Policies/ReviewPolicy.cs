using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>Which replies a person looks at before they go (review.yaml).</summary>
public sealed record ReviewPolicy
{
    /// <summary>Held when the customer's mood is below this, -1 (furious) to 1 (delighted).</summary>
    public required double SentimentBelow { get; init; }

    /// <summary>Held when the intent acted on is less probable than this, 0 to 1.</summary>
    public required double IntentProbabilityBelow { get; init; }

    /// <summary>ISO 639-1 codes of the languages that are answered without a look; any other is held.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Held when an order in question is worth more than this.</summary>
    public required MoneyLimits OrderValueAbove { get; init; }

    /// <summary>Held when the reply promises more money than this.</summary>
    public required MoneyLimits MoneyAbove { get; init; }

    /// <summary>Intents that are always looked at.</summary>
    public required IReadOnlyList<string> Intents { get; init; }

    /// <summary>True when messages that AutoFlow starts itself are held as well.</summary>
    public required bool HoldProactive { get; init; }

    internal static ReviewPolicy Read(YamlMap map)
    {
        var hold = map.Map("hold");
        return new ReviewPolicy
        {
            SentimentBelow = hold?.Number("sentimentBelow", -1, 1) ?? 0,
            IntentProbabilityBelow = hold?.Percentage("intentProbabilityBelow") ?? 0,
            Languages = hold?.Words("languageNotIn") ?? [],
            OrderValueAbove = hold is null ? new(new Dictionary<string, decimal>()) : MoneyLimits.Read(hold, "orderValueAbove"),
            MoneyAbove = hold is null ? new(new Dictionary<string, decimal>()) : MoneyLimits.Read(hold, "moneyAbove"),
            Intents = hold?.Words("intents") ?? [],
            HoldProactive = map.Word("proactive", new Dictionary<string, bool> { ["send"] = false, ["hold"] = true }),
        };
    }
}
