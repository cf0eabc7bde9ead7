using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Languages;

namespace AutoFlow.Cli;

/// <summary>The labelled texts of the files and folders that a command was given.</summary>
internal static class LabelledTexts
{
    /// <summary>All texts in the order given, folders' <c>*.tsv</c> by name; null when a file or a line is wrong: then every mistake has been told.</summary>
    public static List<LabelledText>? Read(IEnumerable<string> paths, Surroundings surroundings, LanguageModel languages)
    {
        var texts = new List<LabelledText>();
        var good = true;
        foreach (var folder in paths.Where(path => Directory.Exists(path) && Files(path).Length == 0))
        {
            surroundings.Complain($"no *.tsv in {folder}");
            good = false;
        }
        foreach (var file in paths.SelectMany(Files))
        {
            if (surroundings.Read(file) is not { } content)
            {
                good = false;
                continue;
            }
            var (read, mistakes) = LabelledTextFile.Parse(Lines(content), file);
            foreach (var mistake in mistakes) surroundings.Error.WriteLine(mistake);
            if (mistakes.Count == 0 && read.Count == 0) surroundings.Complain($"{file} holds no labelled text; write label, one tab, text");
            good &= mistakes.Count == 0 && read.Count > 0;
            texts.AddRange(LabelledTextFile.WithLanguages(read, file, languages));
        }
        return good && texts.Count > 0 ? texts : null;
    }

    /// <summary>The model of a file; null (and a complaint) when there is none.</summary>
    public static IntentModel? ReadModel(string file, Surroundings surroundings)
    {
        if (!File.Exists(file))
        {
            surroundings.Complain($"no such model: {file} (autoflow train <tsv> --out {file} makes one)");
            return null;
        }
        if (IntentModelFile.Read(file) is { } model) return model;
        surroundings.Complain($"{file} is no model of this version of autoflow, or it is damaged: train it again");
        return null;
    }

    /// <summary>The lines of a text, parted by line feeds: other separators of Unicode belong to what customers write.</summary>
    public static IEnumerable<string> Lines(string content)
    {
        using var reader = new StringReader(content);
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static string[] Files(string path) =>
        Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.tsv").Order(StringComparer.Ordinal)] : [path];
}
