using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace AutoFlow.Understanding.Intents;

/// <summary>
/// English words as points in space, near each other when they are used alike: GloVe 6B, 100 dimensions (Pennington, Socher and
/// Manning, 2014; Public Domain Dedication and Licence 1.0), the most common words, rounded to a byte a dimension. Other languages
/// reach them through their <see cref="Glossary"/>.
/// </summary>
internal static class WordVectors
{
    /// <summary>Numbers to a word.</summary>
    public const int Dimensions = 100;

    private static readonly (Dictionary<string, int> Rows, sbyte[] Values) Table = Read();

    /// <summary>The word's row, or -1 when it is not known.</summary>
    /// <param name="word">Folded English.</param>
    public static int RowOf(string word) => Table.Rows.GetValueOrDefault(word, -1);

    /// <summary>Adds a word's point, times a weight, to <paramref name="sum"/>.</summary>
    public static void Add(int row, float weight, Span<float> sum)
    {
        var values = Table.Values.AsSpan(row * Dimensions, Dimensions);
        for (var d = 0; d < Dimensions; d++) sum[d] += values[d] * weight;
    }

    // Brotli over: how many words (int32), bytes of their text (int32), the words parted by line feeds, their values.
    private static (Dictionary<string, int>, sbyte[]) Read()
    {
        using var resource = typeof(WordVectors).Assembly.GetManifestResourceStream("word-vectors.br")
            ?? throw new InvalidDataException("word-vectors.br is not in the assembly.");
        using var reader = new BinaryReader(new BrotliStream(resource, CompressionMode.Decompress));
        var count = reader.ReadInt32();
        var words = Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadInt32())).Split('\n');
        var rows = new Dictionary<string, int>(count);
        for (var row = 0; row < count; row++) rows.Add(words[row], row);
        var values = new sbyte[count * Dimensions];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return (rows, values);
    }
}
