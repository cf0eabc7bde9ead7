using AutoFlow.Understanding.Languages;

namespace AutoFlow.Understanding.Intents;

/// <summary>A line that could not be read.</summary>
/// <param name="Line">From 1.</param>
public sealed record TextMistake(string File, int Line, string Message)
{
    /// <summary>As <c>file:line: error: what is wrong</c>.</summary>
    public override string ToString() => $"{File}:{Line}: error: {Message}";
}

/// <summary>
/// A file of labelled texts, <c>label⇥text</c>, UTF-8. Blank lines, lines that begin with <c>#</c> and a head line
/// <c>label⇥text</c> are skipped; further tabs belong to the text.
/// </summary>
public static class LabelledTextFile
{
    /// <summary>A file's language is that of so many of its texts; else each text has its own.</summary>
    private const double OneLanguage = 0.8;

    private const int MostLooked = 400;

    /// <summary>A single guess must be as sure as this to count against the file's language.</summary>
    private const double SureGuess = 0.9;

    /// <summary>The labelled texts of a file's lines, without languages, and every line that is wrong.</summary>
    public static (List<LabelledText> Texts, List<TextMistake> Mistakes) Parse(IEnumerable<string> lines, string file)
    {
        var texts = new List<LabelledText>();
        var mistakes = new List<TextMistake>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#' || (number == 1 && line.Trim() is "label\ttext" or "intent\ttext")) continue;
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0) mistakes.Add(new TextMistake(file, number, "no tab between label and text; write label, one tab, text"));
            else if (string.IsNullOrWhiteSpace(line[..tab])) mistakes.Add(new TextMistake(file, number, "no label before the tab"));
            else if (string.IsNullOrWhiteSpace(line[(tab + 1)..])) mistakes.Add(new TextMistake(file, number, $"no text after the label '{line[..tab].Trim()}'"));
            else texts.Add(new LabelledText(line[..tab].Trim(), line[(tab + 1)..].Trim()));
        }
        return (texts, mistakes);
    }

    /// <summary>
    /// The texts with their languages: the one that the file is named by (<c>de.tsv</c>, <c>shop.de.tsv</c>); else the one that
    /// most of its texts are in; else that of each text.
    /// </summary>
    public static List<LabelledText> WithLanguages(IReadOnlyList<LabelledText> texts, string file, LanguageModel languages)
    {
        if (NamedLanguage(file) is { } named) return [.. texts.Select(t => t with { Language = named })];
        var every = Math.Max(1, texts.Count / MostLooked);
        var looked = texts.Where((_, i) => i % every == 0).Select(t => languages.Of(t.Text)).GroupBy(guess => guess.Language)
            .Select(g => (Language: g.Key, Weight: g.Sum(guess => guess.Probability))).OrderByDescending(g => g.Weight).ToList();
        if (looked.Count == 0) return [.. texts];
        var main = looked[0].Language;
        if (looked[0].Weight >= OneLanguage * looked.Sum(g => g.Weight)) return [.. texts.Select(t => t with { Language = main })];
        return [.. texts.Select(t => t with { Language = languages.Of(t.Text) is { Probability: >= SureGuess } sure ? sure.Language : main })];
    }

    private static string? NamedLanguage(string file)
    {
        var code = Path.GetFileNameWithoutExtension(file).Split('.')[^1];
        return code.Length == 2 && LanguageModel.Known.Contains(code) ? code : null;
    }
}
