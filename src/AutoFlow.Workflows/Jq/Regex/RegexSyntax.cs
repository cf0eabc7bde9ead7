namespace AutoFlow.Workflows.Jq;

/// <summary>A parsed regular expression.</summary>
internal abstract record RegexSyntax;

internal sealed record EmptyRegex : RegexSyntax;

/// <summary>One code point of a set.</summary>
internal sealed record SetRegex(CodePointSet Set) : RegexSyntax;

internal sealed record SequenceRegex(IReadOnlyList<RegexSyntax> Parts) : RegexSyntax;

internal sealed record AlternationRegex(IReadOnlyList<RegexSyntax> Branches) : RegexSyntax;

/// <summary>A group that captures; number 0 is the whole match.</summary>
internal sealed record GroupRegex(RegexSyntax Body, int Number) : RegexSyntax;

/// <summary>A quantifier; no maximum means without end. A possessive one is an <see cref="AtomicRegex"/> around a greedy one.</summary>
internal sealed record RepeatRegex(RegexSyntax Body, int Min, int? Max, bool IsLazy) : RegexSyntax;

internal sealed record AnchorRegex(RegexAnchor Anchor) : RegexSyntax;

/// <summary>A look-ahead or look-behind.</summary>
internal sealed record LookRegex(RegexSyntax Body, bool IsBehind, bool IsNegative) : RegexSyntax;

/// <summary>What it matched first is never tried otherwise.</summary>
internal sealed record AtomicRegex(RegexSyntax Body) : RegexSyntax;

internal sealed record BackReferenceRegex(int Number, bool IgnoreCase) : RegexSyntax;

/// <summary>A place in the text.</summary>
internal enum RegexAnchor
{
    TextStart,
    TextEnd,
    TextEndOrLastNewline,
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
    SearchStart,
}

/// <summary>Why a pattern is not taken.</summary>
internal sealed class RegexSyntaxException(string message, int offset) : Exception(message)
{
    /// <summary>Where, in UTF-16 units from 0.</summary>
    public int Offset { get; } = offset;
}
