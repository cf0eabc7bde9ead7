using System.Text.RegularExpressions;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tests.Parsing;

public partial class TypoTests
{
    /// <summary>How many typos are tried at a word that was met before; at the first of its kind all are.</summary>
    private const int TyposPerRepeatedWord = 1;

    private static readonly Lazy<IReadOnlyList<(string Name, string Text)>> Shipped = new(static () =>
        [.. WorkflowFiles.In(Path.Combine(Repository.Root, "workflows")).Select(static f => (Path.GetFileName(f), new SourceText("", File.ReadAllText(f)).Text))]);

    // Steps are no part of this test: whatever a shipped definition calls is known.
    private static readonly IFunctionCatalog Functions = FunctionCatalog.FromNames(
        [.. Shipped.Value.SelectMany(static f => Called().Matches(f.Text)).Select(static m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)]);

    [Fact]
    public void A_typo_in_any_word_of_a_shipped_definition_is_told_with_the_right_word()
    {
        var misses = new List<string>();
        var met = new HashSet<(string, string)>();
        var tried = 0;
        foreach (var (name, text) in Shipped.Value)
        {
            var source = new SourceText(name, text);
            foreach (var place in KeywordPlaces.In(YamlReader.Read(source, new DiagnosticSink(source))!))
            {
                var typos = Typos(place.Word).ToList();
                foreach (var typo in met.Add((place.Kind, place.Word)) ? typos : Sample(typos, place.Position))
                {
                    tried++;
                    if (Miss(source, place, typo) is { } miss) misses.Add(miss);
                }
            }
        }

        Assert.True(tried > 1_500, $"only {tried} typos were tried");
        Assert.True(misses.Count == 0, $"{misses.Count} of {tried} typos are not told well:\n{string.Join('\n', misses.Distinct().Take(40))}");
    }

    [Fact]
    public void A_shipped_definition_gives_no_finding() =>
        Assert.All(Shipped.Value, static f => Assert.Empty(WorkflowParser.Parse(f.Name, f.Text, Functions).Diagnostics));

    /// <summary>Every word with one letter left out, doubled, replaced or swapped with the next.</summary>
    private static IEnumerable<string> Typos(string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            yield return word.Remove(i, 1);
            yield return word.Insert(i, word[i].ToString());
            yield return word.Insert(i, "x");
            yield return word[..i] + (char)(((word[i] - 'a' + 13) % 26) + 'a') + word[(i + 1)..];
            if (i + 1 < word.Length && word[i] != word[i + 1]) yield return word[..i] + word[i + 1] + word[i] + word[(i + 2)..];
        }

        yield return word + "s";
    }

    private static IEnumerable<string> Sample(List<string> typos, SourcePosition position)
    {
        var random = new Random((position.Line * 1_000) + position.Column);
        return Enumerable.Range(0, TyposPerRepeatedWord).Select(_ => typos[random.Next(typos.Count)]);
    }

    /// <summary>What is wrong with how a typo is told; null when it is told well.</summary>
    private static string? Miss(SourceText source, KeywordPlace place, string typo)
    {
        if (typo.Length == 0) return null;
        var lines = (string[])source.Lines.Clone();
        var (line, at) = (lines[place.Position.Line - 1], place.Position.Column - 1);
        if (line[at] is '"' or '\'') at++;
        lines[place.Position.Line - 1] = line[..at] + typo + line[(at + place.Word.Length)..];
        var here = WorkflowParser.Parse(source.FileName, string.Join('\n', lines), Functions).Errors
            .Where(e => e.Position.Line == place.Position.Line).ToList();
        // A typo may make another right word: then it is enough that something is wrong there.
        if (here.Count > 0 && KeywordPlaces.Allowed(place.Kind).Contains(typo)) return null;
        if (here.Exists(e => Names(e.Message, place.Word) || Names(e.Hint ?? "", place.Word))) return null;
        return $"{source.FileName}:{place.Position}: {place.Kind} {place.Word} -> {typo}: {string.Join(" | ", here.Select(static e => $"{e.Message} ({e.Hint})"))}";
    }

    private static bool Names(string text, string word) => Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(word)}(?!\w)");

    [GeneratedRegex(@"\bcall: *([A-Za-z]+)")]
    private static partial Regex Called();
}
