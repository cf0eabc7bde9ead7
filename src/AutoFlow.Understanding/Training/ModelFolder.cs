using AutoFlow.Understanding.Intents;

namespace AutoFlow.Understanding.Training;

/// <summary>The files of trained models, one for each version. They can all be made again.</summary>
/// <param name="folder">Null keeps nothing.</param>
/// <param name="shipped">A file that came with the program, read where the folder has not got its version; it need not be there.</param>
public sealed class ModelFolder(string? folder, string? shipped = null)
{
    /// <summary>The model of that version; null when its file is missing or damaged.</summary>
    public IntentModel? Find(string version) => Read(PathOf(version), version) ?? Read(shipped, version);

    /// <summary>The model of these texts, from its file or trained now (seconds).</summary>
    /// <exception cref="ArgumentException">Fewer than two labels.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public IntentModel Of(IReadOnlyList<LabelledText> texts)
    {
        var version = IntentTraining.VersionOf(texts);
        if (Find(version) is { } known) return known;
        var model = IntentTraining.Train(texts);
        if (PathOf(version) is { } path) IntentModelFile.Write(model, path);
        return model;
    }

    private static IntentModel? Read(string? path, string version) =>
        path is not null && IntentModelFile.Read(path) is { } model && model.Version == version ? model : null;

    // A version is asked for from outside too: nothing but hex digits becomes a path.
    private string? PathOf(string version) =>
        folder is not null && version.All(char.IsAsciiHexDigitLower) ? Path.Combine(folder, $"intents-{version}.model") : null;
}
