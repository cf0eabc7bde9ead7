namespace AutoFlow.Workflows.Jq;

/// <summary>Which texts are numbers.</summary>
internal static class NumberSyntax
{
    /// <summary>RFC 8259: no leading zeros, plus sign or bare dot.</summary>
    public static bool IsJson(ReadOnlySpan<char> text)
    {
        if (text is ['-', ..])
            text = text[1..];
        return text is not ([] or ['.', ..] or ['+', ..] or ['0', >= '0' and <= '9', ..])
            && text.IndexOf('.') is var dot
            && (dot < 0 || (dot + 1 < text.Length && char.IsAsciiDigit(text[dot + 1])))
            && IsUnsigned(text);
    }

    /// <summary>What jq's lexer, <c>fromjson</c> and <c>tonumber</c> take: digits with an optional dot and exponent, no plus sign.</summary>
    public static bool IsDecimal(ReadOnlySpan<char> text) => IsUnsigned(text is ['-', ..] ? text[1..] : text);

    private static bool IsUnsigned(ReadOnlySpan<char> text)
    {
        int i = 0, digits = 0;
        for (; i < text.Length && char.IsAsciiDigit(text[i]); i++)
            digits++;
        if (i < text.Length && text[i] == '.')
        {
            for (i++; i < text.Length && char.IsAsciiDigit(text[i]); i++)
                digits++;
        }

        if (digits == 0)
            return false;
        if (i == text.Length)
            return true;
        if (text[i++] is not ('e' or 'E'))
            return false;
        if (i < text.Length && text[i] is '+' or '-')
            i++;
        var exponent = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i == text.Length && i > exponent;
    }
}
