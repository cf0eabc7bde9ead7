namespace AutoFlow.Understanding.Intents;

/// <summary>Trains the model from labelled texts, with cross-validation for its calibration. Deterministic, single-threaded, in seconds.</summary>
public static class IntentTraining
{
    /// <summary>Raise it when features or training change, so that cached models are not mistaken for current ones.</summary>
    public const int Version = 3;

    /// <summary>Folds of the cross-validation.</summary>
    public const int Folds = 5;

    /// <summary>Share of acted-on predictions that should be right, on held-out seeds.</summary>
    public const double WantedPrecision = 0.92;

    /// <summary>Customers write further from the seeds than the seeds from each other: the threshold is never lower than this.</summary>
    public const double LowestThreshold = 0.40;

    /// <summary>The seeds of a label are made unlike each other and short, each said once: harder than a customer's message, which says it twice. The threshold is never higher than this.</summary>
    public const double HighestThreshold = 0.55;

    /// <summary>A model of the given texts.</summary>
    /// <exception cref="ArgumentException">Fewer than two labels.</exception>
    public static IntentModel Train(IReadOnlyList<LabelledText> texts)
    {
        var set = TrainingSet.Of(texts);
        var heldOut = CrossValidate(set);
        var temperature = Calibration.Temperature(heldOut);
        var threshold = Calibration.Threshold(heldOut, temperature, WantedPrecision, set.IndexOf(IntentLabels.Other));
        var vocabulary = Vocabulary.Of(set.Counts);
        var linear = SoftmaxTraining.Train([.. set.Counts.Select(vocabulary.Vector)], set.LabelOf, set.Labels.Count, vocabulary.Buckets.Count);
        return new IntentModel(Seeds.Hash(texts, Version), set.Labels, vocabulary, linear, temperature, Math.Clamp(threshold, LowestThreshold, HighestThreshold));
    }

    /// <summary>Held-out scores of every text, each by a model that did not see it.</summary>
    public static IReadOnlyList<HeldOut> CrossValidate(IReadOnlyList<LabelledText> texts) => CrossValidate(TrainingSet.Of(texts));

    private static List<HeldOut> CrossValidate(TrainingSet set)
    {
        var heldOut = new List<HeldOut>();
        for (var fold = 0; fold < Folds; fold++)
        {
            int[] learn = [.. Enumerable.Range(0, set.Counts.Count).Where(i => set.FoldOf[i] != fold)];
            var vocabulary = Vocabulary.Of([.. learn.Select(i => set.Counts[i])]);
            var linear = SoftmaxTraining.Train(
                [.. learn.Select(i => vocabulary.Vector(set.Counts[i]))], [.. learn.Select(i => set.LabelOf[i])], set.Labels.Count, vocabulary.Buckets.Count);
            var scores = new float[linear.Stride];
            for (var i = 0; i < set.Counts.Count; i++)
            {
                if (set.FoldOf[i] != fold) continue;
                linear.Score(vocabulary.Vector(set.Counts[i]), scores);
                heldOut.Add(new HeldOut(scores[..set.Labels.Count], set.LabelOf[i], set.Languages[i]));
            }
        }
        return heldOut;
    }

    private sealed record TrainingSet(
        IReadOnlyList<string> Labels, IReadOnlyList<FeatureCounts> Counts, IReadOnlyList<int> LabelOf, IReadOnlyList<int> FoldOf, IReadOnlyList<string> Languages)
    {
        public int IndexOf(string label) => Labels.ToList().IndexOf(label);

        public static TrainingSet Of(IReadOnlyList<LabelledText> texts)
        {
            string[] labels = [.. texts.Select(t => t.Label).Distinct().Order(StringComparer.Ordinal)];
            if (labels.Length < 2) throw new ArgumentException("A model needs texts of two labels or more.", nameof(texts));
            // Each language's texts of a label are dealt to the folds in turn: every fold holds a fair share of both.
            var dealt = new Dictionary<(string, string), int>();
            var folds = new int[texts.Count];
            for (var i = 0; i < texts.Count; i++)
            {
                var key = (texts[i].Label, texts[i].Language);
                dealt[key] = dealt.GetValueOrDefault(key) + 1;
                folds[i] = dealt[key] % Folds;
            }
            return new TrainingSet(
                labels,
                [.. texts.Select(t => Features.Of(t.Text))],
                [.. texts.Select(t => Array.BinarySearch(labels, t.Label, StringComparer.Ordinal))],
                folds,
                [.. texts.Select(t => t.Language)]);
        }
    }
}
