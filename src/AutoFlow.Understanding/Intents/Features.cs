using System.Runtime.InteropServices;

namespace AutoFlow.Understanding.Intents;

/// <summary>A text's features as they are counted, before weighting. Buckets are 32-bit hashes.</summary>
/// <param name="Words">Word 1- and 2-grams.</param>
/// <param name="Grams">Character 3- to 5-grams inside word borders; of signs 2- to 4-grams.</param>
/// <param name="Meanings">English words that the text's words stand for, 1- and 2-grams: what languages have in common.</param>
/// <param name="Vectors">Rows of <see cref="WordVectors"/>, each with the bucket of the word in <paramref name="Meanings"/>.</param>
public sealed record FeatureCounts(
    Dictionary<uint, int> Words, Dictionary<uint, int> Grams, Dictionary<uint, int> Meanings, IReadOnlyList<(int Row, uint Bucket)> Vectors);

/// <summary>
/// Takes features from a text: word 1-2-grams, character 3-5-grams within word borders, and meanings by the glossaries.
/// Characters make it stand misspellings and inflected languages, meanings let one language learn from another.
/// </summary>
public static class Features
{
    private const uint WordSeed = 17, PairSeed = 31, MeaningSeed = 57, MeaningPairSeed = 71, SignSeed = 500;

    /// <summary>The features of a text as it was written.</summary>
    /// <param name="language">ISO 639-1 of the text: which glossary reads it.</param>
    public static FeatureCounts Of(string text, string language)
    {
        var tokens = Tokens.Of(text);
        var words = new Dictionary<uint, int>(tokens.Count * 2);
        var grams = new Dictionary<uint, int>(tokens.Count * 12);
        var before = "^";
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            Count(words, Hash(WordSeed, token.Text));
            Count(words, Hash(Hash(PairSeed, before), token.Text));
            before = token.Text;
            if (token.Kind == TokenKind.Word) CountGrams(grams, token.Text);
            else if (token.Kind == TokenKind.Sign) CountSigns(grams, tokens, i);
        }
        Count(words, Hash(Hash(PairSeed, before), "$"));
        var (meanings, vectors) = Meanings(tokens, language);
        return new FeatureCounts(words, grams, meanings, vectors);
    }

    private static (Dictionary<uint, int> Counts, List<(int Row, uint Bucket)> Vectors) Meanings(List<Token> tokens, string language)
    {
        var counts = new Dictionary<uint, int>(tokens.Count * 2);
        var vectors = new List<(int, uint)>(tokens.Count);
        var before = "^";
        foreach (var meaning in Glossary.Of(language).Read(tokens))
        {
            var bucket = Hash(MeaningSeed, meaning);
            Count(counts, bucket);
            Count(counts, Hash(Hash(MeaningPairSeed, before), meaning));
            before = meaning;
            if (WordVectors.RowOf(meaning) is >= 0 and var row) vectors.Add((row, bucket));
        }
        return (counts, vectors);
    }

    private static void CountGrams(Dictionary<uint, int> grams, string word)
    {
        Span<char> padded = stackalloc char[word.Length + 2];
        padded[0] = padded[^1] = ' ';
        word.CopyTo(padded[1..]);
        for (var size = 3; size <= 5; size++)
        {
            for (var at = 0; at + size <= padded.Length; at++) Count(grams, Hash((uint)size * 131, padded.Slice(at, size)));
            if (padded.Length <= size) break;
        }
    }

    private static void CountSigns(Dictionary<uint, int> grams, List<Token> tokens, int at)
    {
        var hash = SignSeed;
        for (var size = 1; size <= 4 && at + size <= tokens.Count && tokens[at + size - 1].Kind == TokenKind.Sign; size++)
        {
            hash = Hash(hash + (uint)size, tokens[at + size - 1].Text);
            if (size > 1) Count(grams, hash);
        }
    }

    private static void Count(Dictionary<uint, int> counts, uint bucket) => CollectionsMarshal.GetValueRefOrAddDefault(counts, bucket, out _)++;

    // FNV-1a with an avalanche at the end: neighbouring words must not fall into neighbouring buckets.
    private static uint Hash(uint seed, ReadOnlySpan<char> text)
    {
        var hash = 2166136261u ^ (seed * 0x9E3779B1u);
        foreach (var c in text) hash = (hash ^ c) * 16777619u;
        hash ^= hash >> 15;
        hash *= 0x2c1b3c6d;
        hash ^= hash >> 12;
        return hash;
    }
}
