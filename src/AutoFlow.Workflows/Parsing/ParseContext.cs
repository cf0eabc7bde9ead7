using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Parsing;

/// <summary>What the readers of one definition share.</summary>
internal sealed class ParseContext(SourceText source, DiagnosticSink sink, IFunctionCatalog functions, DefinitionResources? resources = null)
{
    private readonly Uri _place = ResourceUri.Definition;
    private readonly Dictionary<(string Source, string Variables), JqCompilation> _compiled = [];

    private ParseContext(ParseContext parent, SourceText source, Uri place)
        : this(source, new DiagnosticSink(source), parent.Functions, parent.Given)
    {
        _place = place;
        (FunctionsCalled, EventTypes, EventFilters, Pinned, Missing, External) =
            (parent.FunctionsCalled, parent.EventTypes, parent.EventFilters, parent.Pinned, parent.Missing, parent.External);
    }

    public SourceText Source { get; } = source;

    /// <summary>What relative names in this text are resolved against.</summary>
    public Uri Place => _place;

    public DiagnosticSink Sink { get; } = sink;

    public IFunctionCatalog Functions { get; } = functions;

    /// <summary>Whether text that reads as an expression is one without <c>${ }</c> (<c>evaluate.mode: loose</c>).</summary>
    public bool Loose { get; set; }

    public ReusableComponents Use { get; } = new();

    /// <summary>The inline function that is being read; null outside <c>use.functions</c>.</summary>
    public InlineFunction? CurrentFunction { get; set; }

    public SortedSet<string> FunctionsCalled { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> EventTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>The filters of the listens, without that of the schedule.</summary>
    public List<EventFilter> EventFilters { get; } = [];

    /// <summary>The texts of resources that were given with the definition.</summary>
    public DefinitionResources Given { get; } = resources ?? DefinitionResources.Empty;

    /// <summary>The resources that the definition uses, by absolute URI.</summary>
    public Dictionary<Uri, string> Pinned { get; } = [];

    /// <summary>The resources that the definition names and that were not given.</summary>
    public List<MissingResource> Missing { get; } = [];

    /// <summary>The functions that were read from resources, by absolute URI; null while one is read.</summary>
    public Dictionary<Uri, InlineFunction?> External { get; } = [];

    /// <summary>Compiles an expression, once for all places where it stands with the same variables.</summary>
    public JqCompilation Compile(string source, IReadOnlyList<string> variables)
    {
        var key = (source, string.Join(' ', variables));
        if (_compiled.TryGetValue(key, out var known)) return known;
        return _compiled[key] = JqProgram.Compile(source, variables);
    }

    /// <summary>The text of a resource that is named here; null (and a finding) when the name is wrong or the text is not here.</summary>
    /// <param name="position">Where the name stands.</param>
    /// <param name="name">A URI, or a path from the file that is being read.</param>
    /// <param name="from">The resource that the name stands in, when it is another than the file that is being read.</param>
    public PinnedResource? Resource(SourcePosition position, string name, Uri? from = null)
    {
        var (uri, problem) = ResourceUri.Resolve(name, from ?? _place);
        if (uri is null)
        {
            Sink.Error(position, problem!);
            return null;
        }

        if (Given.Find(uri) is { } text)
        {
            Pinned[uri] = text;
            return new PinnedResource(uri, text);
        }

        Missing.Add(new MissingResource(uri, Sink.Missing(position, uri)));
        return null;
    }

    /// <summary>The context to read a resource as a part of this definition: its own findings, names and relative paths.</summary>
    public ParseContext For(PinnedResource resource) => new(this, new SourceText(resource.Uri.AbsoluteUri, resource.Text), resource.Uri);
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
    public List<string> Secrets { get; } = [];

    /// <summary>The policies; null for one with errors.</summary>
    public Dictionary<string, ValueTemplate?> Authentications { get; } = new(StringComparer.Ordinal);

    /// <summary>The roots of the catalogs; null for one with errors.</summary>
    public Dictionary<string, string?> Catalogs { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RetryPolicy> Retries { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ErrorTemplate> Errors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TimeLimit> Timeouts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, InlineFunction> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>The extensions in their order.</summary>
    public List<Extension> Extensions { get; } = [];
}
