namespace AutoFlow.Workflows.Jq;

/// <summary>A text by its code points; one without surrogates is read as it is.</summary>
internal sealed class CodePointText
{
    private readonly string text;
    private readonly int[]? starts;

    public CodePointText(JqString value)
    {
        text = value.Text;
        Length = value.Length;
        if (!value.HasSurrogates)
            return;
        starts = new int[Length + 1];
        for (int i = 0, at = 0; i < Length; i++)
        {
            starts[i] = at;
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        }

        starts[Length] = text.Length;
    }

    /// <summary>Its length in code points.</summary>
    public int Length { get; }

    public int this[int index] => starts is null
        ? text[index]
        : starts[index + 1] - starts[index] == 2 ? char.ConvertToUtf32(text, starts[index]) : text[starts[index]];

    public string Slice(int from, int to) => starts is null ? text[from..to] : text[starts[from]..starts[to]];
}
