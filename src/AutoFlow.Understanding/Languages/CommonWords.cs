using System.Collections.Frozen;
using System.Numerics;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Languages;

/// <summary>Common words and telling letters, and the languages that have them.</summary>
internal sealed class CommonWords
{
    /// <summary>What a word says that so many languages share: the fewer, the more.</summary>
    private static readonly double[] Weights = [0, .. Enumerable.Range(1, 64).Select(n => 1 / Math.Sqrt(n))];

    // A set bit is a language's index.
    private readonly Dictionary<string, ulong>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly FrozenDictionary<char, ulong> _letters;

    /// <param name="languages">ISO 639-1, at most 64; a code may stand twice, for two scripts.</param>
    /// <param name="isCyrillic">Whether the language at an index is written in Cyrillic letters.</param>
    public CommonWords(IReadOnlyList<string> languages, IReadOnlyList<bool> isCyrillic)
    {
        var words = new Dictionary<string, ulong>(8000);
        foreach (var row in WordLists.Read("function-words.tsv", 2))
        {
            var bit = Bit(languages, isCyrillic, row[0], row[1][0]);
            foreach (var word in row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var plain = PlainLetters.Of(word);
                words[plain] = words.GetValueOrDefault(plain) | bit;
            }
        }
        _words = words.GetAlternateLookup<ReadOnlySpan<char>>();
        var letters = new Dictionary<char, ulong>();
        foreach (var row in WordLists.Read("telling-letters.tsv", 2))
            foreach (var letter in row[1]) letters[letter] = letters.GetValueOrDefault(letter) | Bit(languages, isCyrillic, row[0], letter);
        _letters = letters.ToFrozenDictionary();
    }

    /// <summary>Adds what a word says to the scores of its languages; false when it is not listed.</summary>
    /// <param name="plain">See <see cref="PlainLetters"/>.</param>
    public bool AddWord(ReadOnlySpan<char> plain, Span<double> scores)
    {
        if (!_words.TryGetValue(plain, out var speakers)) return false;
        Add(speakers, scores);
        return true;
    }

    /// <summary>Adds what a letter says, in lower case.</summary>
    public void AddLetter(char letter, Span<double> scores)
    {
        if (_letters.TryGetValue(letter, out var speakers)) Add(speakers, scores);
    }

    private static void Add(ulong speakers, Span<double> scores)
    {
        var weight = Weights[BitOperations.PopCount(speakers)];
        for (; speakers != 0; speakers &= speakers - 1) scores[BitOperations.TrailingZeroCount(speakers)] += weight;
    }

    private static ulong Bit(IReadOnlyList<string> languages, IReadOnlyList<bool> isCyrillic, string language, char example)
    {
        for (var i = 0; i < languages.Count; i++)
            if (languages[i] == language && isCyrillic[i] == example is >= '\u0400' and <= '\u052f') return 1UL << i;
        throw new InvalidDataException($"A word list names the language '{language}', which is not told.");
    }
}
