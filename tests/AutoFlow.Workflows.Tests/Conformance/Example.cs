using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>An example of the specification.</summary>
internal sealed record Example(string Name, string Text)
{
    /// <summary>All of them, sorted. Only where they are here.</summary>
    public static IReadOnlyList<Example> All() =>
    [
        .. Directory.EnumerateFiles(SharedData.Folder("examples")!, "*.yaml").Order(StringComparer.Ordinal)
            .Select(static file => new Example(Path.GetFileName(file), File.ReadAllText(file))),
    ];

    /// <summary>Why an example is refused.</summary>
    public static IEnumerable<Diagnostic> Refusals(string name, string text) => WorkflowParser.Parse(name, text, FunctionCatalog.Empty).Errors;
}
