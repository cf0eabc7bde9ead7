namespace AutoFlow.Understanding.Intents;

/// <summary>A text as the linear model sees it: rows of the weight table and the value of each.</summary>
/// <param name="Known">Share of the text's words and characters that the training texts had, 0 to 1.</param>
public readonly record struct SparseVector(int[] Rows, float[] Values, float Known);

/// <summary>Which buckets the training texts use, and how rare each is: turns counts into TF-IDF vectors, and adds the point of the text's words.</summary>
public sealed class Vocabulary
{
    /// <summary>An unknown feature has no weights, yet it makes the text less like anything known.</summary>
    private const float UnknownIdf = 2;

    private const int ManyTexts = 12_000;

    private readonly Dictionary<uint, int> _rows;
    private readonly float[] _idf;
    private readonly float _rarest;
    private readonly float _meaningWeight;

    /// <param name="buckets">The known buckets; their order is the rows' order.</param>
    /// <param name="idf">Inverse document frequency by row.</param>
    /// <param name="meaningWeight">Length of the meanings beside the other groups; see <see cref="MeaningWeightOf"/>.</param>
    public Vocabulary(uint[] buckets, float[] idf, float meaningWeight)
    {
        Buckets = buckets;
        _meaningWeight = meaningWeight;
        _idf = idf;
        _rarest = idf.Length == 0 ? 1 : idf.Max();
        _rows = new Dictionary<uint, int>(buckets.Length);
        for (var row = 0; row < buckets.Length; row++) _rows[buckets[row]] = row;
    }

    /// <summary>The known buckets by row.</summary>
    public IReadOnlyList<uint> Buckets { get; }

    /// <summary>Inverse document frequency by row.</summary>
    public IReadOnlyList<float> Idf => _idf;

    /// <summary>Rows of the weight table: one for each bucket, then one for each dimension of the word vectors.</summary>
    public int Rows => _idf.Length + WordVectors.Dimensions;

    public float MeaningWeight => _meaningWeight;

    /// <summary>Meanings are what languages have in common. In English alone they are the words themselves, and would count twice.</summary>
    public static float MeaningWeightOf(IReadOnlyCollection<string> languages) => languages.Count == 1 && languages.First() == "en" ? 0 : 1.5f;

    /// <summary>Learns the vocabulary of some texts.</summary>
    public static Vocabulary Of(IEnumerable<FeatureCounts> texts, float meaningWeight)
    {
        var seen = new Dictionary<uint, int>();
        var count = 0;
        foreach (var text in texts)
        {
            count++;
            foreach (var group in (ReadOnlySpan<Dictionary<uint, int>>)[text.Words, text.Grams, text.Meanings])
                foreach (var bucket in group.Keys) seen[bucket] = seen.GetValueOrDefault(bucket) + 1;
        }
        // What one text of very many says alone says little, and there is much of it.
        var fewest = count > ManyTexts ? 2 : 1;
        uint[] buckets = [.. seen.Where(s => s.Value >= fewest).Select(s => s.Key).Order()];
        return new Vocabulary(buckets, [.. buckets.Select(b => (float)(Math.Log((1.0 + count) / (1.0 + seen[b])) + 1))], meaningWeight);
    }

    /// <summary>
    /// Sublinear TF-IDF; words, character grams, meanings and the words' mean point each have length 1, so that none drowns the
    /// others. Unknown buckets are left out.
    /// </summary>
    public SparseVector Vector(FeatureCounts counts)
    {
        var most = counts.Words.Count + counts.Grams.Count + counts.Meanings.Count + WordVectors.Dimensions;
        var (rows, values, used) = (new int[most], new float[most], 0);
        var known = Add(counts.Words, rows, values, ref used) + Add(counts.Grams, rows, values, ref used);
        Add(counts.Meanings, rows, values, ref used, _meaningWeight);
        AddPoint(counts.Vectors, rows, values, ref used);
        return new SparseVector(rows[..used], values[..used], known / 2);
    }

    // Returns the known share of the group's length.
    private float Add(Dictionary<uint, int> counts, int[] rows, float[] values, ref int used, float weight = 1)
    {
        var from = used;
        if (weight == 0) return 0;
        var sum = 0f;
        foreach (var (bucket, count) in counts)
        {
            var isKnown = _rows.TryGetValue(bucket, out var row);
            var value = (count == 1 ? 1 : 1 + MathF.Log(count)) * (isKnown ? _idf[row] : UnknownIdf);
            sum += value * value;
            if (!isKnown) continue;
            rows[used] = row;
            values[used++] = value;
        }
        if (sum == 0) return 0;
        var scale = 1 / MathF.Sqrt(sum);
        var known = 0f;
        for (var i = from; i < used; i++)
        {
            values[i] *= scale;
            known += values[i] * values[i];
            values[i] *= weight;
        }
        return known;
    }

    private void AddPoint(IReadOnlyList<(int Row, uint Bucket)> vectors, int[] rows, float[] values, ref int used)
    {
        if (vectors.Count == 0) return;
        Span<float> point = stackalloc float[WordVectors.Dimensions];
        point.Clear();
        foreach (var (row, bucket) in vectors)
            WordVectors.Add(row, _rows.TryGetValue(bucket, out var known) ? _idf[known] : _rarest, point);
        var sum = 0f;
        foreach (var value in point) sum += value * value;
        if (sum == 0) return;
        var scale = 1 / MathF.Sqrt(sum);
        for (var d = 0; d < point.Length; d++)
        {
            rows[used] = _idf.Length + d;
            values[used++] = point[d] * scale;
        }
    }
}
