using AutoFlow.Support.Policies;

namespace AutoFlow.Support.Decisions;

/// <summary>What is known about a reply before it goes.</summary>
public sealed record ReviewFacts
{
    /// <summary>ISO 639-1, of the customer's message.</summary>
    public required string Language { get; init; }

    /// <summary>-1 to 1; null when unknown.</summary>
    public double? Sentiment { get; init; }

    /// <summary>The intent acted on; null when none.</summary>
    public string? Intent { get; init; }

    /// <summary>0 to 1; null when no intent was acted on.</summary>
    public double? IntentProbability { get; init; }

    /// <summary>Totals of the orders in question.</summary>
    public IReadOnlyList<Money> OrderTotals { get; init; } = [];

    /// <summary>Refunds and values of goods that the reply promises.</summary>
    public IReadOnlyList<Money> Promised { get; init; } = [];

    /// <summary>Set when a message that is answered was marked for review (<see cref="Understanding.UnderstoodMessage.ReviewReason"/>).</summary>
    public string? ReviewReason { get; init; }

    /// <summary>True when AutoFlow writes first.</summary>
    public bool Proactive { get; init; }
}

/// <summary>Whether a reply goes out or a person looks first.</summary>
/// <param name="Action"><c>send</c> or <c>hold</c>.</param>
/// <param name="Because">Every reason to hold, joined by "; "; null for <c>send</c>.</param>
public sealed record ReviewDecision(string Action, string? Because)
{
    public static ReviewDecision Decide(ReviewPolicy policy, ReviewFacts facts)
    {
        var reasons = Reasons(policy, facts).ToList();
        return reasons.Count == 0 ? new("send", null) : new("hold", string.Join("; ", reasons));
    }

    private static IEnumerable<string> Reasons(ReviewPolicy policy, ReviewFacts facts)
    {
        if (!policy.Languages.Contains(facts.Language)) yield return $"language {facts.Language}";
        if (facts.OrderTotals.FirstOrDefault(total => !policy.OrderValueAbove.Cover(total)) is { Currency: not null } total) yield return $"order value {total}";
        if (facts.Promised.FirstOrDefault(money => !policy.MoneyAbove.Cover(money)) is { Currency: not null } money) yield return $"promises {money}";
        if (facts.Proactive)
        {
            if (policy.HoldProactive) yield return "proactive message";
            // Mood and intent were judged for the customer's message, not for what AutoFlow starts.
            yield break;
        }

        if (facts.ReviewReason is { } mark) yield return mark;
        if (facts.Sentiment < policy.SentimentBelow) yield return "the customer is upset";
        if (facts.IntentProbability < policy.IntentProbabilityBelow) yield return "the intent is not sure";
        if (facts.Intent is { } intent && policy.Intents.Contains(intent)) yield return $"intent {intent}";
    }
}
