using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Diagnostics;

/// <summary>Collects findings about one file. The same finding at the same place is kept once.</summary>
internal sealed class DiagnosticSink(SourceText source)
{
    private readonly List<Diagnostic> _found = [];

    private readonly List<Diagnostic> _included = [];

    public bool HasErrors => _found.Concat(_included).Any(static d => d.Severity == DiagnosticSeverity.Error);

    public void Error(SourcePosition position, string message, string? hint = null) =>
        Add(DiagnosticSeverity.Error, position, message, hint);

    public void Warning(SourcePosition position, string message, string? hint = null) =>
        Add(DiagnosticSeverity.Warning, position, message, hint);

    /// <summary>Refuses a construct of the language for good, with its reason and what to do instead.</summary>
    public void NotSupported(SourcePosition position, Refusal refusal) =>
        Error(position, $"not supported: {refusal.Construct}: {refusal.Reason}", refusal.Instead);

    /// <summary>Reports a resource that the definition names and that was not given; the finding is given back.</summary>
    public Diagnostic Missing(SourcePosition position, Uri resource) =>
        Add(DiagnosticSeverity.Error, position, $"the resource {resource} is not here", "publish the definition with its resources");

    /// <summary>Takes over the findings about another file, after those about this one.</summary>
    public void Include(DiagnosticSink other) => _included.AddRange(other.ToList());

    /// <summary>All findings in the order of the file, then those about other files.</summary>
    public IReadOnlyList<Diagnostic> ToList() =>
    [
        .. _found.Select(static (d, i) => (d, i)).OrderBy(static x => x.d.Position).ThenBy(static x => x.i).Select(static x => x.d),
        .. _included,
    ];

    private Diagnostic Add(DiagnosticSeverity severity, SourcePosition position, string message, string? hint)
    {
        var finding = new Diagnostic(severity, source.FileName, position, message, hint, source.Line(position.Line));
        if (!_found.Contains(finding)) _found.Add(finding);
        return finding;
    }
}
