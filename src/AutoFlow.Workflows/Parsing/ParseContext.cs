using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Parsing;

/// <summary>What the readers of one definition share.</summary>
internal sealed class ParseContext(SourceText source, DiagnosticSink sink, IFunctionCatalog functions)
{
    public SourceText Source { get; } = source;

    public DiagnosticSink Sink { get; } = sink;

    public IFunctionCatalog Functions { get; } = functions;

    /// <summary>Whether text that reads as an expression is one without <c>${ }</c> (<c>evaluate.mode: loose</c>).</summary>
    public bool Loose { get; set; }

    public ReusableComponents Use { get; } = new();

    /// <summary>The inline function that is being read; null outside <c>use.functions</c>.</summary>
    public InlineFunction? CurrentFunction { get; set; }

    public SortedSet<string> FunctionsCalled { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> EventTypes { get; } = new(StringComparer.Ordinal);
}

/// <summary>Where a task stands: its list's JSON pointer, its list's task names, and the variables of enclosing loops and catches.</summary>
/// <param name="Pointer">The JSON pointer of the list.</param>
/// <param name="Siblings">The names a transition may go to.</param>
/// <param name="Locals">Variable names, without the dollar sign.</param>
internal sealed record TaskScope(string Pointer, IReadOnlyList<string> Siblings, IReadOnlyList<string> Locals)
{
    public static TaskScope Root { get; } = new("", [], []);
}

/// <summary>The components under <c>use</c>, by name.</summary>
internal sealed class ReusableComponents
{
    public Dictionary<string, RetryPolicy> Retries { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ErrorTemplate> Errors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TimeLimit> Timeouts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, InlineFunction> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>The extensions in their order.</summary>
    public List<Extension> Extensions { get; } = [];
}
