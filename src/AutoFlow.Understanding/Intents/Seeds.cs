using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Understanding.Intents;

/// <summary>A text that a person labelled.</summary>
/// <param name="Language">ISO 639-1 from the seed file's name; empty when unknown.</param>
public sealed record LabelledText(string Label, string Text, string Language = "");

/// <summary>Reads the labelled texts that the model learns from: <c>label TAB text</c>, one file per language.</summary>
public static class Seeds
{
    /// <summary>All seeds of a folder, files in ordinal order of their names (<c>de.tsv</c>, <c>en.tsv</c>, …); see <see cref="LabelledTextFile"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">No such folder.</exception>
    /// <exception cref="InvalidDataException">A line is wrong, or there is no seed at all; the message names every file and line, a line each.</exception>
    public static IReadOnlyList<LabelledText> Read(string folder)
    {
        var seeds = new List<LabelledText>();
        var mistakes = new List<TextMistake>();
        foreach (var file in Directory.GetFiles(folder, "*.tsv").OrderBy(f => Path.GetFileName(f), StringComparer.Ordinal))
        {
            var (texts, wrong) = LabelledTextFile.Parse(File.ReadLines(file), file);
            var language = Path.GetFileNameWithoutExtension(file);
            seeds.AddRange(texts.Select(t => t with { Language = language }));
            mistakes.AddRange(wrong);
        }
        if (mistakes.Count > 0) throw new InvalidDataException(string.Join('\n', mistakes));
        if (seeds.Count == 0) throw new InvalidDataException($"{folder}: error: the seeds folder holds no seed; write label, one tab, text into a file named by its language, such as en.tsv");
        return seeds;
    }

    /// <summary>SHA-256 over all seeds and what they are trained with, as 16 hex digits: the model's version.</summary>
    public static string Hash(IReadOnlyList<LabelledText> seeds, string trainedWith)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{trainedWith}\n"));
        foreach (var seed in seeds) hash.AppendData(Encoding.UTF8.GetBytes($"{seed.Language}\t{seed.Label}\t{seed.Text}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
