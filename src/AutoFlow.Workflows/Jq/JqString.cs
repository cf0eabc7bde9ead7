namespace AutoFlow.Workflows.Jq;

/// <summary>A string. jq counts in code points, .NET in UTF-16 units; the two differ only where surrogates occur.</summary>
internal sealed class JqString(string text) : JqValue(JqKind.String)
{
    private int length = -1;

    public static readonly JqString Empty = new("");

    public string Text { get; } = text;

    /// <summary>Length in code points.</summary>
    public int Length
    {
        get
        {
            if (length < 0)
                length = CodePoints.Count(Text);
            return length;
        }
    }

    public bool HasSurrogates => Length != Text.Length;

    internal override long Weight => Text.Length + 2;

    internal override int Depth => 0;
}
