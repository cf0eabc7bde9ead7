using System.Globalization;

namespace AutoFlow.Workflows.Jq;

/// <summary>
/// Reads a pattern in the syntax of jq: Oniguruma's Perl_NT, where <c>^</c> and <c>$</c> are the ends of the text unless
/// <c>(?m)</c> says lines, and all groups capture, numbered from the left.
/// </summary>
internal sealed partial class RegexParser
{
    private const int MaxNesting = 100;

    /// <summary>Intersections within inverted classes, where case is ignored at each level.</summary>
    private const int MaxFolds = 6;

    /// <summary>The greatest count in a quantifier, Oniguruma's too.</summary>
    private const int MaxCount = 100_000;

    private readonly string pattern;
    private readonly List<string?> names = [null];
    private readonly List<(string Name, int At)> namedReferences = [];
    private Options options;
    private int at;
    private int nesting;

    private RegexParser(string pattern, Options options)
    {
        this.pattern = pattern;
        this.options = options;
    }

    /// <summary>What letters are in force from here on.</summary>
    [Flags]
    public enum Options
    {
        None = 0,
        IgnoreCase = 1,
        Extended = 2,
        DotTakesNewline = 4,
        Lines = 8,
    }

    private bool AtEnd => at == pattern.Length;

    /// <summary>The expression, and the names of its groups by number (null for those without).</summary>
    /// <exception cref="RegexSyntaxException">The pattern is wrong, or uses what is not supported.</exception>
    public static (RegexSyntax Syntax, IReadOnlyList<string?> Groups) Parse(string pattern, Options options)
    {
        var parser = new RegexParser(pattern, options);
        var syntax = parser.ParseAlternation();
        if (!parser.AtEnd)
            throw parser.Fail("unmatched close parenthesis");
        return (syntax, parser.names);
    }

    private RegexSyntaxException Fail(string message) => new(message, at);

    private RegexSyntax ParseAlternation()
    {
        if (++nesting > MaxNesting)
            throw Fail("too deeply nested");
        var outer = options;
        var branches = new List<RegexSyntax> { ParseSequence() };
        while (Accept('|'))
            branches.Add(ParseSequence());
        options = outer;
        nesting--;
        return branches.Count == 1 ? branches[0] : new AlternationRegex(branches);
    }

    private RegexSyntax ParseSequence()
    {
        var parts = new List<RegexSyntax>();
        while (!AtEnd && pattern[at] is not ('|' or ')'))
        {
            if (options.HasFlag(Options.Extended) && SkipExtended())
                continue;
            if (ParseAtom() is not { } atom)
                continue;
            if (options.HasFlag(Options.Extended))
                SkipExtended();
            parts.Add(ParseQuantifiers(atom));
        }

        return parts.Count switch { 0 => new EmptyRegex(), 1 => parts[0], _ => new SequenceRegex(parts) };
    }

    /// <summary>White space and comments of the extended form.</summary>
    private bool SkipExtended()
    {
        var start = at;
        while (!AtEnd && (char.IsWhiteSpace(pattern[at]) || pattern[at] == '#'))
        {
            if (pattern[at] == '#')
                at = pattern.IndexOf('\n', at) is var end and >= 0 ? end : pattern.Length;
            else
                at++;
        }

        return at > start;
    }

    private RegexSyntax ParseQuantifiers(RegexSyntax atom)
    {
        for (var count = 0; !AtEnd && ReadCounts() is var (min, max); count++)
        {
            if (count > MaxNesting)
                throw Fail("too deeply nested");
            if (atom is AnchorRegex or LookRegex)
                max = min = Math.Min(min, 1);
            var lazy = Accept('?');
            var possessive = !lazy && Accept('+');
            atom = new RepeatRegex(atom, min, max, lazy);
            if (possessive)
                atom = new AtomicRegex(atom);
        }

        return atom;
    }

    /// <summary>A quantifier's bounds, when one is here; a brace that is no quantifier is a character.</summary>
    private (int Min, int? Max)? ReadCounts()
    {
        switch (pattern[at])
        {
            case '*':
                at++;
                return (0, null);
            case '+':
                at++;
                return (1, null);
            case '?':
                at++;
                return (0, 1);
            case '{':
                break;
            default:
                return null;
        }

        var close = pattern.IndexOf('}', at);
        var parts = close < 0 ? [] : pattern[(at + 1)..close].Split(',');
        if (parts.Length is not (1 or 2)
            || parts.Any(p => !p.All(char.IsAsciiDigit))
            || parts.All(p => p.Length == 0)
            || (parts.Length == 1 && parts[0].Length == 0))
            return null;
        var counts = parts.Select(p => p.Length > 6 ? int.MaxValue : p.Length == 0 ? (int?)null : int.Parse(p, CultureInfo.InvariantCulture)).ToList();
        if (counts.Any(c => c > MaxCount))
            throw Fail("too big number in a quantifier");
        at = close + 1;
        var (min, max) = (counts[0] ?? 0, counts.Count == 1 ? counts[0] : counts[1]);
        return max < min ? throw Fail("a quantifier's first number is greater than its second") : (min, max);
    }

    private RegexSyntax? ParseAtom()
    {
        var c = pattern[at];
        switch (c)
        {
            case '(':
                return ParseGroup();
            case '[':
                at++;
                return new SetRegex(Cased(ParseBracket()));
            case '.':
                at++;
                return new SetRegex(options.HasFlag(Options.DotTakesNewline) ? CodePointSet.Any : CodePointSet.NoNewline);
            case '^':
                at++;
                return new AnchorRegex(options.HasFlag(Options.Lines) ? RegexAnchor.LineStart : RegexAnchor.TextStart);
            case '$':
                at++;
                return new AnchorRegex(options.HasFlag(Options.Lines) ? RegexAnchor.LineEnd : RegexAnchor.TextEndOrLastNewline);
            case '\\':
                return ParseEscape();
            case '*' or '+' or '?':
                throw Fail("target of repeat operator is not specified");
            default:
                return Literal(ReadCodePoint());
        }
    }

    private SetRegex Literal(int codePoint) => new(Cased(CodePointSet.Range(codePoint, codePoint)));

    private CodePointSet Cased(CodePointSet set)
    {
        if (!options.HasFlag(Options.IgnoreCase))
            return set;
        var folded = set.IgnoringCase();
        return folded.Folds <= MaxFolds ? folded : throw Fail("too deeply nested");
    }

    private int ReadCodePoint()
    {
        if (AtEnd)
            throw Fail("end of pattern");
        var codePoint = char.IsSurrogatePair(pattern, at) ? char.ConvertToUtf32(pattern, at) : pattern[at];
        at += codePoint > char.MaxValue ? 2 : 1;
        return codePoint;
    }

    private bool Accept(char c)
    {
        if (AtEnd || pattern[at] != c)
            return false;
        at++;
        return true;
    }

    private bool Accept(string text)
    {
        if (string.CompareOrdinal(pattern, at, text, 0, text.Length) != 0)
            return false;
        at += text.Length;
        return true;
    }

    private string ReadUntil(char end, string what)
    {
        var close = pattern.IndexOf(end, at);
        if (close < 0)
            throw Fail($"{what} has no end");
        var text = pattern[at..close];
        at = close + 1;
        return text;
    }
}
