namespace AutoFlow.Workflows.Jq;

/// <summary>Carries the first compile error out of lexer, parser and compiler; never leaves <see cref="JqProgram.Compile"/>.</summary>
internal sealed class JqSyntaxException(string message, int offset, string? hint = null) : Exception(message)
{
    public JqError ToError(string source)
    {
        var before = source.AsSpan(0, Math.Clamp(offset, 0, source.Length));
        return new JqError(Message, before.Length, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), hint);
    }
}
