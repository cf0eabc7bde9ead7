namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>A scenario of the conformance kit: its definition, its input and what must come of it.</summary>
internal sealed record Scenario(string Name, string Definition, string? Input, IReadOnlyList<(string Text, string? Block)> Steps)
{
    /// <summary>The scenarios of the kit, in the order of its files. Only where the kit is here.</summary>
    public static IReadOnlyList<Scenario> OfTheKit() =>
    [
        .. Directory.EnumerateFiles(SharedData.Folder("ctk")!, "*.feature").Order(StringComparer.Ordinal)
            .SelectMany(static file => Read(File.ReadAllText(file))),
    ];

    /// <summary>Reads the scenarios of a Gherkin feature, as far as the kit uses Gherkin.</summary>
    public static IEnumerable<Scenario> Read(string feature)
    {
        var name = "";
        var steps = new List<(string Text, string? Block)>();
        List<string>? block = null;
        foreach (var line in feature.ReplaceLineEndings("\n").Split('\n').Append("Scenario:"))
        {
            var text = line.Trim();
            if (text.StartsWith("\"\"\"", StringComparison.Ordinal))
            {
                if (block is not null) steps[^1] = (steps[^1].Text, Unindented(block));
                block = block is null ? [] : null;
            }
            else if (block is not null)
            {
                block.Add(line);
            }
            else if (text.StartsWith("Scenario:", StringComparison.Ordinal))
            {
                if (steps.Count > 0) yield return Of(name, steps);
                (name, steps) = (text["Scenario:".Length..].Trim(), []);
            }
            else if (text.Split(' ')[0] is "Given" or "When" or "Then" or "And")
            {
                steps.Add((text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..], null));
            }
        }
    }

    private static Scenario Of(string name, List<(string Text, string? Block)> steps) => new(
        name,
        steps.First(static s => s.Text.StartsWith("a workflow with definition", StringComparison.Ordinal)).Block!,
        steps.FirstOrDefault(static s => s.Text.Contains("workflow input is", StringComparison.Ordinal)).Block,
        [.. steps.Where(static s => s.Text.StartsWith("the workflow should ", StringComparison.Ordinal) || s.Text.Contains(" should run ", StringComparison.Ordinal))]);

    private static string Unindented(List<string> lines)
    {
        var indent = lines.Where(static l => l.Trim().Length > 0).Min(static l => l.Length - l.TrimStart().Length);
        return string.Join('\n', lines.Select(l => l.Length >= indent ? l[indent..] : "")) + "\n";
    }
}
