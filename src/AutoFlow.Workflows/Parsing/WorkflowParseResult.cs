using System.Diagnostics.CodeAnalysis;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Parsing;

/// <summary>What reading a definition gave: the definition, or the errors that refuse it; warnings come with both.</summary>
/// <param name="Definition">The definition; null when there are errors.</param>
/// <param name="Diagnostics">All findings in the order of the file.</param>
public sealed record WorkflowParseResult(WorkflowDefinition? Definition, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The resources that the definition names and that were not given; each has its finding among the diagnostics.</summary>
    public IReadOnlyList<MissingResource> Missing { get; init; } = [];

    /// <summary>Whether the definition loads.</summary>
    [MemberNotNullWhen(true, nameof(Definition))]
    public bool IsValid => Definition is not null;

    /// <summary>The findings that refuse the definition.</summary>
    public IEnumerable<Diagnostic> Errors => Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error);
}
