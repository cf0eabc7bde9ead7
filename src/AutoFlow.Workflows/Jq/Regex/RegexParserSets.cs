using System.Globalization;

namespace AutoFlow.Workflows.Jq;

/// <summary>Sets in brackets, class escapes, and escaped characters.</summary>
internal sealed partial class RegexParser
{
    /// <summary>What follows an opening bracket, up to and with the closing one.</summary>
    private CodePointSet ParseBracket()
    {
        if (++nesting > MaxNesting)
            throw Fail("too deeply nested");
        var inverted = Accept('^');
        var parts = new List<CodePointSet>();
        CodePointSet? before = null;
        for (var first = true; first || !Accept(']'); first = false)
        {
            if (AtEnd)
                throw Fail("premature end of char-class");
            if (Accept("&&"))
            {
                before = And(before, parts);
                parts = [];
                continue;
            }

            parts.Add(ParseBracketItem());
        }

        nesting--;
        var set = And(before, parts);
        return inverted ? Cased(set).Invert() : set;
    }

    private static CodePointSet And(CodePointSet? before, List<CodePointSet> parts)
    {
        var set = CodePointSet.Union(parts);
        return before is null ? set : before.Intersect(set);
    }

    private CodePointSet ParseBracketItem()
    {
        if (Accept("[:"))
        {
            var inverted = Accept('^');
            var name = ReadUntil(':', "a class name");
            if (!Accept(']'))
                throw Fail("a class name in brackets ends in ':]'");
            return Named(name, inverted);
        }

        if (Accept('['))
            return ParseBracket();
        int from;
        if (Accept('\\'))
        {
            if (AtEnd)
                throw Fail("end pattern at escape");
            if (ParseClassEscape() is { } set)
                return set;
            from = ReadEscapedCodePoint();
        }
        else
            from = ReadCodePoint();
        if (at + 1 >= pattern.Length || pattern[at] != '-' || pattern[at + 1] == ']')
            return CodePointSet.Range(from, from);
        at++;
        if (pattern[at] == '[')
            return CodePointSet.Union([CodePointSet.Range(from, from), CodePointSet.Range('-', '-')]);
        if (!Accept('\\'))
            return Range(from, ReadCodePoint());
        if (AtEnd)
            throw Fail("end pattern at escape");
        return ParseClassEscape() is { } right
            ? CodePointSet.Union([CodePointSet.Range(from, from), CodePointSet.Range('-', '-'), right])
            : Range(from, ReadEscapedCodePoint());
    }

    private CodePointSet Range(int from, int to) => from <= to ? CodePointSet.Range(from, to) : throw Fail("empty range in char class");

    /// <summary>After a backslash: a class such as <c>\d</c> or <c>\p{Lu}</c>; null, and nothing read, for anything else.</summary>
    private CodePointSet? ParseClassEscape()
    {
        var c = pattern[at];
        var set = char.ToLowerInvariant(c) switch
        {
            'd' => CodePointSet.Digit,
            'w' => CodePointSet.Word,
            's' => CodePointSet.Space,
            'h' => CodePointSet.HexDigit,
            'p' => CodePointSet.Any,
            _ => null,
        };
        if (set is null)
            return null;
        at++;
        if (c is not ('p' or 'P'))
            return char.IsAsciiLetterUpper(c) ? set.Invert() : set;
        if (!Accept('{'))
            throw Fail("\\p wants a name in braces");
        var inverted = c == 'P' ^ Accept('^');
        return Named(ReadUntil('}', "a class name"), inverted);
    }

    private CodePointSet Named(string name, bool inverted)
    {
        var set = CodePointSet.Named(name) ?? throw Fail($"there is no character class '{name}'");
        return inverted ? set.Invert() : set;
    }

    private int ReadEscapedCodePoint()
    {
        var c = ReadCodePoint();
        switch (c)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'a':
                return '\a';
            case 'e':
                return '\x1b';
            case 'b':
                return '\b';
            case '0':
                return ReadDigits(at, 2, 8);
            case 'x' when Accept('{'):
                var digits = ReadUntil('}', "a character's number");
                return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 0x10FFFF
                    ? value
                    : throw Fail($"'{digits}' is no character's number");
            case 'x':
                return ReadDigits(at, 2, 16);
            case 'u':
                return ReadDigits(at, 4, 16);
            default:
                return c;
        }
    }

    private int ReadDigits(int start, int most, int radix)
    {
        var value = 0;
        for (; !AtEnd && at - start < most; at++)
        {
            var digit = char.IsAsciiHexDigit(pattern[at]) ? Convert.ToInt32(pattern[at].ToString(), 16) : radix;
            if (digit >= radix)
                break;
            value = (value * radix) + digit;
        }

        return value;
    }
}
