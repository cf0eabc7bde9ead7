using System.Diagnostics.CodeAnalysis;

namespace AutoFlow.Workflows.Jq;

/// <summary>The outcome of compiling: a program, or the first error in its source.</summary>
public sealed class JqCompilation
{
    internal JqCompilation(JqProgram program) => Program = program;

    internal JqCompilation(JqError error) => Error = error;

    public JqProgram? Program { get; }

    public JqError? Error { get; }

    [MemberNotNullWhen(true, nameof(Program))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Program is not null;
}
