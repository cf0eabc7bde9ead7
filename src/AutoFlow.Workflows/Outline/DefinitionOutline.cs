using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Outline;

/// <summary>A definition as a tree to be shown: for graphs, for the coverage of scenarios, for editors.</summary>
public sealed record DefinitionOutline
{
    private DefinitionOutline()
    {
    }

    /// <summary>The definition's name and version.</summary>
    public required WorkflowIdentity Identity { get; init; }

    /// <summary><c>document.title</c>; null where there is none.</summary>
    public string? Title { get; private init; }

    /// <summary>The time limit of the whole workflow; null without one.</summary>
    public OutlineLimit? Limit { get; private init; }

    /// <summary>The workflow's own list.</summary>
    public required IReadOnlyList<OutlineTask> Tasks { get; init; }

    /// <summary>The tasks under <c>use.functions</c>.</summary>
    public IReadOnlyList<OutlineTask> Functions { get; private init; } = [];

    /// <summary>The tasks that <c>use.extensions</c> puts before and after others.</summary>
    public IReadOnlyList<OutlineTask> Extensions { get; private init; } = [];

    /// <summary>The names of the workflows that the definition runs.</summary>
    public IReadOnlyList<string> Children => [.. AllTasks.Select(static t => t.Child).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Every task of the definition, those inside others included.</summary>
    public IEnumerable<OutlineTask> AllTasks => Tasks.Concat(Functions).Concat(Extensions).SelectMany(static t => t.WithInner());

    /// <summary>Reads the outline from the definition's own text, which has passed every check.</summary>
    public static DefinitionOutline Of(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var source = new SourceText(definition.Identity.Name, definition.Text);
        var root = (YamlMapping)YamlReader.Read(source, new DiagnosticSink(source))!;
        return new DefinitionOutline
        {
            Identity = definition.Identity,
            Title = definition.Title,
            Limit = OutlineReader.Limit(root),
            Tasks = OutlineReader.Tasks(root.Find("do")!.Value, "/do"),
            Functions = OutlineReader.Functions(OutlineReader.At(root, "use", "functions")),
            Extensions = OutlineReader.Extensions(OutlineReader.At(root, "use", "extensions")),
        };
    }
}
