using System.Text;

namespace AutoFlow.Workflows.Diagnostics;

/// <summary>How bad a finding is: an error refuses the definition, a warning does not.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The definition is refused.</summary>
    Error,

    /// <summary>The definition loads, but it is likely not what its author meant.</summary>
    Warning,
}

/// <summary>One finding about a workflow definition, with its place in the file.</summary>
/// <param name="Severity">Whether the definition is refused.</param>
/// <param name="File">The file's name as the caller gave it.</param>
/// <param name="Position">Where the finding is.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Hint">What to do about it; null where nothing useful is known.</param>
/// <param name="SourceLine">The text of the line; null where the file has no such line.</param>
public sealed record Diagnostic(
    DiagnosticSeverity Severity, string File, SourcePosition Position, string Message, string? Hint, string? SourceLine)
{
    private const int LongestLineShown = 200;

    /// <summary>The finding as compilers print it: <c>file:line:column: error: message</c>, the line with a caret, the hint.</summary>
    public string Format()
    {
        var text = new StringBuilder();
        var severity = Severity == DiagnosticSeverity.Error ? "error" : "warning";
        text.Append(File).Append(':').Append(Position).Append(": ").Append(severity).Append(": ").Append(Message);
        if (SourceLine is { Length: > 0 and <= LongestLineShown } line)
        {
            var caret = Math.Clamp(Position.Column - 1, 0, line.Length);
            text.Append("\n  ").Append(line.Replace('\t', ' ')).Append("\n  ").Append(' ', caret).Append('^');
        }

        if (Hint is not null) text.Append("\n  hint: ").Append(Hint);
        return text.ToString();
    }

    /// <inheritdoc />
    public override string ToString() => Format();
}
