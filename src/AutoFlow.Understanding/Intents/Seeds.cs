using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Understanding.Intents;

/// <summary>A text that a person labelled.</summary>
/// <param name="Language">ISO 639-1 from the seed file's name; empty when unknown.</param>
public sealed record LabelledText(string Label, string Text, string Language = "");

/// <summary>Reads the labelled texts that the model learns from: <c>label TAB text</c>, one file per language.</summary>
public static class Seeds
{
    /// <summary>All seeds of a folder, files in ordinal order of their names (<c>de.tsv</c>, <c>en.tsv</c>, …). Blank lines and lines starting with <c>#</c> are skipped.</summary>
    /// <exception cref="DirectoryNotFoundException">No such folder.</exception>
    /// <exception cref="InvalidDataException">A line has no tab, or there is no seed at all; the message names file and line.</exception>
    public static IReadOnlyList<LabelledText> Read(string folder)
    {
        var seeds = new List<LabelledText>();
        foreach (var file in Directory.GetFiles(folder, "*.tsv").OrderBy(f => Path.GetFileName(f), StringComparer.Ordinal))
            seeds.AddRange(Parse(File.ReadLines(file), Path.GetFileName(file), Path.GetFileNameWithoutExtension(file)));
        if (seeds.Count == 0) throw new InvalidDataException($"The seeds folder {folder} holds no seed.");
        return seeds;
    }

    /// <summary>The seeds of one file's lines.</summary>
    /// <exception cref="InvalidDataException">A line has no tab or an empty side.</exception>
    public static IEnumerable<LabelledText> Parse(IEnumerable<string> lines, string file, string language)
    {
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#') continue;
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab <= 0 || string.IsNullOrWhiteSpace(line[(tab + 1)..])) throw new InvalidDataException($"{file}:{number}: expected label, tab, text.");
            yield return new LabelledText(line[..tab].Trim(), line[(tab + 1)..].Trim(), language);
        }
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
