namespace AutoFlow.Understanding.Entities;

/// <summary>A line of a text, or a part of one.</summary>
internal readonly record struct TextLine(int Start, int End)
{
    public int Length => End - Start;

    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, End - Start);

    /// <summary>Without spaces, and these signs, at its ends.</summary>
    public TextLine Trimmed(string text, string signs = "")
    {
        var (start, end) = (Start, End);
        while (start < end && (char.IsWhiteSpace(text[start]) || signs.Contains(text[start], StringComparison.Ordinal))) start++;
        while (end > start && (char.IsWhiteSpace(text[end - 1]) || signs.Contains(text[end - 1], StringComparison.Ordinal))) end--;
        return new TextLine(start, end);
    }
}
