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
        foreach (var file in paths.SelectMany(path => Files(path, surroundings)))
        {
            if (surroundings.Read(file) is not { } content)
            {
                good = false;
                continue;
            }
            var (read, mistakes) = LabelledTextFile.Parse(content.ReplaceLineEndings("\n").Split('\n'), file);
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

    private static string[] Files(string path, Surroundings surroundings)
    {
        if (!Directory.Exists(path)) return [path];
        var files = Directory.GetFiles(path, "*.tsv").Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0) surroundings.Complain($"no *.tsv in {path}");
        return files;
    }
}
