using System.Globalization;
using System.Text;

namespace AutoFlow.Workflows.Jq;

/// <summary>Cuts a program into tokens; the parts of an interpolated string are tokens of their own.</summary>
internal sealed class JqLexer(string source)
{
    private const char InString = '"';
    private static readonly string[] Symbols =
    [
        "?//=", "?//", "//=", "|=", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=", "//", "..",
        "|", ",", "=", "<", ">", "+", "-", "*", "/", "%", "?", ".", "[", "]", "{", "}", "(", ")", ":", ";", "$",
    ];

    private readonly List<JqToken> tokens = [];

    /// <summary>Open brackets and, as a quote, open strings: tells which ')' ends an interpolation.</summary>
    private readonly Stack<char> open = new();
    private int at;

    public static List<JqToken> Tokenize(string source) => new JqLexer(source).Run();

    private List<JqToken> Run()
    {
        while (true)
        {
            if (open.TryPeek(out var top) && top == InString)
            {
                ReadString();
                continue;
            }

            SkipSpaceAndComments();
            if (at == source.Length)
            {
                Add(JqTokenKind.End, "", at);
                return tokens;
            }

            ReadToken();
        }
    }

    private void ReadToken()
    {
        var start = at;
        var c = source[at];
        var next = at + 1 < source.Length ? source[at + 1] : '\0';
        if (IsNameStart(c))
            Add(JqTokenKind.Word, ReadName(modules: true), start);
        else if (c == '.' && IsNameStart(next))
        {
            at++;
            Add(JqTokenKind.Field, ReadName(), start);
        }
        else if (c == '$' && IsNameStart(next))
        {
            at++;
            Add(JqTokenKind.Variable, ReadName(modules: true), start);
        }
        else if (c == '@' && IsNameStart(next))
        {
            at++;
            Add(JqTokenKind.Format, ReadName(), start);
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(next)))
            ReadNumber();
        else if (c == '"')
        {
            at++;
            open.Push(InString);
            Add(JqTokenKind.StringStart, "", start);
        }
        else
            ReadSymbol();
    }

    private void ReadSymbol()
    {
        var start = at;
        var symbol = Array.Find(Symbols, s => string.CompareOrdinal(source, start, s, 0, s.Length) == 0)
            ?? throw new JqSyntaxException($"Unexpected character '{source[start]}'", start);
        // ".[" after "?//" is rare; "?//=" is "?" and "//=".
        if (symbol == "?//=")
            symbol = "?";
        at += symbol.Length;
        switch (symbol[0])
        {
            case '(' or '[' or '{':
                open.Push(symbol[0]);
                break;
            case ')' when open.TryPeek(out var top) && top == '\\':
                open.Pop();
                Add(JqTokenKind.InterpolationEnd, ")", start);
                return;
            case ')' or ']' or '}':
                var opening = symbol[0] switch { ')' => '(', ']' => '[', _ => '{' };
                if (!open.TryPop(out var opened) || opened != opening)
                    throw new JqSyntaxException($"Unexpected '{symbol}': nothing is open that it closes", start);
                break;
        }

        Add(JqTokenKind.Symbol, symbol, start);
    }

    private void ReadNumber()
    {
        var start = at;
        while (at < source.Length && char.IsAsciiDigit(source[at]))
            at++;
        if (at < source.Length && source[at] == '.' && !(at + 1 < source.Length && source[at + 1] == '.'))
        {
            for (at++; at < source.Length && char.IsAsciiDigit(source[at]);)
                at++;
        }

        if (at < source.Length && source[at] is 'e' or 'E')
        {
            var exponent = at + 1;
            if (exponent < source.Length && source[exponent] is '+' or '-')
                exponent++;
            if (exponent < source.Length && char.IsAsciiDigit(source[exponent]))
            {
                for (at = exponent; at < source.Length && char.IsAsciiDigit(source[at]);)
                    at++;
            }
        }

        Add(JqTokenKind.Number, source[start..at], start);
    }

    private void ReadString()
    {
        var start = at;
        var text = new StringBuilder();
        while (true)
        {
            if (at >= source.Length)
                throw new JqSyntaxException("The string is not closed", Math.Max(0, start - 1), "add a closing quote");
            var c = source[at++];
            if (c == '"')
            {
                AddText(text, start);
                open.Pop();
                Add(JqTokenKind.StringEnd, "", at - 1);
                return;
            }

            if (c != '\\')
                text.Append(c);
            else if (at < source.Length && source[at] == '(')
            {
                AddText(text, start);
                Add(JqTokenKind.InterpolationStart, "\\(", at - 1);
                at++;
                open.Push('\\');
                return;
            }
            else
                ReadEscape(text);
        }
    }

    private void ReadEscape(StringBuilder text)
    {
        var start = at - 1;
        var c = at < source.Length ? source[at++] : '\0';
        if (c == 'u' && at + 4 <= source.Length
            && ushort.TryParse(source.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            at += 4;
            text.Append((char)unit);
            return;
        }

        var plain = "\"\\/bfnrt".IndexOf(c, StringComparison.Ordinal);
        if (plain < 0)
            throw new JqSyntaxException("Invalid escape in a string", start, "jq knows \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX and \\(...)");
        text.Append("\"\\/\b\f\n\r\t"[plain]);
    }

    private void AddText(StringBuilder text, int start)
    {
        if (text.Length > 0)
            Add(JqTokenKind.StringText, CodePoints.Sanitize(text.ToString()), start);
    }

    /// <summary>A comment runs to the end of the line; an odd number of backslashes before that continues it (jq 1.7.1).</summary>
    private void SkipSpaceAndComments()
    {
        while (at < source.Length)
        {
            if (source[at] is ' ' or '\t' or '\r' or '\n')
                at++;
            else if (source[at] == '#')
                SkipComment();
            else
                return;
        }
    }

    private void SkipComment()
    {
        var backslashes = 0;
        for (; at < source.Length; at++)
        {
            var c = source[at];
            if (c == '\r' && at + 1 < source.Length && source[at + 1] == '\n')
                continue;
            if (c == '\n' && backslashes % 2 == 0)
                return;
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
    }

    private string ReadName(bool modules = false)
    {
        var start = at;
        while (at < source.Length)
        {
            if (IsNameStart(source[at]) || char.IsAsciiDigit(source[at]))
                at++;
            else if (modules && source[at] == ':' && at + 2 < source.Length && source[at + 1] == ':' && IsNameStart(source[at + 2]))
                at += 2;
            else
                break;
        }

        return source[start..at];
    }

    private void Add(JqTokenKind kind, string text, int offset) => tokens.Add(new JqToken(kind, text, offset));

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
