using System.Buffers;
using System.Collections.Frozen;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Entities;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Privacy;

/// <summary>Finds people's names where the text surely has one: behind a greeting, a closing, or "my name is". A name in the middle of a sentence is not found.</summary>
internal static class PersonNames
{
    /// <summary>In words.</summary>
    private const int LongestName = 4, LongestPhrase = 5;

    private static readonly SearchValues<char> Between = SearchValues.Create(" ,!.-\n\r\t");
    private static readonly FrozenDictionary<string, string> Phrases;
    private static readonly FrozenSet<string> FirstWords;

    static PersonNames()
    {
        var rows = WordLists.Read("name-phrases.tsv", 2).SelectMany(row => row[1].Split('|').Select(phrase => (Phrase: string.Join(' ', FoldedText.Words(phrase)), Kind: row[0]))).ToList();
        Phrases = rows.Where(r => r.Kind is "greeting" or "closing" or "introduction").DistinctBy(r => r.Phrase).ToFrozenDictionary(r => r.Phrase, r => r.Kind);
        FirstWords = Phrases.Keys.Select(p => p.Split(' ')[0]).ToFrozenSet();
        Titles = rows.Where(r => r.Kind == "title").Select(r => r.Phrase).ToFrozenSet();
        Nobody = rows.Where(r => r.Kind == "nobody").Select(r => r.Phrase).ToFrozenSet();
    }

    private static FrozenSet<string> Titles { get; }

    private static FrozenSet<string> Nobody { get; }

    /// <summary>Names in order of appearance, and every other place where the same name or a word of it stands.</summary>
    public static IReadOnlyList<EntitySpan> Find(EntityText text)
    {
        var found = new List<EntitySpan>();
        for (var at = 0; at < text.Count; at++)
        {
            var first = IsLineStart(text, at);
            if (text[at].HasDigit || !FirstWords.Contains(Folded(text, at)) || Phrase(text, at) is not { } phrase || (phrase.Kind != "introduction" && !first)) continue;
            if (phrase.Kind == "introduction" && Folded(text, at) == "this" && !first) continue;
            if (Name(text, phrase.Last, phrase.Kind) is { } name) found.Add(name);
        }
        AddUnspaced(text, found);
        AddOtherPlaces(text, found);
        return found;
    }

    private static (int Last, string Kind)? Phrase(EntityText text, int at)
    {
        var words = Folded(text, at);
        (int, string)? longest = Phrases.TryGetValue(words, out var kind) ? (at, kind) : null;
        for (var last = at + 1; last < text.Count && last < at + LongestPhrase && text.GapAfter(last - 1) is " " or "'" or ", "; last++)
        {
            words = $"{words} {Folded(text, last)}";
            if (Phrases.TryGetValue(words, out kind)) longest = (last, kind);
        }
        return longest;
    }

    private static EntitySpan? Name(EntityText text, int last, string kind)
    {
        var first = last + 1;
        if (first >= text.Count) return null;
        var gap = text.GapAfter(last);
        // A closing stands alone on its line or ends with a comma or dash; a greeting goes on at once.
        var parted = gap.IndexOf('\n') >= 0;
        if (parted ? kind != "closing" || gap.Count('\n') > 3 || gap.IndexOfAnyExcept(Between) >= 0 : gap.IndexOfAnyExcept(" ,-") >= 0) return null;
        while (first < text.Count && Titles.Contains(Folded(text, first)) && text.GapAfter(first) is " " or ". ") first++;
        var end = first - 1;
        while (end + 1 < text.Count && end + 1 - first < LongestName && IsNamePart(text, end + 1) && (end < first || text.GapAfter(end) is " " or "-" or ". " or "'")) end++;
        if (end < first || Titles.Contains(Folded(text, first)) || Phrase(text, first) is not null) return null;
        for (var i = first; i <= end; i++)
            if (Nobody.Contains(Folded(text, i))) return null;
        // Behind the name the line ends, or a comma; an introduced name may be followed by anything.
        var rest = text.Text.AsSpan(text[end].End).TrimStart(" .");
        if (kind != "introduction" && !(rest.IsEmpty || rest[0] is '\n' or ',' or '!' or '-' or ':' or ';' or '(' || (kind == "closing" && !parted && rest[0] == '.'))) return null;
        return new EntitySpan(text[first].Start, text[end].End - text[first].Start);
    }

    private static bool IsNamePart(EntityText text, int at)
    {
        var signs = text.Signs(at);
        if (text[at].HasDigit || signs.Length > 30 || EntityText.IsCjk(signs[0])) return false;
        return char.IsUpper(signs[0]) || signs is "von" or "van" or "de" or "der" or "den" or "di" or "da" or "del" or "la" or "le" or "du";
    }

    // 田中様 at the start of a line; 田中と申します; 我叫王伟.
    private static void AddUnspaced(EntityText text, List<EntitySpan> found)
    {
        var signs = text.Text;
        for (var at = signs.IndexOf('様', StringComparison.Ordinal); at > 0; at = signs.IndexOf('様', at + 1)) AddBefore(signs, at, found, lineStart: true);
        for (var at = signs.IndexOf("と申します", StringComparison.Ordinal); at > 0; at = signs.IndexOf("と申します", at + 1, StringComparison.Ordinal)) AddBefore(signs, at, found, lineStart: false);
        for (var at = signs.IndexOf("我叫", StringComparison.Ordinal); at >= 0; at = signs.IndexOf("我叫", at + 2, StringComparison.Ordinal))
        {
            var end = at + 2;
            while (end < signs.Length && end - at - 2 < 4 && signs[end] is >= '\u4e00' and <= '\u9fff' and not '的') end++;
            if (end - at is >= 4 and <= 6 && (end == signs.Length || !EntityText.IsCjk(signs[end]))) found.Add(new EntitySpan(at + 2, end - at - 2));
        }
    }

    private static void AddBefore(string signs, int end, List<EntitySpan> found, bool lineStart)
    {
        var start = end;
        while (start > 0 && end - start < 8 && signs[start - 1] is (>= '\u4e00' and <= '\u9fff') or (>= '\u30a1' and <= '\u30ff') or '々') start--;
        if (end - start is 0 or > 7 || (lineStart && start > 0 && signs[start - 1] != '\n') || signs.AsSpan(start, end - start) is "客" or "皆" or "担当者" or "担当") return;
        found.Add(new EntitySpan(start, end - start));
    }

    private static void AddOtherPlaces(EntityText text, List<EntitySpan> found)
    {
        if (found.Count == 0) return;
        var names = found.SelectMany(f => text.Text.Substring(f.Start, f.Length).Split([' ', '-', '.', '\''], StringSplitOptions.RemoveEmptyEntries))
            .Where(n => n.Length > 2 || EntityText.IsCjk(n[0])).ToHashSet(StringComparer.Ordinal);
        for (var at = 0; at < text.Count; at++)
            if (!text[at].HasDigit && names.Contains(text.Signs(at).ToString())) found.Add(new EntitySpan(text[at].Start, text[at].Length));
    }

    private static bool IsLineStart(EntityText text, int at) => at == 0 || text.GapAfter(at - 1).IndexOf('\n') >= 0 || text.GapAfter(at - 1).IndexOfAny(".!?") >= 0;

    private static string Folded(EntityText text, int at) => FoldedText.Fold(text.Signs(at).ToString());
}
