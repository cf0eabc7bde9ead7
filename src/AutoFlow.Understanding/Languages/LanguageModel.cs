using System.Text;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Languages;

/// <summary>A language and how sure it is.</summary>
/// <param name="Language">ISO 639-1, lower case.</param>
/// <param name="Probability">0 to 1.</param>
public readonly record struct LanguageGuess(string Language, double Probability);

/// <summary>Tells the language of a text by its script, by pieces of its words, and by common words. Immutable; nothing is learnt at start.</summary>
public sealed class LanguageModel
{
    private const int LongestText = 2000;
    private const int MostWords = 250;

    // All in the unit of the pieces' scores, where a known piece has 53 to 232; set by trying on the tests' samples and the seeds.

    /// <summary>What a common word says that one language has, or a telling letter.</summary>
    private const double WordScore = 90;

    /// <summary>The start that the shop's market has over other languages: it decides "google pay?" and the like.</summary>
    private const double Market = 40;

    /// <summary>What a language gets less than its sister whose pieces it borrows.</summary>
    private const double Sister = 40;

    /// <summary>What a language without pieces and without a sister gets of the best one's score: its words must tell it.</summary>
    private const double Stranger = 0.8;

    /// <summary>So much difference makes a language e times as likely.</summary>
    private const double Temperature = 60;

    /// <summary>With this score a guess is right in half of the cases, whatever the others have: names and single words fit something by chance.</summary>
    private const double Guesses = 70;

    private static readonly string[] MarketLanguages = ["en", "de", "fr", "es", "it", "nl", "pl"];

    /// <summary>ISO 639-1 codes of all languages that can be told.</summary>
    public static IReadOnlySet<string> Known { get; } = new HashSet<string>([.. NGrams.Instance.Languages, "sr", "mk", "ga", "ja", "zh", "ko", "ar", "fa", "ur", "he", "th", "el"]);

    private readonly NGrams _pieces = NGrams.Instance;
    private readonly string[] _languages;
    private readonly bool[] _isCyrillic;
    private readonly double[] _prior;
    private readonly CommonWords _words;
    private readonly int _serbianInLatin, _macedonian, _irish, _croatian, _serbian, _bulgarian;

    public LanguageModel()
    {
        // Serbian has pieces in Cyrillic letters only, Macedonian and Irish have none.
        _languages = [.. _pieces.Languages, "sr", "mk", "ga"];
        _isCyrillic = [.. _pieces.Languages.Select(l => l is "bg" or "ru" or "uk" or "sr"), false, true, false];
        _prior = [.. _languages.Select(l => Array.IndexOf(MarketLanguages, l) >= 0 ? Market : 0)];
        _words = new CommonWords(_languages, _isCyrillic);
        (_serbianInLatin, _macedonian, _irish) = (_languages.Length - 3, _languages.Length - 2, _languages.Length - 1);
        (_croatian, _serbian, _bulgarian) = (Array.IndexOf(_languages, "hr"), Array.IndexOf(_languages, "sr"), Array.IndexOf(_languages, "bg"));
    }

    /// <summary>The language of a text; English with probability 0 when the text has no letters.</summary>
    public LanguageGuess Of(string text)
    {
        if (text.Length > LongestText) text = text[..LongestText];
        text = PlainLetters.Composed(text);
        var script = Scripts.Of(text);
        if (script.Language is { } known) return new LanguageGuess(known, script.Share);
        Span<int> scores = stackalloc int[_pieces.Languages.Length];
        Span<double> words = stackalloc double[_languages.Length];
        scores.Clear();
        words.Clear();
        var evidence = Count(text, scores, words);
        CountLetters(text, words);
        return evidence == 0 ? new LanguageGuess("en", 0) : Best(scores, words, script.IsCyrillic);
    }

    private LanguageGuess Best(Span<int> scores, Span<double> words, bool cyrillic)
    {
        Span<double> total = stackalloc double[_languages.Length];
        var best = 0;
        for (var i = 0; i < scores.Length; i++) best = scores[i] > scores[best] ? i : best;
        for (var i = 0; i < total.Length; i++)
        {
            var pieces = i == _serbianInLatin ? scores[_croatian] - Sister
                : i == _macedonian ? Math.Max(scores[_serbian], scores[_bulgarian]) - Sister
                : i == _irish ? scores[best] * Stranger
                : scores[i];
            total[i] = _isCyrillic[i] == cyrillic ? pieces + (WordScore * words[i]) + _prior[i] : double.NegativeInfinity;
        }
        best = 0;
        for (var i = 1; i < total.Length; i++) best = total[i] > total[best] ? i : best;
        var sum = 0.0;
        var language = _languages[best];
        for (var i = 0; i < total.Length; i++)
            if (_languages[i] != language || i == best) sum += Math.Exp((total[i] - total[best]) / Temperature);
        // A few pieces fit some language by chance, names above all.
        var sure = total[best] / (total[best] + Guesses);
        return new LanguageGuess(language, Math.Round(sure / sum, 4));
    }

    // Returns how many pieces and common words were known.
    private int Count(string text, Span<int> scores, Span<double> words)
    {
        Span<int> slots = stackalloc int[SeenPieces.Size];
        slots.Clear();
        var seen = new SeenPieces(slots);
        Span<byte> bytes = stackalloc byte[NGrams.LongestWord + 4];
        Span<char> plain = stackalloc char[NGrams.LongestWord + PlainLetters.MostPerLetter];
        var (evidence, count) = (0, 0);
        foreach (var word in new LetterRuns(text))
        {
            if (++count > MostWords) break;
            var (length, letters) = (0, 0);
            foreach (var c in word)
            {
                if (length >= NGrams.LongestWord || letters >= NGrams.LongestWord) break;
                var lower = c switch { '’' or 'ʼ' => '\'', 'İ' => 'i', _ => char.ToLowerInvariant(c) };
                if (char.IsSurrogate(lower)) continue;
                length += new Rune(lower).EncodeToUtf8(bytes[length..]);
                if (lower != '\'')
                {
                    letters += PlainLetters.Write(lower, plain[letters..]);
                    continue;
                }
                // "L'adresse" is two words.
                evidence += _words.AddWord(plain[..letters], words) ? 1 : 0;
                letters = 0;
            }
            evidence += _pieces.Add(bytes[..length], scores, seen) + (_words.AddWord(plain[..letters], words) ? 1 : 0);
        }
        return evidence;
    }

    // Telling letters are many in a long text but few kinds: each counts once.
    private void CountLetters(string text, Span<double> words)
    {
        Span<char> seen = stackalloc char[32];
        var count = 0;
        foreach (var c in text)
        {
            if (c < 0x80) continue;
            var lower = char.ToLowerInvariant(c);
            if (seen[..count].Contains(lower)) continue;
            _words.AddLetter(lower, words);
            if (count == seen.Length) return;
            seen[count++] = lower;
        }
    }
}
