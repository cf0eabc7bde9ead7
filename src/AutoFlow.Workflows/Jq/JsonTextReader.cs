using System.Globalization;
using System.Text;

namespace AutoFlow.Workflows.Jq;

/// <summary>
/// Reads JSON text without recursion. Lenient is what jq itself reads with <c>fromjson</c>: also NaN and infinities,
/// and its error messages.
/// </summary>
internal sealed class JsonTextReader
{
    private readonly string text;
    private readonly bool lenient;
    private readonly Stack<Open> open = new();
    private int at;
    private string? error;

    private JsonTextReader(string text, bool lenient)
    {
        this.text = text;
        this.lenient = lenient;
    }

    /// <summary>The value, or why there is none; both null for lenient text that holds no value at all.</summary>
    public static (JqValue? Value, string? Error) Read(string text, bool lenient)
    {
        var reader = new JsonTextReader(text, lenient);
        var value = reader.ReadDocument();
        return (value, value is null ? reader.error : null);
    }

    private JqValue? ReadDocument()
    {
        if (text.StartsWith('\uFEFF'))
            at = 1;
        SkipSpace();
        if (at == text.Length)
            return lenient ? null : Fail("There is no JSON value");
        JqValue? result = null;
        while (result is null)
        {
            if (ReadValueOrOpen() is { } value)
                result = Close(value);
            else if (error is null && open.Peek().JustOpened && TryCloseEmpty() is { } empty)
                result = Close(empty);
            if (error is not null)
                return null;
        }

        SkipSpace();
        return at < text.Length ? Fail("Unexpected extra JSON values") : result;
    }

    /// <summary>Adds a finished value to what encloses it, closing as much as closes; the document when all is closed.</summary>
    private JqValue? Close(JqValue value)
    {
        while (open.TryPeek(out var top))
        {
            top.Add(value);
            SkipSpace();
            var c = at < text.Length ? text[at++] : '\0';
            if (c == ',')
            {
                SkipSpace();
                if (top.IsObject)
                    ReadKey(top);
                return null;
            }

            if (c != top.Closing)
                return Fail(at >= text.Length && c == '\0' ? "Unfinished JSON term" : $"Expected separator or '{top.Closing}'");
            value = top.Build();
            open.Pop();
        }

        return value;
    }

    private JqValue? ReadValueOrOpen()
    {
        SkipSpace();
        if (at == text.Length)
            return Fail("Unfinished JSON term");
        switch (text[at])
        {
            case '{' or '[':
                if (open.Count >= JqValue.MaxDepth)
                    return Fail("Exceeds depth limit for parsing");
                open.Push(new Open(text[at++] == '{'));
                return null;
            case '"':
                return ReadString() is { } s ? new JqString(s) : null;
            default:
                return ReadLiteral();
        }
    }

    /// <summary>Right after an opening bracket: closes an empty container, or reads an object's first key.</summary>
    private JqValue? TryCloseEmpty()
    {
        var top = open.Peek();
        top.JustOpened = false;
        SkipSpace();
        if (at < text.Length && text[at] == top.Closing)
        {
            at++;
            open.Pop();
            return top.Build();
        }

        if (top.IsObject)
            ReadKey(top);
        return null;
    }

    private void ReadKey(Open top)
    {
        if (at >= text.Length || text[at] != '"')
        {
            if (at < text.Length && !IsDelimiter(text[at]))
                ReadLiteral();
            if (error is null)
                Fail("Object keys must be strings");
            return;
        }

        top.Key = ReadString();
        SkipSpace();
        if (error is null && (at >= text.Length || text[at++] != ':'))
            Fail("Objects must consist of key:value pairs");
    }

    private string? ReadString()
    {
        var start = ++at;
        while (at < text.Length && text[at] != '"' && text[at] != '\\' && (lenient || text[at] >= ' '))
            at++;
        if (at < text.Length && text[at] == '"')
            return CodePoints.Sanitize(text[start..at++]);
        var result = new StringBuilder().Append(text, start, at - start);
        while (at < text.Length)
        {
            var c = text[at++];
            if (c == '"')
                return CodePoints.Sanitize(result.ToString());
            if (c < ' ' && !lenient)
                return Fail("A control character must be escaped in a string")?.AsString();
            if (c != '\\')
            {
                result.Append(c);
                continue;
            }

            if (!ReadEscape(result))
                return Fail("Invalid escape")?.AsString();
        }

        return Fail("Unfinished string")?.AsString();
    }

    private bool ReadEscape(StringBuilder result)
    {
        var c = at < text.Length ? text[at++] : '\0';
        if (c == 'u')
        {
            if (at + 4 > text.Length
                || !ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
                return false;
            at += 4;
            result.Append((char)unit);
            return true;
        }

        var plain = "\"\\/bfnrt".IndexOf(c, StringComparison.Ordinal);
        if (plain >= 0)
            result.Append("\"\\/\b\f\n\r\t"[plain]);
        return plain >= 0;
    }

    private JqValue? ReadLiteral()
    {
        var start = at;
        while (at < text.Length && !IsDelimiter(text[at]))
            at++;
        var token = text.AsSpan(start, at - start);
        switch (token)
        {
            case "null":
                return JqValue.Null;
            case "true":
                return JqValue.True;
            case "false":
                return JqValue.False;
        }

        if (NumberSyntax.IsJson(token) || (lenient && NumberSyntax.IsDecimal(token)))
            return JqNumber.Parse(token);
        if (lenient && ReadSpecialNumber(token) is { } special)
            return JqNumber.Of(special);
        if (token.Contains('\''))
            return Fail("Invalid string literal; expected \", but got '", 1);
        return Fail($"Invalid {(token.Length > 0 && char.IsAsciiLetterLower(token[0]) ? "" : "numeric ")}literal{(at == text.Length ? " at EOF" : "")}", at == text.Length ? 0 : 1);
    }

    private static double? ReadSpecialNumber(ReadOnlySpan<char> token)
    {
        var negative = token is ['-', ..];
        double? value = (negative ? token[1..] : token) switch
        {
            "nan" or "NaN" => double.NaN,
            "Infinity" or "infinity" => double.PositiveInfinity,
            _ => null,
        };
        return negative ? -value : value;
    }

    private static bool IsDelimiter(char c) => c is '{' or '}' or '[' or ']' or ',' or ':' or '"' or ' ' or '\t' or '\r' or '\n';

    private void SkipSpace()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            at++;
    }

    private JqValue? Fail(string message, int columnOffset = 0)
    {
        var before = text.AsSpan(0, Math.Min(at, text.Length));
        var line = before.Count('\n') + 1;
        var column = before.Length - (before.LastIndexOf('\n') + 1) + columnOffset;
        var shown = text.Length <= 100 ? text : text[..100] + "...";
        error ??= $"{message} at line {line}, column {column} (while parsing '{shown}')";
        return null;
    }

    private sealed class Open(bool isObject)
    {
        private readonly List<JqValue> items = [];
        private readonly JqObjectBuilder? properties = isObject ? new JqObjectBuilder() : null;

        public bool IsObject => properties is not null;

        public char Closing => IsObject ? '}' : ']';

        public bool JustOpened { get; set; } = true;

        public string? Key { get; set; }

        public void Add(JqValue value)
        {
            if (properties is null)
                items.Add(value);
            else
                properties.Set(Key ?? "", value);
        }

        public JqValue Build() => properties?.ToObject() ?? JqArray.Of([.. items]);
    }
}
