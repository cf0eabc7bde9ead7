using System.Globalization;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Answers;

/// <summary>Which of the offered choices a reply picks.</summary>
internal static class Choices
{
    private static readonly Dictionary<string, string> Ordinals = WordLists.Read("ordinals.tsv", 2)
        .SelectMany(row => row[1].Split('|').Select(word => (word, row[0])))
        .DistinctBy(p => p.word)
        .ToDictionary(p => p.word, p => p.Item2);

    /// <summary>The one choice that the text names or points at; null when it names none or several.</summary>
    public static string? Pick(string visibleText, IReadOnlyList<string> choices)
    {
        if (choices.Count == 0) return null;
        var words = FoldedText.Words(FoldedText.Fold(visibleText)).Take(300).ToList();
        var spaced = $" {string.Join(' ', words)} ";
        var named = choices.Where(c => Named(spaced, c)).ToList();
        if (named.Count > 0) return named.Count == 1 ? named[0] : null;
        // Only a short reply points by place: in a long one "first" is a word like any other.
        if (choices.Count < 2 || words.Count > 15) return null;
        var pointed = words.Select(w => Ordinals.GetValueOrDefault(w)).OfType<string>().Distinct().ToList();
        if (pointed.Count == 1) return At(pointed[0], choices);
        return words.Count == 1 && words[0].Length == 1 ? At(words[0], choices) : null;
    }

    private static bool Named(string spaced, string choice)
    {
        var wanted = string.Join(' ', FoldedText.Words(FoldedText.Fold(choice)));
        return wanted.Length > 0 && spaced.Contains($" {wanted} ", StringComparison.Ordinal);
    }

    private static string? At(string place, IReadOnlyList<string> choices)
    {
        if (place == "last") return choices[^1];
        return int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= choices.Count ? choices[number - 1] : null;
    }
}
