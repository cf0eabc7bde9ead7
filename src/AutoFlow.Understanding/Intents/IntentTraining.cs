using System.Globalization;

namespace AutoFlow.Understanding.Intents;

/// <summary>
/// Trains a model from labelled texts, with cross-validation for its calibration. Deterministic, in seconds; the folds are
/// trained beside each other.
/// </summary>
public static class IntentTraining
{
    /// <summary>Raise it when features or training change, so that cached models are not mistaken for current ones.</summary>
    public const int Version = 4;

    /// <summary>Folds of the cross-validation: the few texts of a small set are each needed for learning; of a large one half tells as much.</summary>
    private static int FoldsOf(int texts) => texts < 3_000 ? 5 : texts < 8_000 ? 3 : 2;

    /// <summary>Share of acted-on predictions that should be right, on held-out texts.</summary>
    public const double WantedPrecision = 0.93;

    /// <summary>Customers write further from the seeds than the seeds from each other: the threshold is never lower than this.</summary>
    public const double LowestThreshold = 0.40;

    /// <summary>How texts are read and learnt: models of another recipe do not go with this program.</summary>
    public static string Recipe => $"training {Version}, glossaries {Glossary.Hash}";

    /// <summary>The version of the model that these texts would give: 16 hex digits of a hash over them, the glossaries and <see cref="Version"/>.</summary>
    /// <param name="outside">See <see cref="Train"/>.</param>
    /// <param name="precision">See <see cref="Train"/>.</param>
    public static string VersionOf(IReadOnlyList<LabelledText> texts, IReadOnlyList<LabelledText>? outside = null, double precision = WantedPrecision) => Seeds.Hash(
        [.. texts, .. texts.Any(t => IntentLabels.IsNegative(t.Label)) ? [] : outside ?? []],
        string.Create(CultureInfo.InvariantCulture, $"{Recipe}, precision {precision:R}"));

    /// <summary>A model of the given texts.</summary>
    /// <exception cref="ArgumentException">Fewer than two labels.</exception>
    /// <param name="outside">Texts about none of the labels: they only teach how sure to be, and only where the texts have no label for that.</param>
    /// <param name="precision">Share of what the model acts on that should be right, 0 to 1.</param>
    public static IntentModel Train(IReadOnlyList<LabelledText> texts, IReadOnlyList<LabelledText>? outside = null, double precision = WantedPrecision)
    {
        var set = TrainingSet.Of(texts, outside ?? []);
        var heldOut = CrossValidate(set);
        var calibration = Calibration.Fit(heldOut, set.Negative, precision);
        var (vocabulary, linear) = Learn(set, [.. Enumerable.Range(0, texts.Count)]);
        return new IntentModel(VersionOf(texts, outside, precision), set.Labels, set.LanguagesByShare(), vocabulary, linear,
            calibration with { Threshold = Math.Max(calibration.Threshold, LowestThreshold) });
    }

    /// <summary>Held-out scores of every text, in the texts' order, each by a model that did not see it.</summary>
    public static IReadOnlyList<HeldOut> CrossValidate(IReadOnlyList<LabelledText> texts) => CrossValidate(TrainingSet.Of(texts, []));

    private static HeldOut[] CrossValidate(TrainingSet set)
    {
        var heldOut = new HeldOut[set.Counts.Count + set.Outside.Count];
        var folds = FoldsOf(set.Counts.Count);
        Parallel.For(0, folds, fold =>
        {
            var (vocabulary, linear) = Learn(set, [.. Enumerable.Range(0, set.Counts.Count).Where(i => set.FoldOf[i] != fold)]);
            HeldOut Score(FeatureCounts counts, int label, string language)
            {
                Span<float> scores = stackalloc float[linear.Stride];
                var vector = vocabulary.Vector(counts);
                linear.Score(vector, scores);
                return new HeldOut(scores[..set.Labels.Count].ToArray(), vector.Known, label, language);
            }
            for (var i = 0; i < set.Counts.Count; i++)
                if (set.FoldOf[i] == fold) heldOut[i] = Score(set.Counts[i], set.LabelOf[i], set.Languages[i]);
            for (var i = fold; i < set.Outside.Count; i += folds)
                heldOut[set.Counts.Count + i] = Score(set.Outside[i], HeldOut.OutsideLabel, "");
        });
        return heldOut;
    }

    private static (Vocabulary Vocabulary, LinearModel Linear) Learn(TrainingSet set, int[] from)
    {
        var vocabulary = Vocabulary.Of(from.Select(i => set.Counts[i]), Vocabulary.MeaningWeightOf([.. set.Languages.Distinct()]));
        var linear = SoftmaxTraining.Train(
            [.. from.Select(i => vocabulary.Vector(set.Counts[i]))], [.. from.Select(i => set.LabelOf[i])], set.Labels.Count, vocabulary.Rows);
        return (vocabulary, linear);
    }

    private sealed record TrainingSet(
        IReadOnlyList<string> Labels, IReadOnlyList<FeatureCounts> Counts, IReadOnlyList<int> LabelOf, IReadOnlyList<int> FoldOf, IReadOnlyList<string> Languages,
        IReadOnlyList<FeatureCounts> Outside)
    {
        /// <summary>Index of the label that is never acted on; -1 when there is none.</summary>
        public int Negative => IntentLabels.NegativeIn(Labels);

        public IReadOnlyList<string> LanguagesByShare() =>
            [.. Languages.GroupBy(l => l).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];

        // "None of the others" is one label, whatever the data sets that are joined call it.
        private static IReadOnlyList<LabelledText> OneNegative(IReadOnlyList<LabelledText> texts)
        {
            var names = texts.Select(t => t.Label).Where(IntentLabels.IsNegative).Distinct().Order(StringComparer.Ordinal).ToList();
            return names.Count < 2 ? texts : [.. texts.Select(t => IntentLabels.IsNegative(t.Label) ? t with { Label = names[0] } : t)];
        }

        public static TrainingSet Of(IReadOnlyList<LabelledText> texts, IReadOnlyList<LabelledText> outside)
        {
            texts = OneNegative(texts);
            string[] labels = [.. texts.Select(t => t.Label).Distinct().Order(StringComparer.Ordinal)];
            if (labels.Length < 2) throw new ArgumentException("A model needs texts of two labels or more.", nameof(texts));
            // Each language's texts of a label are dealt to the folds in turn: every fold holds a fair share of both.
            var dealt = new Dictionary<(string, string), int>();
            var count = FoldsOf(texts.Count);
            var folds = new int[texts.Count];
            for (var i = 0; i < texts.Count; i++)
            {
                var key = (texts[i].Label, texts[i].Language);
                dealt[key] = dealt.GetValueOrDefault(key) + 1;
                folds[i] = dealt[key] % count;
            }
            var counts = new FeatureCounts[texts.Count];
            Parallel.For(0, texts.Count, i => counts[i] = Features.Of(texts[i].Text, texts[i].Language));
            // Only what is written in a language of the labels tells what is outside them.
            var languages = texts.Select(t => t.Language).ToHashSet();
            FeatureCounts[] strangers = labels.Any(IntentLabels.IsNegative) ? []
                : [.. outside.Where(t => languages.Contains(t.Language)).Select(t => Features.Of(t.Text, t.Language))];
            return new TrainingSet(
                labels, counts, [.. texts.Select(t => Array.BinarySearch(labels, t.Label, StringComparer.Ordinal))], folds, [.. texts.Select(t => t.Language)], strangers);
        }
    }
}
