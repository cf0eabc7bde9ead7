using System.Buffers;

namespace AutoFlow.Understanding.Text;

/// <summary>Breaks a body into lines that the cutters work on.</summary>
internal static class PlainLines
{
    private static readonly SearchValues<char> Odd = SearchValues.Create("\u00a0\u202f\u200b\u200c\u200d\u2060\ufeff\0");

    /// <summary>Lines without their ends; non-breaking spaces become spaces, invisible characters go.</summary>
    public static List<string> Of(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
            lines.Add(Clean(line).TrimEnd());
        return lines;
    }

    private static string Clean(string line)
    {
        if (line.AsSpan().IndexOfAny(Odd) < 0) return line;
        return new string([.. line
            .Where(c => c is not ('\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or '\0'))
            .Select(c => c is '\u00a0' or '\u202f' ? ' ' : c)]);
    }
}
