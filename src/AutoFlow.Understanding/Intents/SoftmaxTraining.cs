namespace AutoFlow.Understanding.Intents;

/// <summary>Trains a <see cref="LinearModel"/> by stochastic gradient descent in a fixed order, on one thread: the same texts give the same model.</summary>
internal static class SoftmaxTraining
{
    private const int Epochs = 8;
    private const float FirstRate = 3.0f;
    private const float Decay = 4e-6f;

    /// <summary>Biases learn slower than weights: a text always has one.</summary>
    private const float BiasRate = 0.02f;

    /// <param name="rows">Rows of the vocabulary.</param>
    public static LinearModel Train(IReadOnlyList<SparseVector> texts, IReadOnlyList<int> labels, int labelCount, int rows)
    {
        var stride = LinearModel.StrideOf(labelCount);
        var weights = new float[rows * stride];
        var bias = new float[stride];
        var weightOf = LabelWeights(labels, labelCount);
        var order = Enumerable.Range(0, texts.Count).ToArray();
        var random = 0x9E3779B9u;
        var scores = new float[stride];
        var slope = new float[stride];
        // All weights shrink at every step; one common scale stands for that, so that a step touches only the text's own rows.
        var scale = 1f;
        var steps = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            Shuffle(order, ref random);
            foreach (var at in order)
            {
                var rate = FirstRate * (1f - ((float)steps++ / (Epochs * texts.Count)));
                var text = texts[at];
                Array.Clear(scores);
                for (var i = 0; i < text.Rows.Length; i++)
                    LinearModel.AddScaled(scores, weights.AsSpan(text.Rows[i] * stride, stride), text.Values[i]);
                for (var k = 0; k < labelCount; k++) scores[k] = (scores[k] * scale) + bias[k];
                Slope(scores.AsSpan(0, labelCount), slope, labels[at], weightOf[labels[at]]);
                scale *= 1f - (rate * Decay);
                for (var i = 0; i < text.Rows.Length; i++)
                    LinearModel.AddScaled(weights.AsSpan(text.Rows[i] * stride, stride), slope, rate * text.Values[i] / scale);
                for (var k = 0; k < labelCount; k++) bias[k] += rate * BiasRate * slope[k];
            }
        }
        for (var i = 0; i < weights.Length; i++) weights[i] *= scale;
        return new LinearModel(labelCount, weights, bias);
    }

    // Of the log loss: what the right label lacks, and what the others have too much.
    private static void Slope(ReadOnlySpan<float> scores, Span<float> slope, int label, float weight)
    {
        var highest = float.NegativeInfinity;
        foreach (var score in scores) highest = MathF.Max(highest, score);
        var sum = 0f;
        for (var k = 0; k < scores.Length; k++) sum += slope[k] = MathF.Exp(scores[k] - highest);
        for (var k = 0; k < scores.Length; k++) slope[k] = ((k == label ? 1 : 0) - (slope[k] / sum)) * weight;
    }

    // Rare labels count somewhat more, common ones less: the seeds' shares are not the customers' shares.
    private static float[] LabelWeights(IReadOnlyList<int> labels, int labelCount)
    {
        var counts = new int[labelCount];
        foreach (var label in labels) counts[label]++;
        var mean = (double)labels.Count / labelCount;
        return [.. counts.Select(c => c == 0 ? 1f : (float)Math.Clamp(Math.Sqrt(mean / c), 0.5, 2))];
    }

    // Marsaglia's xorshift: the order must be the same on every machine and runtime.
    private static void Shuffle(int[] order, ref uint random)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            var j = (int)(random % (uint)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
