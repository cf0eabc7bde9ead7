using AutoFlow.Understanding.Intents;

namespace AutoFlow.Understanding.Evaluation;

/// <summary>What a model said of a text whose label is known.</summary>
/// <param name="Expected">The label that a person gave.</param>
/// <param name="Label">The model's best label.</param>
/// <param name="Probability">Of the best label, 0 to 1.</param>
/// <param name="Abstained">The model would not act on it.</param>
/// <param name="Language">ISO 639-1, as the text was read.</param>
public sealed record Prediction(string Expected, string Label, double Probability, bool Abstained, string Language)
{
    /// <summary>True when both say the same; all names for "none of the others" are one.</summary>
    public bool IsRight => Expected == Label || (IsOutside && IntentLabels.IsNegative(Label));

    /// <summary>True for a text that is about none of the model's matters.</summary>
    public bool IsOutside => IntentLabels.IsNegative(Expected);

    /// <summary>How sure the model is that the text is about one of its matters; 0 where it says that it is about none.</summary>
    public double Within => IntentLabels.IsNegative(Label) ? 0 : Probability;

    /// <summary>The model's word on labelled texts.</summary>
    public static IReadOnlyList<Prediction> Of(IntentModel model, IReadOnlyList<LabelledText> texts)
    {
        var predictions = new Prediction[texts.Count];
        Parallel.For(0, texts.Count, i =>
        {
            var reading = IntentReader.Read(model, null, texts[i].Text, texts[i].Language);
            predictions[i] = new Prediction(texts[i].Label, reading.Intents[0].Label, reading.Intents[0].Probability, reading.Abstained, texts[i].Language);
        });
        return predictions;
    }
}
