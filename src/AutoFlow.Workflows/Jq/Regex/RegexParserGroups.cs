using System.Globalization;

namespace AutoFlow.Workflows.Jq;

/// <summary>Groups and escapes.</summary>
internal sealed partial class RegexParser
{
    private RegexSyntax? ParseGroup()
    {
        at++;
        if (!Accept('?'))
            return Capture(null);
        if (Accept(':'))
            return Close(ParseAlternation());
        if (Accept('='))
            return new LookRegex(Close(ParseAlternation()), IsBehind: false, IsNegative: false);
        if (Accept('!'))
            return new LookRegex(Close(ParseAlternation()), IsBehind: false, IsNegative: true);
        if (Accept("<="))
            return new LookRegex(Close(ParseAlternation()), IsBehind: true, IsNegative: false);
        if (Accept("<!"))
            return new LookRegex(Close(ParseAlternation()), IsBehind: true, IsNegative: true);
        if (Accept('>'))
            return new AtomicRegex(Close(ParseAlternation()));
        if (Accept('<') || Accept("P<"))
            return Capture(ReadName('>'));
        if (Accept('\''))
            return Capture(ReadName('\''));
        if (Accept('#'))
        {
            ReadUntil(')', "a comment");
            return null;
        }

        return ParseOptions();
    }

    private GroupRegex Capture(string? name)
    {
        if (name is not null && names.Contains(name))
            throw Fail($"the group name '{name}' is given twice");
        var number = names.Count;
        names.Add(name);
        return new GroupRegex(Close(ParseAlternation()), number);
    }

    private string ReadName(char end)
    {
        var name = ReadUntil(end, "a group name");
        return name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_')
            ? name
            : throw Fail($"'{name}' is no group name");
    }

    private RegexSyntax Close(RegexSyntax body) => Accept(')') ? body : throw Fail("end pattern with unmatched parenthesis");

    /// <summary><c>(?im-sx)</c> for the rest of the enclosing group, or <c>(?im-sx:...)</c>.</summary>
    private RegexSyntax? ParseOptions()
    {
        var (changed, on) = (options, true);
        while (true)
        {
            var c = AtEnd ? throw Fail("end pattern in group") : pattern[at++];
            var flag = c switch
            {
                'i' => Options.IgnoreCase,
                'x' => Options.Extended,
                's' => Options.DotTakesNewline,
                'm' => Options.Lines,
                '-' or ':' or ')' => Options.None,
                _ => throw Fail($"(?{c} is not supported"),
            };
            changed = on ? changed | flag : changed & ~flag;
            if (c == '-')
                on = false;
            if (c == ')')
            {
                options = changed;
                return null;
            }

            if (c != ':')
                continue;
            var outer = options;
            options = changed;
            var body = ParseAlternation();
            options = outer;
            return Close(body);
        }
    }

    private RegexSyntax ParseEscape()
    {
        at++;
        var c = AtEnd ? throw Fail("end pattern at escape") : pattern[at];
        switch (c)
        {
            case 'A':
                return Anchor(RegexAnchor.TextStart);
            case 'z':
                return Anchor(RegexAnchor.TextEnd);
            case 'Z':
                return Anchor(RegexAnchor.TextEndOrLastNewline);
            case 'b':
                return Anchor(RegexAnchor.WordBoundary);
            case 'B':
                return Anchor(RegexAnchor.NoWordBoundary);
            case 'G':
                return Anchor(RegexAnchor.SearchStart);
            case 'R':
                at++;
                return new AlternationRegex(
                [
                    new SequenceRegex([new SetRegex(CodePointSet.Range('\r', '\r')), new SetRegex(CodePointSet.Range('\n', '\n'))]),
                    new SetRegex(CodePointSet.Union([CodePointSet.Range('\n', '\r'), CodePointSet.Range(0x85, 0x85), CodePointSet.Range(0x2028, 0x2029)])),
                ]);
            case 'k':
                at++;
                return ParseNamedReference();
            case >= '1' and <= '9':
                var start = at;
                while (!AtEnd && char.IsAsciiDigit(pattern[at]) && at - start < 3)
                    at++;
                return Reference(int.Parse(pattern.AsSpan(start, at - start), CultureInfo.InvariantCulture));
            case 'K' or 'X' or 'g' or 'N' or 'O' or 'y' or 'Y':
                throw Fail($"\\{c} is not supported");
            default:
                return ParseClassEscape() is { } set ? new SetRegex(Cased(set)) : Literal(ReadEscapedCodePoint());
        }
    }

    private AnchorRegex Anchor(RegexAnchor anchor)
    {
        at++;
        return new AnchorRegex(anchor);
    }

    private BackReferenceRegex ParseNamedReference()
    {
        var end = Accept('<') ? '>' : Accept('\'') ? '\'' : throw Fail("\\k wants a name in angle brackets");
        var name = ReadUntil(end, "a group name");
        var number = names.IndexOf(name);
        return number > 0 ? Reference(number) : throw Fail($"there is no group named '{name}' before this");
    }

    private BackReferenceRegex Reference(int number) => number < names.Count
        ? new BackReferenceRegex(number, options.HasFlag(Options.IgnoreCase))
        : throw Fail($"there is no group {number} before this");
}
