using AutoFlow.Support.Training;
using AutoFlow.Understanding.Languages;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Understanding.Training;

/// <summary>A model in use.</summary>
/// <param name="Adopted">The version that the store has as adopted; the model may stand in for it. Null while none is adopted.</param>
/// <param name="Lessons">The corrections that the model learnt from.</param>
public sealed record ServedModel(UnderstandingModel Model, string? Adopted, IReadOnlyList<Lesson> Lessons);

/// <summary>Gets the adopted model: from its file, or made again from the seeds and its lessons.</summary>
public sealed class AdoptedModels(UnderstandingOptions options, LearningSource source, ModelFolder folder, IModelStore models, ILogger<AdoptedModels> logger)
{
    private readonly Lazy<LanguageModel> _languages = new(() => new LanguageModel());

    /// <summary>The adopted version; null while none is.</summary>
    public Task<string?> VersionAsync(CancellationToken ct) => models.AdoptedVersionAsync(ct);

    /// <summary>The seeds' model: it serves while none is adopted. See <see cref="UnderstandingModel.Load"/> for errors.</summary>
    public ServedModel Shipped() => new(UnderstandingModel.Load(options.SeedsFolder, folder), null, []);

    /// <summary>The model from its file; null when there is none that this version of the program reads by.</summary>
    public async Task<ServedModel?> ReadyAsync(string version, CancellationToken ct) =>
        await models.FindAsync(version, ct) is { } row && row.TrainedWith == LearningSource.TrainedWith && folder.Find(version) is { } model
            ? new ServedModel(new UnderstandingModel(model, _languages.Value), version, row.Lessons)
            : null;

    /// <summary>
    /// Makes the model again from today's seeds and those of its lessons whose corrections are still there. Where that is no longer
    /// the same model, it stands in for the adopted one under its own version, and the log says so.
    /// </summary>
    /// <exception cref="IOException">Seeds cannot be read, or the model not be written.</exception>
    /// <exception cref="InvalidDataException">A seed file is broken.</exception>
    public async Task<ServedModel> MakeAsync(string version, CancellationToken ct)
    {
        var lessons = (await models.FindAsync(version, ct))?.Lessons ?? [];
        var made = folder.Of(await source.TextsAsync(source.Seeds(), source.Frozen(), lessons, ct));
        if (made.Version != version)
        {
            logger.LogWarning(
                "The adopted model {Adopted} is not at hand, and seeds, corrections or the program have changed since: {Version}, made from today's seeds and its corrections, serves in its place.",
                version, made.Version);
        }

        return new ServedModel(new UnderstandingModel(made, _languages.Value), version, lessons);
    }
}
