using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Intents;

/// <summary>What a message asks for.</summary>
/// <param name="Intents">Best first; see <see cref="UnderstoodMessage.Intents"/>.</param>
/// <param name="Abstained">No intent is sure enough.</param>
public sealed record IntentReading(IReadOnlyList<ScoredIntent> Intents, bool Abstained)
{
    /// <summary>The probability of a label, 0 when it is not listed.</summary>
    public double Of(string label) => Intents.FirstOrDefault(i => i.Label == label)?.Probability ?? 0;
}

/// <summary>Reads intents from the whole message and from its sentences: a clear sentence is not drowned by a long story, and a second wish is found.</summary>
public static class IntentReader
{
    /// <summary>A sentence asks clearly for something from this probability on.</summary>
    private const double Clear = 0.70;

    /// <summary>Shorter sentences ("Thanks!") are no evidence.</summary>
    private const int FewestWords = 3;

    /// <param name="subject">Weighs as one sentence; null when there is none.</param>
    public static IntentReading Read(IntentModel model, string? subject, string visibleText)
    {
        var other = model.IndexOf(IntentLabels.Other);
        var topic = Topic(subject);
        var whole = model.Probabilities(topic is null ? visibleText : $"{topic}\n{visibleText}");
        var pieces = Sentences.Of(visibleText).Where(s => FoldedText.Words(s).Take(FewestWords).Count() == FewestWords).Select(model.Probabilities).ToList();
        var body = pieces.Count;
        if (topic is not null && FoldedText.Words(topic).Skip(1).Any()) pieces.Add(model.Probabilities(topic));
        var joined = pieces.Count > 1 ? Join(whole, pieces, other) : whole;

        var clear = new double[joined.Length];
        foreach (var piece in pieces.Take(body > 1 ? body : 0))
        {
            var top = Top(piece);
            if (top != other && piece[top] >= Clear) clear[top] = Math.Max(clear[top], piece[top]);
        }
        var first = Top(joined);
        // Two clear wishes share the whole message's probability between them; each is still as sure as its own sentence.
        double Sure(int label) => clear[label] > 0 && joined[label] >= 0.2 ? Math.Max(joined[label], clear[label]) : joined[label];
        var intents = new List<ScoredIntent> { new(model.Labels[first], Round(Sure(first))) };
        intents.AddRange(Enumerable.Range(0, joined.Length)
            .Where(label => label != first && clear[label] > 0 && joined[label] >= 0.12)
            .OrderByDescending(label => joined[label])
            .Select(label => new ScoredIntent(model.Labels[label], Round(clear[label]))));
        if (first == other && intents.Count > 1) intents = [.. intents.Skip(1), intents[0]];
        var best = intents[0];
        return new IntentReading(intents, best.Label == IntentLabels.Other || best.Probability < model.Threshold);
    }

    // Half the whole message, half its sentences, each sentence by how much it says.
    private static double[] Join(double[] whole, List<double[]> pieces, int other)
    {
        var sum = new double[whole.Length];
        var weights = 0.0;
        foreach (var piece in pieces)
        {
            var weight = Math.Pow(Enumerable.Range(0, piece.Length).Where(k => k != other).Max(k => piece[k]), 2);
            weights += weight;
            for (var k = 0; k < sum.Length; k++) sum[k] += weight * piece[k];
        }
        if (weights == 0) return whole;
        return [.. whole.Select((p, k) => (0.5 * p) + (0.5 * sum[k] / weights))];
    }

    private static string? Topic(string? subject)
    {
        if (string.IsNullOrWhiteSpace(subject)) return null;
        var topic = subject.Trim();
        // "Re: AW: …": the subject of an old thread's answer still names the matter.
        for (var i = 0; i < 5; i++)
        {
            var colon = topic.IndexOf(':', StringComparison.Ordinal);
            if (colon is < 1 or > 4) break;
            topic = topic[(colon + 1)..].TrimStart();
        }
        return topic.Length == 0 ? null : topic.Length > 300 ? topic[..300] : topic;
    }

    private static int Top(double[] odds)
    {
        var top = 0;
        for (var k = 1; k < odds.Length; k++)
            if (odds[k] > odds[top]) top = k;
        return top;
    }

    private static double Round(double probability) => Math.Round(probability, 4);
}
