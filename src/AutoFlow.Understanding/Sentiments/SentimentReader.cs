using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Sentiments;

/// <summary>How pleased or angry a text sounds: a small lexicon in seven languages, shouting and exclamation marks.</summary>
public static class SentimentReader
{
    private const int MostWords = 600;
    private static readonly Dictionary<string, int> Exact = [];
    private static readonly List<(string Stem, int Weight)> Stems = [];
    private static readonly List<(string Phrase, int Weight)> Phrases = [];

    static SentimentReader()
    {
        foreach (var row in WordLists.Read("sentiment-words.tsv", 2))
        {
            var weight = int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture);
            foreach (var word in row[1].Split('|'))
            {
                if (word.Contains(' ', StringComparison.Ordinal)) Phrases.Add((word, weight));
                else if (word.EndsWith('*')) Stems.Add((word[..^1], weight));
                else Exact.TryAdd(word, weight);
            }
        }
    }

    /// <summary>From -1 (furious) to 1 (delighted); 0 for a text that says neither.</summary>
    public static double Of(string text)
    {
        var folded = FoldedText.Fold(text);
        var sum = Phrases.Where(p => folded.Contains(p.Phrase, StringComparison.Ordinal)).Sum(p => (double)p.Weight);
        var negated = 0;
        foreach (var word in FoldedText.Words(folded).Take(MostWords))
        {
            negated--;
            if (Weight(word) is not { } weight) continue;
            if (weight == 0) negated = 3;
            // "Not happy" is unhappy; "not broken" is hardly praise.
            else sum += negated > 0 ? (weight > 0 ? -weight : 0) : weight;
        }
        if (sum < 0) sum -= Shouting(text);
        return Math.Round(Math.Tanh(sum / 5), 3);
    }

    private static int? Weight(string word)
    {
        if (Exact.TryGetValue(word, out var weight)) return weight;
        foreach (var (stem, of) in Stems)
            if (word.StartsWith(stem, StringComparison.Ordinal)) return of;
        return null;
    }

    private static double Shouting(string text)
    {
        var marks = Math.Min(3, text.Count(c => c == '!')) * 0.5;
        var capitals = FoldedText.Words(text).Take(MostWords).Count(w => w.Length >= 4 && w.All(char.IsUpper));
        return marks + Math.Min(3, capitals);
    }
}
