namespace AutoFlow.Understanding.Text;

/// <summary>
/// The words and phrases of a word list by language, with what each means. A text is walked once: at each word the longest phrase
/// that begins there is found letter by letter, however many phrases the list has.
/// </summary>
/// <remarks>Rows are <c>meaning, language or *, phrases parted by |</c>; a phrase's trailing <c>*</c> matches any ending.</remarks>
internal sealed class PhraseTable<T>
{
    private readonly record struct Entry(uint Languages, bool AnyEnding, T Meaning);

    // A tree of letters: from a node by a letter to the next; a node where phrases end has entries.
    private readonly Dictionary<long, int> _next = [];
    private readonly List<Entry[]?> _entries = [null];

    /// <exception cref="InvalidDataException">A row is broken, or one phrase means two things in one language: a build mistake.</exception>
    public PhraseTable(string list, Func<string, T> meaning)
    {
        foreach (var row in WordLists.Read(list, 3))
        {
            var means = meaning(row[0]);
            var languages = WordLanguages.OfRow(row[1]);
            foreach (var phrase in row[2].Split('|')) Add(list, phrase, new Entry(languages, phrase.EndsWith('*'), means));
        }
    }

    /// <summary>The longest phrase that begins at a place of a text; null when none does. A phrase that any ending may follow takes the rest of its word.</summary>
    /// <param name="plain">See <see cref="PlainWords"/>.</param>
    /// <param name="at">A word's start.</param>
    /// <param name="languages">See <see cref="WordLanguages"/>.</param>
    /// <returns>What it means, and where the text goes on after it.</returns>
    public (T Meaning, int End)? Match(string plain, int at, uint languages)
    {
        (T, int)? found = null;
        var node = 0;
        for (var i = at; i < plain.Length && _next.TryGetValue(Step(node, plain[i]), out node);)
        {
            i++;
            if (_entries[node] is not { } entries) continue;
            var ends = plain[i] == ' ' || PlainWords.IsDense(plain[i]) || PlainWords.IsDense(plain[i - 1]);
            foreach (var entry in entries)
            {
                if ((entry.Languages & languages) == 0 || !(ends || entry.AnyEnding)) continue;
                found = (entry.Meaning, ends ? i : WordEnd(plain, i));
                break;
            }
        }
        return found;
    }

    /// <summary>Where the next word begins, at or after a place; the text's length when there is none.</summary>
    public static int NextWord(string plain, int at)
    {
        while (at < plain.Length && plain[at] == ' ') at++;
        return at;
    }

    /// <summary>Where the word at a place ends.</summary>
    public static int WordEnd(string plain, int at)
    {
        if (PlainWords.IsDense(plain[at])) return at + 1;
        while (plain[at] != ' ' && !PlainWords.IsDense(plain[at])) at++;
        return at;
    }

    private static long Step(int node, char letter) => ((long)node << 16) | letter;

    private void Add(string list, string phrase, Entry entry)
    {
        var plain = PlainWords.OfPhrase(entry.AnyEnding ? phrase[..^1] : phrase);
        if (plain.Length == 0 || phrase.AsSpan(0, phrase.Length - 1).Contains('*')) throw new InvalidDataException($"{list}: '{phrase}' is no phrase.");
        var node = 0;
        foreach (var letter in plain)
        {
            if (!_next.TryGetValue(Step(node, letter), out var next))
            {
                _next[Step(node, letter)] = next = _entries.Count;
                _entries.Add(null);
            }
            node = next;
        }
        var before = _entries[node] ?? [];
        foreach (var other in before)
            if ((other.Languages & entry.Languages) != 0 && !Equals(other.Meaning, entry.Meaning)) throw new InvalidDataException($"{list}: '{phrase}' means two things.");
        _entries[node] = [.. before, entry];
    }
}
