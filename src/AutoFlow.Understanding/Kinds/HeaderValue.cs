namespace AutoFlow.Understanding.Kinds;

/// <summary>Reads structured header values: comments in parentheses (RFC 5322 section 3.2.2) say nothing, parameters follow semicolons (RFC 2045 section 5.1).</summary>
internal static class HeaderValue
{
    /// <summary>The first word: of <c>(by rule) auto-replied; owner-token=x</c> it is <c>auto-replied</c>. Empty when there is none.</summary>
    public static ReadOnlySpan<char> Word(ReadOnlySpan<char> value)
    {
        var from = SkipBlank(value, 0);
        var to = from;
        while (to < value.Length && value[to] is not (';' or '(' or ',') && !char.IsWhiteSpace(value[to])) to++;
        return value[from..to];
    }

    /// <summary>A parameter's value without quotes; empty when it is not there. Names compare without case.</summary>
    public static ReadOnlySpan<char> Parameter(ReadOnlySpan<char> value, ReadOnlySpan<char> name)
    {
        for (var at = Next(value, 0); at < value.Length; at = Next(value, at))
        {
            at = SkipBlank(value, at + 1);
            var equals = at;
            while (equals < value.Length && value[equals] is not ('=' or ';')) equals++;
            if (equals >= value.Length || value[equals] == ';' || !value[at..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            var from = SkipBlank(value, equals + 1);
            if (from >= value.Length || value[from] != '"') return Word(value[from..]);
            var end = value[(from + 1)..].IndexOf('"');
            return end < 0 ? value[(from + 1)..] : value[(from + 1)..(from + 1 + end)];
        }
        return [];
    }

    // The next semicolon outside quotes and comments, or the end.
    private static int Next(ReadOnlySpan<char> value, int at)
    {
        var quoted = false;
        for (; at < value.Length; at++)
        {
            if (value[at] == '\\') at++;
            else if (value[at] == '"') quoted = !quoted;
            else if (!quoted && value[at] == '(') at = SkipBlank(value, at) - 1;
            else if (!quoted && value[at] == ';') return at;
        }
        return value.Length;
    }

    // White space and comments; comments nest.
    private static int SkipBlank(ReadOnlySpan<char> value, int at)
    {
        var depth = 0;
        for (; at < value.Length; at++)
        {
            if (value[at] == '(') depth++;
            else if (depth > 0 && value[at] == ')') depth--;
            else if (depth > 0 && value[at] == '\\') at++;
            else if (depth == 0 && !char.IsWhiteSpace(value[at])) return at;
        }
        return value.Length;
    }
}
