using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Intents;

/// <summary>What a message asks for.</summary>
/// <param name="Intents">Best first; see <see cref="UnderstoodMessage.Intents"/>.</param>
/// <param name="Abstained">No intent is sure enough.</param>
/// <param name="Second">What the message could mean instead, whether it is asked for or not; null when the model has one label.</param>
public sealed record IntentReading(IReadOnlyList<ScoredIntent> Intents, bool Abstained, ScoredIntent? Second)
{
    /// <summary>The probability of a label, 0 when it is not listed.</summary>
    public double Of(string label) => Intents.FirstOrDefault(i => i.Label == label)?.Probability ?? 0;
}

/// <summary>Reads the main intent from the whole message, and further wishes from its sentences.</summary>
public static class IntentReader
{
    /// <summary>A sentence asks clearly for something else from this probability on.</summary>
    private const double Clear = 0.80;

    /// <summary>The whole message must hold a further wish possible, too: a sentence of a story is not yet a wish.</summary>
    private const double Possible = 0.05;

    /// <summary>Shorter sentences ("Thanks!") are no evidence.</summary>
    private const int FewestWords = 4;

    /// <param name="subject">Read before the text; null when there is none.</param>
    /// <param name="language">ISO 639-1 of the message.</param>
    public static IntentReading Read(IntentModel model, string? subject, string visibleText, string language)
    {
        var whole = model.Score(WithTopic(subject, visibleText), language);
        ScoredIntent Intent(int label, double probability) => new(model.Labels[label], Math.Round(probability, 4));
        var clear = ClearSentences(model, visibleText, language);
        var further = Enumerable.Range(0, model.Labels.Count).Where(label => label != whole.Best && clear[label] > 0 && !IntentLabels.StandsAlone(model.Labels[label])
                && (label == whole.Second || whole.Probabilities[label] >= Possible))
            .OrderByDescending(label => clear[label]).ToList();
        // Two clear wishes share the whole message between them; each is still as sure as its own sentence.
        var first = further.Count > 0 && further[0] == whole.Second ? Math.Max(whole.Probability, clear[whole.Best]) : whole.Probability;
        var intents = new List<ScoredIntent> { Intent(whole.Best, first) };
        intents.AddRange(further.Select(label => Intent(label, clear[label])));
        var abstained = whole.Best == model.Negative || intents[0].Probability < model.Threshold;
        return new IntentReading(intents, abstained, whole.Second < 0 ? null : Intent(whole.Second, whole.Probabilities[whole.Second]));
    }

    /// <summary>The whole message as it is read: what the subject says, then the text.</summary>
    public static string WithTopic(string? subject, string visibleText) => Topic(subject) is { } topic ? $"{topic}\n{visibleText}" : visibleText;

    // By label, how clearly a sentence of its own asks for it; 0 where none does.
    private static double[] ClearSentences(IntentModel model, string text, string language)
    {
        var clear = new double[model.Labels.Count];
        var sentences = Sentences.Of(text).Where(s => FoldedText.Words(s).Take(FewestWords).Count() == FewestWords || Signs(s) > FewestWords * 2).ToList();
        if (sentences.Count < 2) return clear;
        foreach (var sentence in sentences)
        {
            var scored = model.Score(sentence, language);
            if (scored.Best != model.Negative && scored.Probability >= Clear) clear[scored.Best] = Math.Max(clear[scored.Best], scored.Probability);
        }
        return clear;
    }

    private static int Signs(string sentence) => sentence.Count(Tokens.IsSign);

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
}
