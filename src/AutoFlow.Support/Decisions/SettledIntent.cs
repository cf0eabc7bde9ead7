using AutoFlow.Support.Understanding;

namespace AutoFlow.Support.Decisions;

/// <summary>
/// What the workflows that there are make of a message's intents. A message that could mean two things which one workflow answers is sure enough for that workflow: "late" and "lost" are both
/// looked up first; without this the model would abstain exactly where its doubt does not matter. And of several wishes the one
/// comes first that a workflow answers: the others are passed on.
/// </summary>
public static class SettledIntent
{
    /// <summary>The message, no longer abstained where its two likeliest intents go to one workflow and are sure enough together.</summary>
    /// <param name="workflows">The workflow for each intent's label.</param>
    public static UnderstoodMessage Of(UnderstoodMessage message, IReadOnlyDictionary<string, string> workflows)
    {
        if (!message.Abstained) return Answerable(message, workflows);
        if (message is not { Intents: [var first, ..], Alternative: { } second }) return message;
        var together = first.Probability + second.Probability;
        return together >= message.ActFrom
            && workflows.TryGetValue(first.Label, out var workflow) && workflows.TryGetValue(second.Label, out var other) && workflow == other
            ? message with { Abstained = false, Intents = [first with { Probability = Math.Min(1, Math.Round(together, 4)) }, .. message.Intents.Skip(1)] }
            : message;
    }

    private static UnderstoodMessage Answerable(UnderstoodMessage message, IReadOnlyDictionary<string, string> workflows)
    {
        if (message.Intents.Count < 2 || workflows.ContainsKey(message.Intents[0].Label)) return message;
        return message.Intents.FirstOrDefault(intent => workflows.ContainsKey(intent.Label) && intent.Probability >= message.ActFrom) is { } answered
            ? message with { Intents = [answered, .. message.Intents.Where(intent => intent != answered)] }
            : message;
    }
}
