using System.Numerics;

namespace AutoFlow.Understanding.Intents;

/// <summary>A multinomial logistic regression: weights by row and label, a bias by label.</summary>
/// <param name="labels">How many labels.</param>
/// <param name="weights">Rows of <see cref="Stride"/> floats; the tail of a row is zero.</param>
/// <param name="bias">One row of <see cref="Stride"/> floats.</param>
public sealed class LinearModel(int labels, float[] weights, float[] bias)
{
    public int Labels => labels;

    public float[] Weights => weights;

    public float[] Bias => bias;

    /// <summary>Floats per row: the labels, rounded up so that whole vectors fit.</summary>
    public int Stride => StrideOf(labels);

    /// <summary>See <see cref="Stride"/>. A fixed 16, not the machine's width: model files are the same everywhere.</summary>
    public static int StrideOf(int labels) => (labels + 15) / 16 * 16;

    /// <summary>Raw scores; <paramref name="scores"/> has <see cref="Stride"/> places.</summary>
    public void Score(SparseVector text, Span<float> scores)
    {
        bias.CopyTo(scores);
        for (var i = 0; i < text.Rows.Length; i++)
            AddScaled(scores, weights.AsSpan(text.Rows[i] * scores.Length, scores.Length), text.Values[i]);
    }

    /// <summary>Probabilities of raw scores at a temperature (above 1 is less sure).</summary>
    public static void Softmax(ReadOnlySpan<float> scores, double temperature, Span<double> probabilities)
    {
        var highest = double.NegativeInfinity;
        for (var i = 0; i < probabilities.Length; i++) highest = Math.Max(highest, scores[i]);
        var sum = 0.0;
        for (var i = 0; i < probabilities.Length; i++) sum += probabilities[i] = Math.Exp((scores[i] - highest) / temperature);
        for (var i = 0; i < probabilities.Length; i++) probabilities[i] /= sum;
    }

    // Place by place, never a sum across a vector: the result does not depend on the machine's vector width.
    internal static void AddScaled(Span<float> target, ReadOnlySpan<float> row, float scale)
    {
        var i = 0;
        if (target.Length % Vector<float>.Count == 0)
        {
            var factor = new Vector<float>(scale);
            for (; i < target.Length; i += Vector<float>.Count)
                (new Vector<float>(target[i..]) + (new Vector<float>(row[i..]) * factor)).CopyTo(target[i..]);
        }
        for (; i < target.Length; i++) target[i] += row[i] * scale;
    }
}
