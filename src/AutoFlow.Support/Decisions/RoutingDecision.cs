using AutoFlow.Support.Policies;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Support.Decisions;

/// <summary>Where a message goes that no running instance has a claim on.</summary>
/// <param name="Reason">In a few words, without personal data.</param>
public abstract record RoutingDecision(string Reason)
{
    /// <summary>Kept, never answered.</summary>
    public sealed record Ignore(string Reason) : RoutingDecision(Reason);

    /// <summary>A new instance of a workflow.</summary>
    /// <param name="Workflow">Its name.</param>
    /// <param name="Intent">The intent acted on; null when no intent was sure enough.</param>
    /// <param name="AlsoAsked">Further intents of the message that this workflow does not answer.</param>
    public sealed record Start(string Workflow, string? Intent, IReadOnlyList<string> AlsoAsked, string Reason) : RoutingDecision(Reason);

    /// <param name="workflows">The workflow for each intent's label.</param>
    public static RoutingDecision Decide(
        UnderstoodMessage message, IReadOnlyDictionary<string, string> workflows, RoutingPolicy policy)
    {
        if (message.Kind != MessageKind.Person) return new Ignore($"{message.Kind}: {message.KindReason ?? "no reason given"}");
        if (message.Abstained || message.Intents.Count == 0) return new Start(policy.HandOver, null, [], "no intent is sure enough");

        var first = message.Intents[0];
        if (first.Probability < policy.ActFrom) return new Start(policy.HandOver, null, [], $"{first.Label} is below the policy's probability");
        var workflow = workflows.GetValueOrDefault(first.Label, policy.HandOver);
        IReadOnlyList<string> also = [.. message.Intents.Skip(1)
            .Where(intent => intent.Probability >= policy.AlsoFrom && workflows.GetValueOrDefault(intent.Label, policy.HandOver) != workflow)
            .Select(intent => intent.Label).Distinct(StringComparer.Ordinal)];
        return new Start(workflow, first.Label, also, $"intent {first.Label}");
    }
}
