using System.Collections.Frozen;

namespace AutoFlow.Understanding.Entities;

/// <summary>What a word has to do with a date.</summary>
internal enum DateWordKind
{
    Month,
    Weekday,

    /// <summary>So many days from today.</summary>
    Day,
    Last,
    Next,

    /// <summary>One day further than the word after it says: "avant-hier".</summary>
    Beyond,
    Days,

    /// <summary>Stands after "3 days".</summary>
    Ago,

    /// <summary>Stands before "3 Tagen".</summary>
    Since,

    /// <summary>A weekday of the week before this one, by its number.</summary>
    LastWeek,
    NextWeek,
}

/// <summary>One meaning of a word; the next one where other languages mean something else by it.</summary>
/// <param name="Languages">ISO 639-1; empty = any.</param>
internal sealed record DateWord(DateWordKind Kind, int Value, IReadOnlyList<string> Languages, DateWord? Other)
{
    /// <summary>The meaning in a language; null when the word means no date there.</summary>
    /// <param name="language">Null: only what every language understands, and English.</param>
    public DateWord? In(string? language)
    {
        for (var meaning = this; meaning is not null; meaning = meaning.Other)
            if (meaning.Languages.Count == 0 || meaning.Languages.Contains(language ?? "en")) return meaning;
        return null;
    }

    /// <summary>True when the word is of this kind in the language.</summary>
    public bool Is(DateWordKind kind, string? language) => In(language)?.Kind == kind || (Other?.In(language) is { } other && other.Kind == kind);
}

/// <summary>The words of dates, from <c>date-words.tsv</c>, and the weekdays of Chinese and Japanese weeks.</summary>
internal static class DateWords
{
    private static readonly FrozenDictionary<string, DateWord>.AlternateLookup<ReadOnlySpan<char>> Spaced;
    private static readonly FrozenDictionary<char, (string Word, DateWord Date)[]> Unspaced;

    static DateWords()
    {
        var words = new Dictionary<string, DateWord>();
        foreach (var row in WordLists.Read("date-words.tsv", 4))
        {
            string[] languages = row[2] == "*" ? [] : row[2].Split(',');
            var kind = Enum.Parse<DateWordKind>(row[0], ignoreCase: true);
            var value = int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture);
            foreach (var word in row[3].Split('|')) words[word] = new DateWord(kind, value, languages, words.GetValueOrDefault(word));
        }
        Spaced = words.Where(w => !EntityText.IsCjk(w.Key[0])).ToFrozenDictionary(w => w.Key, w => w.Value).GetAlternateLookup<ReadOnlySpan<char>>();
        Unspaced = words.Where(w => EntityText.IsCjk(w.Key[0])).Select(w => (Word: w.Key, Date: w.Value)).Concat(WeekdaysOfWeeks())
            .GroupBy(w => w.Word[0]).ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(w => w.Word.Length).ToArray());
    }

    /// <param name="word">Folded. Null when it says nothing about a date.</param>
    public static DateWord? Of(ReadOnlySpan<char> word) => Spaced.TryGetValue(word, out var date) ? date : null;

    /// <summary>The longest word of a language without spaces that a text starts with; null when there is none.</summary>
    public static DateWord? AtStart(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        if (!Unspaced.TryGetValue(text[0], out var words)) return null;
        foreach (var (word, date) in words)
        {
            if (!text.StartsWith(word, StringComparison.Ordinal)) continue;
            length = word.Length;
            return date;
        }
        return null;
    }

    private static IEnumerable<(string Word, DateWord Date)> WeekdaysOfWeeks()
    {
        foreach (var (prefixes, kind) in new[] { ("上周 上星期 上週 上礼拜 先週の 先週", DateWordKind.LastWeek), ("下周 下星期 下週 下礼拜 来週の 来週", DateWordKind.NextWeek) })
        {
            foreach (var prefix in prefixes.Split(' '))
            {
                var japanese = prefix.Contains('週') && prefix[0] is '先' or '来';
                for (var day = 1; day <= 7; day++)
                {
                    var name = $"{prefix}{(japanese ? "月火水木金土日" : "一二三四五六日")[day - 1]}";
                    yield return (japanese ? $"{name}曜" : name, new DateWord(kind, day, [], null));
                    if (japanese) yield return ($"{name}曜日", new DateWord(kind, day, [], null));
                    else if (day == 7) yield return ($"{prefix}天", new DateWord(kind, day, [], null));
                }
            }
        }
    }
}
