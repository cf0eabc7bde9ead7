using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Languages;

/// <summary>A language and how sure it is.</summary>
/// <param name="Language">ISO 639-1, lower case.</param>
/// <param name="Probability">0 to 1.</param>
public readonly record struct LanguageGuess(string Language, double Probability);

/// <summary>Tells the language of a text: character trigrams learnt from the seeds, common words of further languages, and the script.</summary>
public sealed class LanguageModel
{
    private const int LongestText = 2000;
    private const int MostWords = 300;

    /// <summary>How much one trigram says; they depend on each other, so each counts less than alone.</summary>
    private const double TrigramWeight = 0.35;

    private const double WordWeight = 1.6;

    private static readonly Dictionary<string, HashSet<string>> Words = WordLists.Read("function-words.tsv", 2)
        .ToDictionary(row => row[0], row => row[1].Split(' ').Select(FoldedText.Fold).ToHashSet());

    private static readonly Dictionary<string, double> Rarity = Words.Values.SelectMany(w => w).GroupBy(w => w).ToDictionary(g => g.Key, g => 1.0 / Math.Sqrt(g.Count()));

    private readonly Dictionary<string, Dictionary<string, double>> _trigrams = [];
    private readonly Dictionary<string, double> _unseen = [];

    /// <param name="seeds">Texts with their languages; texts without one are skipped.</param>
    public LanguageModel(IEnumerable<LabelledText> seeds)
    {
        foreach (var language in seeds.Where(s => s.Language.Length == 2).GroupBy(s => s.Language))
        {
            var counts = new Dictionary<string, int>();
            var total = 0;
            foreach (var gram in language.SelectMany(s => Trigrams(Prepared(s.Text))))
            {
                counts[gram] = counts.GetValueOrDefault(gram) + 1;
                total++;
            }
            // Additive smoothing over a common size: a language with few seeds must not win by its unseen trigrams.
            var space = total + (0.5 * 8000);
            _trigrams[language.Key] = counts.ToDictionary(c => c.Key, c => Math.Log((c.Value + 0.5) / space));
            _unseen[language.Key] = Math.Log(0.5 / space);
        }
    }

    /// <summary>The language of a text; English with probability 0 when the text has no letters.</summary>
    public LanguageGuess Of(string text)
    {
        if (text.Length > LongestText) text = text[..LongestText];
        if (Scripts.NonLatin(text) is { } script) return new LanguageGuess(script.Language, script.Share);
        var prepared = Prepared(text);
        var words = FoldedText.Words(prepared).Take(MostWords).ToList();
        if (words.Count == 0) return new LanguageGuess("en", 0);
        var scores = new Dictionary<string, double>();
        var grams = Trigrams(prepared).ToList();
        // Languages without seeds have no trigrams: they are judged as if a known language fitted them badly, and win by their words.
        var stranger = _trigrams.Count == 0 ? 0 : _trigrams.Keys.Max(l => TrigramScore(l, grams)) - (TrigramWeight * 0.2 * Math.Min(grams.Count, 60)) - 1.5;
        foreach (var (language, common) in Words)
        {
            var known = words.Where(common.Contains).Sum(w => Rarity[w]);
            scores[language] = (WordWeight * known) + (_trigrams.ContainsKey(language) ? TrigramScore(language, grams) : stranger);
        }
        foreach (var language in _trigrams.Keys) scores.TryAdd(language, TrigramScore(language, grams));
        var best = scores.MaxBy(s => s.Value);
        return new LanguageGuess(best.Key, Math.Round(1 / scores.Values.Sum(s => Math.Exp(s - best.Value)), 4));
    }

    private double TrigramScore(string language, List<string> grams)
    {
        var known = _trigrams[language];
        var unseen = _unseen[language];
        return TrigramWeight * grams.Sum(g => known.GetValueOrDefault(g, unseen));
    }

    // Numbers, addresses and links belong to no language.
    private static string Prepared(string text) => string.Join(' ', text.Split([' ', '\n', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)
        .Where(w => !w.Any(char.IsDigit) && !w.Contains('@', StringComparison.Ordinal) && !w.Contains("://", StringComparison.Ordinal))
        .Select(FoldedText.Fold));

    private static IEnumerable<string> Trigrams(string prepared)
    {
        foreach (var word in FoldedText.Words(prepared).Take(MostWords))
        {
            var padded = $" {word} ";
            for (var i = 0; i + 3 <= padded.Length; i++) yield return padded.Substring(i, 3);
        }
    }
}
