using AutoFlow.Support.Training;
using AutoFlow.Understanding.Intents;

namespace AutoFlow.Understanding.Training;

/// <summary>Where the texts to learn from, and those to measure on, come from.</summary>
public sealed class LearningSource(UnderstandingOptions options, ICorrections corrections)
{
    /// <summary>What features and training are in this version of the program; see <see cref="TrainedModel.TrainedWith"/>.</summary>
    public static string TrainedWith { get; } = IntentTraining.VersionOf([]);

    /// <summary>The shipped seeds; see <see cref="Intents.Seeds.Read"/> for errors.</summary>
    public IReadOnlyList<LabelledText> Seeds() => Intents.Seeds.Read(options.SeedsFolder);

    /// <summary>The frozen set, in the form of the seeds; nothing learns from it. Errors as in <see cref="Intents.Seeds.Read"/>.</summary>
    public IReadOnlyList<LabelledText> Frozen() => Intents.Seeds.Read(options.FrozenFolder);

    /// <summary>What a model learns from that has these lessons. Lessons whose correction was erased are left out.</summary>
    public async Task<IReadOnlyList<LabelledText>> TextsAsync(IReadOnlyList<LabelledText> seeds, IReadOnlyList<LabelledText> frozen, IReadOnlyList<Lesson> lessons, CancellationToken ct)
    {
        if (lessons.Count == 0) return seeds;
        var known = (await corrections.AllAsync(ct)).ToDictionary(one => one.InboxId, StringComparer.Ordinal);
        return LearningTexts.Of(
            seeds,
            lessons.Where(lesson => known.ContainsKey(lesson.InboxId)).Select(lesson => LearningTexts.Of(known[lesson.InboxId] with { Intent = lesson.Label })),
            frozen);
    }
}
