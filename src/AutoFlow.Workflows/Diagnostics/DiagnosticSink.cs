namespace AutoFlow.Workflows.Diagnostics;

/// <summary>Collects findings about one file. The same finding at the same place is kept once.</summary>
internal sealed class DiagnosticSink(SourceText source)
{
    private readonly List<Diagnostic> _found = [];

    public bool HasErrors => _found.Exists(static d => d.Severity == DiagnosticSeverity.Error);

    public void Error(SourcePosition position, string message, string? hint = null) =>
        Add(DiagnosticSeverity.Error, position, message, hint);

    public void Warning(SourcePosition position, string message, string? hint = null) =>
        Add(DiagnosticSeverity.Warning, position, message, hint);

    /// <summary>Refuses a construct of the language that this engine does not run, by its name.</summary>
    public void NotSupported(SourcePosition position, string construct, string? hint = null) =>
        Error(position, $"not supported yet: {construct}", hint);

    /// <summary>All findings in the order of the file.</summary>
    public IReadOnlyList<Diagnostic> ToList() =>
        [.. _found.Select(static (d, i) => (d, i)).OrderBy(static x => x.d.Position).ThenBy(static x => x.i).Select(static x => x.d)];

    private void Add(DiagnosticSeverity severity, SourcePosition position, string message, string? hint)
    {
        var finding = new Diagnostic(severity, source.FileName, position, message, hint, source.Line(position.Line));
        if (!_found.Contains(finding)) _found.Add(finding);
    }
}
