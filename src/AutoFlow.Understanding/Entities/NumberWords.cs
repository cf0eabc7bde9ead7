using System.Collections.Frozen;

namespace AutoFlow.Understanding.Entities;

/// <summary>What a word near a number calls it.</summary>
internal enum NumberWord
{
    None,
    Order,

    /// <summary>The deed, not the thing: "ordered", "bestellt".</summary>
    Ordered,

    /// <summary>A tracking number, or following a parcel.</summary>
    Tracking,

    /// <summary>A parcel, its delivery, or a carrier.</summary>
    Parcel,
    Phone,
    Postcode,
    Invoice,
    Customer,

    /// <summary>An article of the shop.</summary>
    Product,

    /// <summary>A small word that stands between a name and its number.</summary>
    Connector,

    /// <summary>"Number", "code", "ref": makes the word beside it the name of a number.</summary>
    Term,
    Month,
    Unit,
}

/// <summary>The words around numbers, from <c>entity-words.tsv</c>.</summary>
internal static class NumberWords
{
    private static readonly FrozenDictionary<string, NumberWord>.AlternateLookup<ReadOnlySpan<char>> Exact;
    private static readonly (string Stem, NumberWord Kind)[][] Stems = new (string, NumberWord)[26][];
    private static readonly FrozenDictionary<char, (string Word, NumberWord Kind)[]> Unspaced;

    static NumberWords()
    {
        var words = WordLists.Read("entity-words.tsv", 2)
            .SelectMany(row => row[1].Split('|').Select(word => (Word: word, Kind: Enum.Parse<NumberWord>(row[0], ignoreCase: true)))).ToLookup(w => (w.Word[^1] == '*', EntityText.IsCjk(w.Word[0])));
        Exact = words[(false, false)].DistinctBy(w => w.Word).ToFrozenDictionary(w => w.Word, w => w.Kind).GetAlternateLookup<ReadOnlySpan<char>>();
        for (var letter = 0; letter < Stems.Length; letter++)
            Stems[letter] = [.. words[(true, false)].Where(w => w.Word[0] == 'a' + letter).Select(w => (w.Word[..^1], w.Kind)).OrderByDescending(w => w.Item1.Length)];
        Unspaced = words[(false, true)].GroupBy(w => w.Word[0]).ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(w => w.Word.Length).ToArray());
    }

    /// <param name="word">Folded.</param>
    public static NumberWord Of(ReadOnlySpan<char> word)
    {
        if (Exact.TryGetValue(word, out var kind)) return kind;
        if (word.Length == 0 || word[0] is < 'a' or > 'z') return NumberWord.None;
        foreach (var (stem, of) in Stems[word[0] - 'a'])
            if (word.StartsWith(stem, StringComparison.Ordinal)) return of;
        return NumberWord.None;
    }

    /// <summary>The longest word of a language without spaces that a text starts with; length 0 when there is none.</summary>
    public static (int Length, NumberWord Kind) AtStart(ReadOnlySpan<char> text)
    {
        if (!Unspaced.TryGetValue(text[0], out var words)) return (0, NumberWord.None);
        foreach (var (word, kind) in words)
            if (text.StartsWith(word, StringComparison.Ordinal)) return (word.Length, kind);
        return (0, NumberWord.None);
    }

    /// <summary>Names a number: order, tracking, phone, … and not just glue.</summary>
    public static bool Names(NumberWord word) => word is not (NumberWord.None or NumberWord.Connector or NumberWord.Term or NumberWord.Month or NumberWord.Unit);
}
