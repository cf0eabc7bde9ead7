using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Model;

/// <summary>What names a definition: OWS <c>document.namespace</c>, <c>name</c> and <c>version</c>.</summary>
/// <param name="Namespace">The namespace, a DNS label.</param>
/// <param name="Name">The name, a DNS label.</param>
/// <param name="Version">The version by SemVer.</param>
public sealed record WorkflowIdentity(string Namespace, string Name, string Version)
{
    /// <inheritdoc />
    public override string ToString() => $"{Namespace}/{Name}:{Version}";
}

/// <summary>A workflow definition that passed every check, with its expressions compiled. Immutable and safe to share.</summary>
public sealed class WorkflowDefinition
{
    /// <summary>Namespace, name and version.</summary>
    public required WorkflowIdentity Identity { get; init; }

    /// <summary>
    /// SHA-256 over the UTF-8 text with line feeds only, in lower-case hexadecimal: the definition's content address. Where the definition
    /// has resources, over that and the URI and SHA-256 of each.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>The text the definition was read from, with line feeds only.</summary>
    public required string Text { get; init; }

    /// <summary>The texts from outside that the definition uses.</summary>
    public DefinitionResources Resources { get; init; } = DefinitionResources.Empty;

    /// <summary>The definition as JSON, what expressions see as <c>$workflow.definition</c>.</summary>
    public required JqValue Json { get; init; }

    /// <summary><c>document.title</c>; null where there is none.</summary>
    public string? Title { get; init; }

    /// <summary><c>document.summary</c>, Markdown; null where there is none.</summary>
    public string? Summary { get; init; }

    /// <summary><c>document.tags</c>; an empty object where there are none.</summary>
    public required JqValue Tags { get; init; }

    /// <summary><c>document.metadata</c>; an empty object where there is none.</summary>
    public required JqValue Metadata { get; init; }

    /// <summary>The functions of the catalog that the definition calls, sorted.</summary>
    public required IReadOnlyList<string> FunctionsCalled { get; init; }

    /// <summary>
    /// The CloudEvent types that the definition names in its listens, sorted; with <see cref="Execution.EventTypes.Any"/> among them if
    /// it may listen to others, too. <see cref="Execution.EventTypes.NameOf"/> tells under which of them an event is given to an instance.
    /// </summary>
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>The secrets that the definition declares, in its order.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Findings that do not refuse the definition.</summary>
    public required IReadOnlyList<Diagnostic> Warnings { get; init; }

    /// <summary>When the workflow starts by itself; null where it does not.</summary>
    public WorkflowSchedule? Schedule { get; init; }

    /// <summary><c>use.extensions</c>, in their order.</summary>
    internal IReadOnlyList<Extension> Extensions { get; init; } = [];

    /// <summary>The filters of all listens, in the order in which they were read.</summary>
    internal IReadOnlyList<EventFilter> EventFilters { get; init; } = [];

    internal ValueTemplate? InputFrom { get; init; }

    internal ValueTemplate? OutputAs { get; init; }

    internal DataSchema? InputSchema { get; init; }

    internal DataSchema? OutputSchema { get; init; }

    internal TimeLimit? Timeout { get; init; }

    internal TaskList Do { get; init; } = new("do", []);
}
