using System.Text;

namespace AutoFlow.Workflows.Jq;

/// <summary>Strings seen as sequences of Unicode code points.</summary>
internal static class CodePoints
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && char.IsLowSurrogate(text[i + 1]))
            {
                count--;
                i++;
            }
        }

        return count;
    }

    /// <summary>The UTF-16 index of the code point number <paramref name="codePoint"/>; the end when there are fewer.</summary>
    public static int ToUtf16Index(JqString text, int codePoint)
    {
        if (!text.HasSurrogates)
            return Math.Min(codePoint, text.Text.Length);
        var index = 0;
        for (; codePoint > 0 && index < text.Text.Length; codePoint--)
            index += IsPair(text.Text, index) ? 2 : 1;
        return index;
    }

    public static string Slice(JqString text, int from, int to)
    {
        if (to <= from)
            return "";
        var start = ToUtf16Index(text, from);
        return text.Text[start..ToUtf16Index(text, to)];
    }

    /// <summary>Order by code point, which is also the order of the UTF-8 bytes: jq's order of strings.</summary>
    public static int Compare(string a, string b)
    {
        var shared = Math.Min(a.Length, b.Length);
        var at = a.AsSpan(0, shared).CommonPrefixLength(b.AsSpan(0, shared));
        if (at == shared)
            return a.Length.CompareTo(b.Length);
        char x = a[at], y = b[at];
        // A surrogate stands for a code point above every other UTF-16 unit.
        if (char.IsSurrogate(x) != char.IsSurrogate(y))
            return char.IsSurrogate(x) ? 1 : -1;
        return x.CompareTo(y);
    }

    /// <summary>Replaces unpaired surrogates by U+FFFD.</summary>
    public static string Sanitize(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!IsPair(text, i))
                return Replace(text);
            i++;
        }

        return text;
    }

    private static string Replace(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            result.Append(rune.ToString());
        return result.ToString();
    }

    private static bool IsPair(string text, int index) =>
        index + 1 < text.Length && char.IsHighSurrogate(text[index]) && char.IsLowSurrogate(text[index + 1]);
}
