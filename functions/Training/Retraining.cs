using AutoFlow.Support.Training;
using AutoFlow.Understanding.Evaluation;
using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Training;

namespace AutoFlow.Functions.Training;

/// <summary>
/// Trains a model that was asked for, measures it beside the one in use, and stores what came of it. Safe to repeat at any point:
/// the file is the same for the same texts, and only a row that is still in training changes.
/// </summary>
public sealed class Retraining(IModelStore models, ICorrections corrections, LearningSource source, ModelFolder folder, ServingModel serving, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Returns the row, or null for an unknown version. One model is trained at a time: it takes every core.</summary>
    /// <exception cref="IOException">Seeds or frozen set cannot be read, or the model's file not be written.</exception>
    /// <exception cref="InvalidDataException">A file of seeds is broken.</exception>
    public async Task<TrainedModel?> TrainAsync(string version, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (await models.FindAsync(version, ct) is not { State: ModelState.Training } row) return await models.FindAsync(version, ct);
            var (seeds, frozen) = (source.Seeds(), source.Frozen());
            var texts = await source.TextsAsync(seeds, frozen, row.Lessons, ct);
            if (IntentTraining.VersionOf(texts) != version)
            {
                return await models.RefuseAsync(
                    version, new AdoptionReason("training", "Seeds, corrections or the program have changed since it was asked for: ask for a new one."), ct);
            }

            var model = await Task.Run(() => folder.Of(texts), ct);
            await serving.RefreshAsync(ct);
            var measures = await MeasureAsync(model, serving.Served, seeds, frozen, ct);
            return await models.MeasuredAsync(version, measures, ct);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<ModelMeasures> MeasureAsync(
        IntentModel model, ServedModel inUse, IReadOnlyList<LabelledText> seeds, IReadOnlyList<LabelledText> frozen, CancellationToken ct)
    {
        var frozenSet = FrozenSet(frozen);
        var (before, after) = (Evaluate(inUse.Model.Intents, frozen), Evaluate(model, frozen));
        await models.InUseAsync(InUse(inUse, seeds, frozenSet, before), ct);

        var learnt = inUse.Lessons.ToHashSet();
        LabelledText[] unlearnt = [.. (await corrections.AllAsync(ct)).Where(one => !learnt.Contains(new Lesson(one.InboxId, one.Intent))).Select(LearningTexts.Of)];
        var served = (await models.ServedAsync(frozenSet, ct)).Where(one => one.Version != model.Version).Select(one => EvaluationJson.Read(one.Evaluation!)).ToList();
        var comparison = new ModelComparison(
            inUse.Model.Intents.Version,
            EvaluationJson.Write(before),
            unlearnt.Length,
            unlearnt.Length == 0 ? null : EvaluationJson.Write(Evaluate(inUse.Model.Intents, unlearnt)),
            unlearnt.Length == 0 ? null : EvaluationJson.Write(Evaluate(model, unlearnt)));
        return new ModelMeasures(frozenSet, EvaluationJson.Write(after), comparison, AdoptionRule.Decide(before, after, served));
    }

    /// <summary>Names a frozen set by what is in it.</summary>
    internal static string FrozenSet(IReadOnlyList<LabelledText> frozen) => Seeds.Hash(frozen, "frozen");

    private static EvaluationReport Evaluate(IntentModel model, IReadOnlyList<LabelledText> texts) =>
        EvaluationReport.Of(model.Version, [.. model.Labels], Prediction.Of(model, texts));

    // The seeds' model, or one that stands in, gets a row of its own: it can be adopted again later.
    private TrainedModel InUse(ServedModel inUse, IReadOnlyList<LabelledText> seeds, string frozenSet, EvaluationReport before) => new()
    {
        Version = inUse.Model.Intents.Version,
        State = ModelState.Shipped,
        SeedsVersion = IntentTraining.VersionOf(seeds),
        Seeds = seeds.Count,
        Lessons = inUse.Lessons,
        CorrectionsUpTo = 0,
        TrainedWith = LearningSource.TrainedWith,
        RequestedBy = "the program",
        RequestedAt = time.GetUtcNow(),
        MeasuredAt = time.GetUtcNow(),
        FrozenSet = frozenSet,
        Evaluation = EvaluationJson.Write(before),
    };
}
