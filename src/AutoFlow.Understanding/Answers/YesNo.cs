using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Answers;

/// <summary>Yes or no, in words or by what happened ("found it", "still nothing").</summary>
internal static class YesNo
{
    /// <summary>Further in, a bare "no" or "ok" is as likely part of a story.</summary>
    private const int LeadingWords = 6;

    private static readonly ILookup<string, (string Kind, string[] Words)> Phrases = WordLists.Read("answer-phrases.tsv", 3)
        .SelectMany(row => row[2].Split('|').Select(p => (Language: row[0], Kind: row[1], Words: Split(p))))
        .OrderByDescending(p => p.Words.Length)
        .ToLookup(p => p.Language, p => (p.Kind, p.Words));

    private static readonly HashSet<string> Turns = ["but", "aber", "doch", "mais", "pero", "ma", "pero", "maar", "ale", "jedoch", "jednak", "actually", "inzwischen", "finalement", "finalmente"];

    /// <summary><see cref="AnswerKind.Yes"/>, <see cref="AnswerKind.No"/> or <see cref="AnswerKind.Unclear"/>.</summary>
    public static AnswerKind Read(string visibleText, string language)
    {
        var words = Split(visibleText.Length > 4000 ? visibleText[..4000] : visibleText);
        var found = Matches(words, language);
        if (found.Count == 0 && language != "en") found = Matches(words, "en");
        var lack = found.LastOrDefault(f => f.Kind == "lack");
        var have = found.LastOrDefault(f => f.Kind == "have");
        if (lack.Kind is not null && have.Kind is not null)
        {
            // "It was not there, but the neighbour had it": the later half counts when a word turns the sentence.
            var (first, second) = lack.At < have.At ? (lack, have) : (have, lack);
            if (!words[first.At..second.At].Any(Turns.Contains)) return second.Kind == "lack" && first.Kind == "lack" ? AnswerKind.No : AnswerKind.Unclear;
            return second.Kind == "have" ? AnswerKind.Yes : AnswerKind.No;
        }
        if (lack.Kind is not null) return AnswerKind.No;
        if (have.Kind is not null) return AnswerKind.Yes;
        // A question back ("Can you send it again?") is no answer, unless it starts with one.
        var spoken = found.Where(f => f.At < LeadingWords).ToList();
        if (spoken.Count == 0) return AnswerKind.Unclear;
        if (visibleText.Contains('?', StringComparison.Ordinal) && spoken[0].At > 1) return AnswerKind.Unclear;
        if (spoken.TrueForAll(f => f.Kind == spoken[0].Kind)) return Kind(spoken[0].Kind);
        return spoken[0].At == 0 ? Kind(spoken[0].Kind) : AnswerKind.Unclear;
    }

    private static AnswerKind Kind(string kind) => kind == "yes" ? AnswerKind.Yes : AnswerKind.No;

    // Longer phrases take their words first: "not found" is not "found".
    private static List<(string Kind, int At)> Matches(string[] words, string language)
    {
        var taken = new bool[words.Length];
        var found = new List<(string Kind, int At)>();
        foreach (var (kind, phrase) in Phrases[language])
        {
            for (var at = 0; at + phrase.Length <= words.Length; at++)
            {
                if (!words.AsSpan(at, phrase.Length).SequenceEqual(phrase) || taken.AsSpan(at, phrase.Length).Contains(true)) continue;
                taken.AsSpan(at, phrase.Length).Fill(true);
                found.Add((kind, at));
            }
        }
        return [.. found.OrderBy(f => f.At)];
    }

    private static string[] Split(string text) => [.. FoldedText.Words(FoldedText.Fold(text))];
}
