using System.Text;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Intents;

/// <summary>Hashed counts of a text's features, before weighting.</summary>
/// <param name="Words">Word 1- and 2-grams: bucket to count.</param>
/// <param name="Grams">Character 3- to 5-grams inside word borders: bucket to count.</param>
public sealed record FeatureCounts(Dictionary<int, int> Words, Dictionary<int, int> Grams);

/// <summary>
/// Takes features from a text: word 1-2-grams and character 3-5-grams within word borders, hashed.
/// Characters make it stand misspellings and inflected languages; numbers count only by their kind, so no order number is learnt by heart.
/// </summary>
public static class Features
{
    /// <summary>Number of hash buckets; a power of two.</summary>
    public const int Buckets = 1 << 20;

    /// <summary>Only so many words of a text count.</summary>
    public const int MostWords = 600;

    /// <summary>The features of a text as it was written.</summary>
    public static FeatureCounts Of(string text)
    {
        var words = new Dictionary<int, int>();
        var grams = new Dictionary<int, int>();
        var before = "^";
        foreach (var word in Tokens(text).Take(MostWords))
        {
            Count(words, Hash(17, word));
            Count(words, Hash(Hash(31, before), word));
            before = word;
            CountGrams(grams, word);
        }
        return new FeatureCounts(words, grams);
    }

    /// <summary>Folded words; numbers become their kind, question marks are words of their own, addresses and links one word each.</summary>
    public static IEnumerable<string> Tokens(string text)
    {
        var folded = FoldedText.Fold(text);
        var word = new StringBuilder();
        for (var i = 0; i <= folded.Length; i++)
        {
            var c = i < folded.Length ? folded[i] : ' ';
            if (c is >= '\u3040' and <= '\u9fff' or >= '\uac00' and <= '\ud7af')
            {
                // Japanese, Chinese and Korean do not part words: each sign is one, the 2-grams join them.
                if (word.Length > 0) yield return Kind(word.ToString());
                word.Clear();
                yield return c.ToString();
            }
            else if (char.IsLetterOrDigit(c) || (c is '@' && word.Length > 0)) word.Append(c);
            else
            {
                if (word.Length > 0) yield return Kind(word.ToString());
                word.Clear();
                if (c is '?' or '!') yield return c.ToString();
                else if (c is '€' or '$' or '£') yield return "€";
            }
        }
    }

    private static string Kind(string word)
    {
        if (word.Contains('@', StringComparison.Ordinal)) return "<mail>";
        var digits = word.Count(char.IsAsciiDigit);
        if (digits == 0) return word.Length > 40 ? word[..40] : word;
        if (digits == word.Length) return digits switch { 1 => "<n1>", 2 or 3 => "<n2>", 4 or 5 or 6 => "<n4>", _ => "<n9>" };
        return digits >= 4 ? "<code>" : word;
    }

    private static void CountGrams(Dictionary<int, int> grams, string word)
    {
        if (word.Length == 0 || word[0] is '<' or '?' or '!' or '€') return;
        var padded = $" {word} ";
        for (var size = 3; size <= 5; size++)
        {
            for (var at = 0; at + size <= padded.Length; at++) Count(grams, Hash(size * 131, padded.AsSpan(at, size)));
            if (padded.Length <= size) break;
        }
    }

    private static void Count(Dictionary<int, int> counts, int hash)
    {
        var bucket = hash & (Buckets - 1);
        counts[bucket] = counts.GetValueOrDefault(bucket) + 1;
    }

    // FNV-1a with a last mix: stable over machines and .NET versions, unlike string.GetHashCode.
    private static int Hash(int seed, ReadOnlySpan<char> text)
    {
        var hash = 2166136261u ^ (uint)seed;
        foreach (var c in text) hash = (hash ^ c) * 16777619u;
        hash ^= hash >> 15;
        hash *= 0x2c1b3c6d;
        hash ^= hash >> 12;
        return (int)hash;
    }
}
