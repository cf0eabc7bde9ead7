namespace AutoFlow.Understanding.Intents;

/// <summary>A trained model of intents. Immutable; safe to use from many threads.</summary>
public sealed class IntentModel
{
    private readonly Vocabulary _vocabulary;
    private readonly LinearModel _linear;

    /// <param name="languages">ISO 639-1 codes of the training texts, the most common first.</param>
    public IntentModel(string version, IReadOnlyList<string> labels, IReadOnlyList<string> languages, Vocabulary vocabulary, LinearModel linear, Calibration calibration)
    {
        (Version, Labels, Languages, _vocabulary, _linear, Calibration) = (version, labels, languages, vocabulary, linear, calibration);
        Negative = IntentLabels.NegativeIn(labels);
    }

    /// <summary>Hash of what it was trained from.</summary>
    public string Version { get; }

    /// <summary>In the order of <see cref="Scored.Probabilities"/>.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Languages of the training texts (ISO 639-1), the most common first.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>From held-out texts.</summary>
    public Calibration Calibration { get; }

    /// <summary>Below this probability the model abstains.</summary>
    public double Threshold => Calibration.Threshold;

    /// <summary>The place of the label that means "none of the others", or -1.</summary>
    public int Negative { get; }

    internal Vocabulary Vocabulary => _vocabulary;

    internal LinearModel Linear => _linear;

    /// <summary>Calibrated probabilities of a text's labels.</summary>
    /// <param name="language">ISO 639-1 of the text. One that the model has not learnt is read as its most common.</param>
    public Scored Score(string text, string language)
    {
        Span<float> scores = stackalloc float[_linear.Stride];
        var vector = _vocabulary.Vector(Features.Of(text, Languages.Contains(language) ? language : Languages[0]));
        _linear.Score(vector, scores);
        return Calibration.Read(scores[..Labels.Count], vector.Known, Negative);
    }
}
