namespace AutoFlow.Support.Yaml;

/// <summary>A mistake in a file that people write, with its place.</summary>
/// <param name="File">As the caller named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Hint">What to write instead; null when there is nothing to suggest.</param>
public sealed record FileError(string File, int Line, int Column, string Message, string? Hint = null)
{
    public override string ToString() =>
        $"{File}:{Line}:{Column}: error: {Message}" + (Hint is null ? "" : $"{Environment.NewLine}  hint: {Hint}");
}
