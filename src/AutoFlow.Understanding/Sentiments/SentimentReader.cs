using System.Globalization;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Sentiments;

/// <summary>How pleased or angry a text sounds: a lexicon in nine languages with negation and emphasis, shouting and exclamation marks. Irony is not heard.</summary>
public static class SentimentReader
{
    private const int LongestText = 4000;

    /// <summary>A negation or an emphasis reaches the next three words; a clause's end stops it.</summary>
    private const int Reach = 4;

    /// <summary>What words of plain trouble ("broken", "late") can add up to: to report much is not to be furious.</summary>
    private const double MostTrouble = 2.5;

    private enum Effect { None, Weight, Negates, Strengthens, Thanks }

    private readonly record struct Meaning(Effect Effect, int Weight = 0);

    private static readonly PhraseTable<Meaning> Words = new("sentiment-words.tsv", tag => tag switch
    {
        "not" => new Meaning(Effect.Negates),
        "very" => new Meaning(Effect.Strengthens),
        "thanks" => new Meaning(Effect.Thanks),
        "none" => new Meaning(Effect.None),
        _ => new Meaning(Effect.Weight, int.Parse(tag, CultureInfo.InvariantCulture)),
    });

    /// <summary>From -1 (furious) to 1 (delighted); 0 for a text that says neither.</summary>
    /// <param name="language">ISO 639-1; null when it is not known.</param>
    public static double Of(string text, string? language = null)
    {
        var plain = PlainWords.Of(text, LongestText);
        var languages = WordLanguages.OfText(language);
        var (pleased, trouble, anger) = (0.0, 0.0, 0.0);
        var (negated, stronger, thanks) = (0, 0, false);
        for (var at = 1; at < plain.Length;)
        {
            negated--;
            stronger--;
            if (plain[at] == PlainWords.ClauseEnd) (negated, stronger) = (0, 0);
            var end = PhraseTable<Meaning>.WordEnd(plain, at);
            if (Words.Match(plain, at, languages) is { } found)
            {
                end = found.End;
                var emphasis = stronger > 0 ? 1.5 : 1;
                switch (found.Meaning)
                {
                    case { Effect: Effect.Negates }: negated = Reach; break;
                    case { Effect: Effect.Strengthens }: stronger = Reach; negated++; break;
                    case { Effect: Effect.Thanks }: thanks |= negated <= 0; break;
                    // "Not happy" is unhappy; "not broken" is hardly praise.
                    case { Effect: Effect.Weight } word when negated > 0: anger -= word.Weight > 0 ? Math.Min(2, word.Weight) * emphasis : 0; break;
                    case { Effect: Effect.Weight, Weight: > 0 } word: pleased += word.Weight * emphasis; break;
                    case { Effect: Effect.Weight, Weight: -1 }: trouble -= emphasis; break;
                    case { Effect: Effect.Weight } word: anger += word.Weight * emphasis; break;
                    default: break;
                }
            }
            at = PhraseTable<Meaning>.NextWord(plain, end);
        }
        // Who is angry praises what was, and who reports trouble is polite all the same.
        if (anger < 0) pleased *= 0.4;
        else if (trouble < 0) pleased *= 0.5;
        else if (thanks) pleased++;
        var sum = pleased + anger + Math.Max(-MostTrouble, trouble);
        if (sum < 0) sum -= Shouting(text);
        return Math.Round(Math.Tanh(sum / 5), 3);
    }

    private static double Shouting(string text)
    {
        var (marks, words, letters, capitals) = (0, 0, 0, 0);
        for (var i = 0; i < text.Length && i < LongestText; i++)
        {
            var c = text[i];
            if (c is '!' or '！') marks++;
            if (char.IsLetter(c))
            {
                letters++;
                if (char.IsUpper(c)) capitals++;
                continue;
            }
            if (letters >= 4 && capitals == letters) words++;
            (letters, capitals) = (0, 0);
        }
        if (letters >= 4 && capitals == letters) words++;
        return (Math.Min(3, marks) * 0.5) + Math.Min(3, words);
    }
}
