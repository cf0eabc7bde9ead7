namespace AutoFlow.Understanding.Entities;

/// <summary>What a word near a number calls it.</summary>
internal enum NumberWord
{
    None,
    Order,
    Tracking,
    Phone,
    Postcode,
    Invoice,
    Customer,
    Connector,
    Month,
    Unit,
}

/// <summary>The words around numbers, from <c>entity-words.tsv</c>.</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, NumberWord> Exact = [];
    private static readonly List<(string Stem, NumberWord Kind)> Stems = [];

    static NumberWords()
    {
        foreach (var row in WordLists.Read("entity-words.tsv", 2))
        {
            var kind = Enum.Parse<NumberWord>(row[0], ignoreCase: true);
            foreach (var word in row[1].Split('|'))
            {
                if (word.EndsWith('*')) Stems.Add((word[..^1], kind));
                else Exact.TryAdd(word, kind);
            }
        }
    }

    /// <param name="word">Folded.</param>
    public static NumberWord Of(string word)
    {
        if (Exact.TryGetValue(word, out var kind)) return kind;
        foreach (var (stem, of) in Stems)
            if (word.StartsWith(stem, StringComparison.Ordinal)) return of;
        return NumberWord.None;
    }

    /// <summary>Names a number: order, tracking, phone, … and not just glue.</summary>
    public static bool Names(NumberWord word) => word is not (NumberWord.None or NumberWord.Connector or NumberWord.Month or NumberWord.Unit);
}
