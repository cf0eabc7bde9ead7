using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Languages;
using AutoFlow.Understanding.Training;

namespace AutoFlow.Understanding;

/// <summary>What a message is understood with: intents learnt from the seeds, and languages. Immutable.</summary>
/// <param name="Intents">Trained or read from the cache.</param>
/// <param name="Languages">Ships with the program; nothing of it is learnt.</param>
public sealed record UnderstandingModel(IntentModel Intents, LanguageModel Languages)
{
    /// <summary>Reads the model that was trained from exactly these seeds, or trains it (a few seconds) and keeps it.</summary>
    /// <param name="models">Where models are kept.</param>
    /// <exception cref="DirectoryNotFoundException">No seeds folder.</exception>
    /// <exception cref="InvalidDataException">A seed file is broken.</exception>
    public static UnderstandingModel Load(string seedsFolder, ModelFolder models)
    {
        var seeds = Seeds.Read(seedsFolder);
        if (seeds.Select(s => s.Label).Except(IntentLabels.All).FirstOrDefault() is { } unknown)
            throw new InvalidDataException($"{seedsFolder}: error: '{unknown}' is no label of the taxonomy; understanding/intents.tsv lists them");
        return new UnderstandingModel(models.Of(seeds), new LanguageModel());
    }
}
