namespace AutoFlow.Understanding.Intents;

/// <summary>What a model's scores say of how sure its best label is.</summary>
/// <param name="Best">Probability of the best label by softmax, 0 to 1.</param>
/// <param name="Second">Probability of the second label.</param>
/// <param name="Score">Raw score of the best label: high only for texts like those of the training.</param>
/// <param name="Negative">Probability of the label that means "none of the others"; 0 when there is none.</param>
/// <param name="Known">Share of the text's features that the training texts had, 0 to 1.</param>
public readonly record struct Evidence(double Best, double Second, double Score, double Negative, double Known);

/// <summary>
/// How sure the best label is: a logistic regression on <see cref="Evidence"/>, fitted on texts that the scores had not seen
/// (Platt, 1999, with more than one input). A softmax alone is as sure of a text about something else as of its own.
/// </summary>
/// <param name="weights">One for each input, the constant first; see <see cref="Inputs"/>.</param>
public sealed class Confidence(double[] weights)
{
    internal const int InputCount = 6;
    private const int Steps = 50;
    private const double Ridge = 1;

    /// <summary>Always sure, whatever the evidence.</summary>
    public static readonly Confidence Sure = new([40, 0, 0, 0, 0, 0]);

    public IReadOnlyList<double> Weights => weights;

    /// <summary>The probability that the best label is right, 0 to 1.</summary>
    public double Of(Evidence evidence)
    {
        Span<double> inputs = stackalloc double[InputCount];
        Inputs(evidence, inputs);
        return Sigmoid(Dot(weights, inputs));
    }

    /// <summary>Fits the weights to what was right and what was not, by Newton's method with halved steps where a whole one goes too far.</summary>
    public static Confidence Fit(IReadOnlyList<(Evidence Evidence, bool Right, double Weight)> heldOut)
    {
        // Without a text to learn from it says what the softmax said.
        var fitted = new double[InputCount];
        fitted[1] = 1;
        if (heldOut.Count == 0) return new Confidence(fitted);
        var rows = new double[heldOut.Count][];
        for (var i = 0; i < rows.Length; i++) Inputs(heldOut[i].Evidence, rows[i] = new double[InputCount]);
        var loss = Loss(fitted, rows, heldOut);
        for (var step = 0; step < Steps; step++)
        {
            var move = Move(fitted, rows, heldOut);
            var share = 1.0;
            double[] next;
            double nextLoss;
            do
            {
                next = [.. fitted.Select((weight, a) => weight + (share * move[a]))];
                nextLoss = Loss(next, rows, heldOut);
                share /= 2;
            }
            while (nextLoss > loss && share > 1e-6);
            if (nextLoss >= loss - 1e-9) break;
            (fitted, loss) = (next, nextLoss);
        }
        return new Confidence(fitted);
    }

    private static double Loss(double[] weights, double[][] rows, IReadOnlyList<(Evidence Evidence, bool Right, double Weight)> heldOut)
    {
        var loss = 0.0;
        for (var a = 1; a < InputCount; a++) loss += Ridge / 2 * weights[a] * weights[a];
        for (var i = 0; i < rows.Length; i++)
        {
            var dot = Dot(weights, rows[i]);
            // log(1 + exp(-x)) without overflow.
            var x = heldOut[i].Right ? dot : -dot;
            loss += heldOut[i].Weight * (Math.Max(-x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))));
        }
        return loss;
    }

    private static double[] Move(double[] weights, double[][] rows, IReadOnlyList<(Evidence Evidence, bool Right, double Weight)> heldOut)
    {
        var gradient = new double[InputCount];
        var curvature = new double[InputCount, InputCount];
        for (var a = 0; a < InputCount; a++)
        {
            gradient[a] = a == 0 ? 0 : -Ridge * weights[a];
            curvature[a, a] = a == 0 ? 1e-6 : Ridge;
        }
        for (var i = 0; i < rows.Length; i++)
        {
            var odds = Sigmoid(Dot(weights, rows[i]));
            var miss = heldOut[i].Weight * ((heldOut[i].Right ? 1 : 0) - odds);
            var spread = heldOut[i].Weight * Math.Max(odds * (1 - odds), 1e-6);
            for (var a = 0; a < InputCount; a++)
            {
                gradient[a] += miss * rows[i][a];
                for (var b = 0; b <= a; b++) curvature[a, b] += spread * rows[i][a] * rows[i][b];
            }
        }
        return Solve(curvature, gradient);
    }

    private static void Inputs(Evidence evidence, Span<double> inputs)
    {
        inputs[0] = 1;
        inputs[1] = LogOdds(evidence.Best);
        inputs[2] = Math.Log((evidence.Best + 1e-4) / (evidence.Second + 1e-4));
        inputs[3] = evidence.Score;
        inputs[4] = evidence.Negative <= 0 ? 0 : LogOdds(evidence.Negative);
        inputs[5] = evidence.Known;
    }

    private static double LogOdds(double probability)
    {
        var inside = Math.Clamp(probability, 1e-5, 1 - 1e-5);
        return Math.Log(inside / (1 - inside));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < InputCount; i++) sum += a[i] * b[i];
        return sum;
    }

    // Cholesky: the curvature is symmetric and, with the ridge, positive definite. Only its lower half is filled.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var lower = new double[InputCount, InputCount];
        for (var i = 0; i < InputCount; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++) sum -= lower[i, k] * lower[j, k];
                lower[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / lower[j, j];
            }
        }
        var forward = new double[InputCount];
        for (var i = 0; i < InputCount; i++)
        {
            forward[i] = right[i];
            for (var k = 0; k < i; k++) forward[i] -= lower[i, k] * forward[k];
            forward[i] /= lower[i, i];
        }
        var solved = new double[InputCount];
        for (var i = InputCount - 1; i >= 0; i--)
        {
            solved[i] = forward[i];
            for (var k = i + 1; k < InputCount; k++) solved[i] -= lower[k, i] * solved[k];
            solved[i] /= lower[i, i];
        }
        return solved;
    }
}
