using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Diagnostics;

/// <summary>Collects findings about one file. The same finding at the same place is kept once.</summary>
internal sealed class DiagnosticSink(SourceText source)
{
    /// <summary>How many words are looked at for hints about one file: each wrong word may be any of as many as the file has.</summary>
    private const int MostWordsSearched = 20_000;

    private readonly List<Diagnostic> _found = [];

    private readonly HashSet<Diagnostic> _known = [];

    private int _wordsSearched;

    private readonly List<Diagnostic> _included = [];

    public bool HasErrors => _found.Concat(_included).Any(static d => d.Severity == DiagnosticSeverity.Error);

    public void Error(SourcePosition position, string message, string? hint = null) =>
        Add(DiagnosticSeverity.Error, position, message, hint);

    public void Warning(SourcePosition position, string message, string? hint = null) =>
        Add(DiagnosticSeverity.Warning, position, message, hint);

    /// <summary>A hint that names the word an author most likely meant; null when none is close, or many were searched for already.</summary>
    public string? Nearest(string word, IEnumerable<string> known)
    {
        if (_wordsSearched >= MostWordsSearched) return null;
        var words = known.ToList();
        _wordsSearched += words.Count;
        return NearestWord.Hint(word, words);
    }

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
        if (_known.Add(finding)) _found.Add(finding);
        return finding;
    }
}
