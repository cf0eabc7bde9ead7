namespace AutoFlow.Understanding.Intents;

/// <summary>A text as the linear model sees it: rows of the weight table and the value of each.</summary>
public readonly record struct SparseVector(int[] Rows, float[] Values);

/// <summary>Which buckets the training texts use, and how rare each is: turns counts into TF-IDF vectors.</summary>
public sealed class Vocabulary
{
    private readonly Dictionary<int, int> _rows;
    private readonly float[] _idf;

    /// <param name="buckets">The known buckets; their order is the rows' order.</param>
    /// <param name="idf">Inverse document frequency by row.</param>
    public Vocabulary(int[] buckets, float[] idf)
    {
        Buckets = buckets;
        _idf = idf;
        _rows = new Dictionary<int, int>(buckets.Length);
        for (var row = 0; row < buckets.Length; row++) _rows[buckets[row]] = row;
    }

    /// <summary>The known buckets by row.</summary>
    public IReadOnlyList<int> Buckets { get; }

    /// <summary>Inverse document frequency by row.</summary>
    public IReadOnlyList<float> Idf => _idf;

    /// <summary>Learns the vocabulary of some texts.</summary>
    public static Vocabulary Of(IReadOnlyList<FeatureCounts> texts)
    {
        var seen = new Dictionary<int, int>();
        foreach (var text in texts)
        {
            foreach (var bucket in text.Words.Keys) seen[bucket] = seen.GetValueOrDefault(bucket) + 1;
            foreach (var bucket in text.Grams.Keys) seen[bucket] = seen.GetValueOrDefault(bucket) + 1;
        }
        int[] buckets = [.. seen.Keys.Order()];
        return new Vocabulary(buckets, [.. buckets.Select(b => (float)(Math.Log((1.0 + texts.Count) / (1.0 + seen[b])) + 1))]);
    }

    /// <summary>Sublinear TF-IDF; words and character grams each have length 1, so that neither drowns the other. Unknown buckets are left out.</summary>
    public SparseVector Vector(FeatureCounts counts)
    {
        var rows = new List<int>(counts.Words.Count + counts.Grams.Count);
        var values = new List<float>(rows.Capacity);
        Add(counts.Words, rows, values);
        Add(counts.Grams, rows, values);
        return new SparseVector([.. rows], [.. values]);
    }

    private void Add(Dictionary<int, int> counts, List<int> rows, List<float> values)
    {
        var from = values.Count;
        var sum = 0.0;
        foreach (var (bucket, count) in counts)
        {
            var known = _rows.TryGetValue(bucket, out var row);
            // An unknown feature has no weights, yet it makes the text less like anything known.
            var value = (1 + Math.Log(count)) * (known ? _idf[row] : UnknownIdf);
            sum += value * value;
            if (!known) continue;
            rows.Add(row);
            values.Add((float)value);
        }
        if (sum == 0) return;
        var scale = (float)(1 / Math.Sqrt(sum));
        for (var i = from; i < values.Count; i++) values[i] *= scale;
    }

    private const double UnknownIdf = 2.0;
}
