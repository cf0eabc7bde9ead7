namespace AutoFlow.Workflows.Diagnostics;

/// <summary>A place in a text file.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The UTF-16 column, counted from 1.</param>
public readonly record struct SourcePosition(int Line, int Column) : IComparable<SourcePosition>
{
    /// <summary>The first character of a file.</summary>
    public static SourcePosition Start => new(1, 1);

    /// <inheritdoc />
    public int CompareTo(SourcePosition other) => (Line, Column).CompareTo((other.Line, other.Column));

    /// <inheritdoc />
    public override string ToString() => $"{Line}:{Column}";

    public static bool operator <(SourcePosition left, SourcePosition right) => left.CompareTo(right) < 0;
    public static bool operator >(SourcePosition left, SourcePosition right) => left.CompareTo(right) > 0;
    public static bool operator <=(SourcePosition left, SourcePosition right) => left.CompareTo(right) <= 0;
    public static bool operator >=(SourcePosition left, SourcePosition right) => left.CompareTo(right) >= 0;
}
