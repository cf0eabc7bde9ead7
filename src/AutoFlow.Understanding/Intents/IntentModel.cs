namespace AutoFlow.Understanding.Intents;

/// <summary>A trained model of intents. Immutable; safe to use from many threads.</summary>
public sealed class IntentModel
{
    private readonly Vocabulary _vocabulary;
    private readonly LinearModel _linear;

    public IntentModel(string version, IReadOnlyList<string> labels, Vocabulary vocabulary, LinearModel linear, double temperature, double threshold)
    {
        (Version, Labels, _vocabulary, _linear, Temperature, Threshold) = (version, labels, vocabulary, linear, temperature, threshold);
    }

    /// <summary>Hash of what it was trained from.</summary>
    public string Version { get; }

    /// <summary>In the order of <see cref="Probabilities"/>.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>From held-out texts; see <see cref="Calibration"/>.</summary>
    public double Temperature { get; }

    /// <summary>Below this probability the model abstains.</summary>
    public double Threshold { get; }

    internal Vocabulary Vocabulary => _vocabulary;

    internal LinearModel Linear => _linear;

    /// <summary>Calibrated probabilities by label; they sum to 1.</summary>
    public double[] Probabilities(string text)
    {
        Span<float> scores = stackalloc float[_linear.Stride];
        _linear.Score(_vocabulary.Vector(Features.Of(text)), scores);
        var odds = new double[Labels.Count];
        LinearModel.Softmax(scores, Temperature, odds);
        return odds;
    }

    /// <summary>The place of a label, or -1.</summary>
    public int IndexOf(string label)
    {
        for (var i = 0; i < Labels.Count; i++)
            if (Labels[i] == label) return i;
        return -1;
    }
}
