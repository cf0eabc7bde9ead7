using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace AutoFlow.Understanding.Languages;

/// <summary>
/// How much pieces of words speak for each language. The scores are those of the Efficient Language Detector
/// (Apache-2.0, see <c>eld/NOTICE.md</c>; <c>eld/convert.mjs</c> tells the file's form). Read once, then immutable: about 4 MB.
/// </summary>
internal sealed class NGrams
{
    /// <summary>Bytes of a word that are looked at; no language needs more to be told.</summary>
    public const int LongestWord = 70;

    private const ulong WordStart = 1UL << 32, WordEnd = 1UL << 33;
    private const int Piece = 4, Stride = 3;

    private static readonly Lazy<NGrams> Shipped = new(Read);

    private readonly ulong[] _slots;
    private readonly int[] _first;
    private readonly byte[] _counts;
    private readonly byte[] _ids;
    private readonly byte[] _scores;

    // Runs once with long loops: not worth a slow start before the optimiser looks at it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private NGrams(string[] languages, ulong[] keys, ReadOnlySpan<byte> counts, byte[] ids, byte[] scores)
    {
        Languages = languages;
        _ids = ids;
        _scores = scores;
        _slots = new ulong[(int)BitOperations.RoundUpToPowerOf2((uint)(keys.Length * 3 / 2))];
        _first = new int[_slots.Length];
        _counts = new byte[_slots.Length];
        var at = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            var slot = Slot(keys[i]);
            _slots[slot] = keys[i];
            _first[slot] = at;
            _counts[slot] = counts[i];
            at += counts[i];
        }
    }

    /// <summary>The one that ships; about 30 ms when it is first asked for.</summary>
    public static NGrams Instance => Shipped.Value;

    /// <summary>ISO 639-1; a score's index is the language's place here.</summary>
    public string[] Languages { get; }

    /// <summary>
    /// Adds what a word says. Pieces have four bytes, each begins with the last byte of the one before; a piece counts once in a text.
    /// Returns how many pieces were known.
    /// </summary>
    /// <param name="word">Lower case, UTF-8.</param>
    /// <param name="seen">The pieces that were counted before in this text.</param>
    public int Add(ReadOnlySpan<byte> word, Span<int> scores, SeenPieces seen)
    {
        if (word.Length > LongestWord) word = word[..LongestWord];
        var known = 0;
        var at = 0;
        for (; at + Piece < word.Length; at += Stride) known += Count(Key(word.Slice(at, Piece)) | (at == 0 ? WordStart : 0), scores, seen);
        var last = word.Length > Piece ? word[^Piece..] : word;
        return known + Count(Key(last) | WordEnd | (at == 0 ? WordStart : 0), scores, seen);
    }

    private static ulong Key(ReadOnlySpan<byte> piece)
    {
        var key = 0UL;
        foreach (var b in piece) key = (key << 8) | b;
        return key;
    }

    private int Count(ulong key, Span<int> scores, SeenPieces seen)
    {
        var slot = Slot(key);
        if (_slots[slot] != key || !seen.Add(slot)) return 0;
        var first = _first[slot];
        for (var i = first; i < first + _counts[slot]; i++) scores[_ids[i]] += _scores[i];
        return 1;
    }

    // Open addressing: the slot that has the key, or the free one where it would be. No key is 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ulong key)
    {
        var mask = _slots.Length - 1;
        var slot = (int)((key * 0x9E3779B97F4A7C15UL) >> 40) & mask;
        while (_slots[slot] != 0 && _slots[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static NGrams Read()
    {
        using var packed = Assembly.GetExecutingAssembly().GetManifestResourceStream("ngrams.br") ?? throw new InvalidDataException("ngrams.br is not in the assembly.");
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
        using var unpacked = new MemoryStream(1 << 20);
        brotli.CopyTo(unpacked);
        var rest = unpacked.GetBuffer().AsSpan(0, (int)unpacked.Length);
        if (!Take(ref rest, 4).SequenceEqual("AFN1"u8)) throw new InvalidDataException("ngrams.br is of another form.");
        var languages = new string[Take(ref rest, 1)[0]];
        for (var i = 0; i < languages.Length; i++) languages[i] = Encoding.ASCII.GetString(Take(ref rest, 2));
        var keys = new ulong[BinaryPrimitives.ReadInt32LittleEndian(Take(ref rest, 4))];
        var (last, at) = (0UL, 0);
        for (var i = 0; i < keys.Length; i++)
        {
            var shift = 0;
            for (; rest[at] >= 0x80; shift += 7) last += (ulong)(rest[at++] & 0x7f) << shift;
            keys[i] = last += (ulong)rest[at++] << shift;
        }
        rest = rest[at..];
        var counts = Take(ref rest, keys.Length);
        var scores = 0;
        foreach (var count in counts) scores += count;
        return new NGrams(languages, keys, counts, Take(ref rest, scores).ToArray(), Take(ref rest, scores).ToArray());
    }

    private static ReadOnlySpan<byte> Take(ref Span<byte> rest, int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
