namespace AutoFlow.Support.Understanding;

/// <summary>A label of the taxonomy in words.</summary>
/// <param name="Label">For example <c>order_status</c>.</param>
/// <param name="Means">What a message with this label wants.</param>
/// <param name="IsNot">What it is easily taken for, and which label that is; null when nothing is.</param>
public sealed record IntentDefinition(string Label, string Means, string? IsNot);

/// <summary>The labels that a message can have, as people label by them and as a model in the cloud is told them.</summary>
/// <param name="Definitions">In the order of the documentation, each label once.</param>
public sealed record IntentTaxonomy(IReadOnlyList<IntentDefinition> Definitions)
{
    /// <summary>The label for what fits none of the others: it is never acted on.</summary>
    public const string Other = "other";

    /// <summary>True for one of the labels, letter for letter.</summary>
    public bool Knows(string label) => Definitions.Any(definition => definition.Label == label);

    /// <summary>"did you mean 'x'?" with the nearest label; where none is near, all of them.</summary>
    public string Hint(string label)
    {
        var labels = Definitions.Select(definition => definition.Label).ToList();
        return NearestWord.Suggestion(label, labels) ?? $"the labels are {string.Join(", ", labels)}";
    }

    /// <summary>Reads <c>label TAB meaning [TAB what it is not]</c>, one a line; blank lines and lines with <c>#</c> are skipped.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line is not of that form, a label comes twice, or <see cref="Other"/> is missing; the message names file and line.</exception>
    public static IntentTaxonomy Read(string file) => Parse(File.ReadLines(file), Path.GetFileName(file));

    /// <summary>See <see cref="Read"/>.</summary>
    /// <param name="file">Named in errors.</param>
    /// <exception cref="InvalidDataException">See <see cref="Read"/>.</exception>
    public static IntentTaxonomy Parse(IEnumerable<string> lines, string file)
    {
        var definitions = new List<IntentDefinition>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#') continue;
            var columns = line.Split('\t', StringSplitOptions.TrimEntries);
            if (columns is not ([{ Length: > 0 }, { Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }, _]))
                throw new InvalidDataException($"{file}:{number}: a line is a label, a tab, what it means, and if need be a tab and what it is not.");
            if (!known.Add(columns[0])) throw new InvalidDataException($"{file}:{number}: the label {columns[0]} comes twice.");
            definitions.Add(new IntentDefinition(columns[0], columns[1], columns is [_, _, { Length: > 0 } isNot] ? isNot : null));
        }

        return known.Contains(Other)
            ? new IntentTaxonomy(definitions)
            : throw new InvalidDataException($"{file}: the label {Other} is missing, for what fits no other.");
    }
}
