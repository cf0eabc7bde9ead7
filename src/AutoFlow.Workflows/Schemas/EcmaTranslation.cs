using System.Globalization;
using System.Text;

namespace AutoFlow.Workflows.Schemas;

/// <summary>Writes ECMA-262 expressions in .NET's dialect where the two differ: classes are ASCII, <c>$</c> is the very end, characters are code points.</summary>
internal static class EcmaTranslation
{
    private const string Pair = @"[\ud800-\udbff][\udc00-\udfff]";
    private const string Space = @"\t-\r \u00a0\ufeff\u2028\u2029\p{Zs}";
    private const string NotSpace = @"\0-\x08\x0e-\x1f!-\x9f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff";

    /// <summary>The long names of general categories (ECMA-262, table 70) that have a short one in .NET.</summary>
    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L",
        ["Lowercase_Letter"] = "Ll",
        ["Uppercase_Letter"] = "Lu",
        ["Titlecase_Letter"] = "Lt",
        ["Mark"] = "M",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Separator"] = "Z",
        ["Symbol"] = "S",
        ["Currency_Symbol"] = "Sc",
        ["Alphabetic"] = "L",
    };

    /// <summary>The expression for .NET; null (and the reason) when it is no expression that can be run here.</summary>
    public static (string? Pattern, string? Error) ToDotNet(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        var at = 0;
        while (at < text.Length)
        {
            var (piece, error) = text[at] switch
            {
                '\\' => Escape(text, ref at, inClass: false),
                '[' => Class(text, ref at),
                '.' => (Take(ref at, $@"(?:{Pair}|[^\n\r\u2028\u2029])"), null),
                '$' => (Take(ref at, @"\z"), null),
                '(' when text.AsSpan(at).StartsWith("(?") => Group(text, ref at),
                var c when char.IsHighSurrogate(c) && at + 1 < text.Length => (Literal(text, ref at), null),
                var c when char.IsWhiteSpace(c) || c == '#' => (Take(ref at, "\\" + c), null),
                var c => (Take(ref at, c.ToString()), (string?)null),
            };
            if (error is not null) return (null, error);
            result.Append(piece);
        }

        return (result.ToString(), null);
    }

    private static string Take(ref int at, string piece)
    {
        at++;
        return piece;
    }

    private static string Literal(string text, ref int at)
    {
        at += 2;
        return $"(?:{text.AsSpan(at - 2, 2)})";
    }

    private static (string?, string?) Group(string text, ref int at)
    {
        foreach (var opening in new[] { "(?:", "(?=", "(?!", "(?<=", "(?<!" })
        {
            if (!text.AsSpan(at).StartsWith(opening)) continue;
            at += opening.Length;
            return (opening, null);
        }

        if (!text.AsSpan(at).StartsWith("(?<")) return (null, $"a group cannot begin with '{text.AsSpan(at, Math.Min(3, text.Length - at))}'");
        at += 3;
        return ("(?<", null);
    }

    private static (string?, string?) Escape(string text, ref int at, bool inClass)
    {
        if (at + 1 >= text.Length) return (null, "it ends with a backslash");
        var c = text[at + 1];
        at += 2;
        switch (c)
        {
            case 'd' or 'w' or 's' or 'D' or 'W' or 'S':
                var set = Set(c);
                return (inClass ? set : char.IsUpper(c) ? $"(?:{Pair}|[{set}])" : $"[{set}]", null);
            case 'p' or 'P':
                return Property(text, ref at, c);
            case 'u' when at < text.Length && text[at] == '{':
                return CodePoint(text, ref at);
            case 'b' when inClass:
                return (@"\b", null);
            case 'c' when at < text.Length && char.IsAsciiLetter(text[at]):
                at++;
                return ($@"\x{text[at - 1] % 32:x2}", null);
            case 'b' or 'B' or 'f' or 'n' or 'r' or 't' or 'v' or 'x' or 'u' or 'k':
                return ($@"\{c}", null);
            case '0':
                return (@"\0", null);
            case >= '1' and <= '9':
                return ($@"\{c}", null);
            default:
                return char.IsLetter(c) ? (null, $@"\{c} means nothing in it") : ($@"\{c}", null);
        }
    }

    private static string Set(char c) => c switch
    {
        'd' => "0-9",
        'D' => @"\0-/:-\uffff",
        'w' => "a-zA-Z0-9_",
        'W' => @"\0-/:-@\[-\^`{-\uffff",
        's' => Space,
        _ => NotSpace,
    };

    private static (string?, string?) Property(string text, ref int at, char c)
    {
        var end = at < text.Length && text[at] == '{' ? text.IndexOf('}', at) : -1;
        if (end < 0) return (null, $@"\{c} needs a property as \{c}{{L}}");
        var name = text[(at + 1)..end];
        at = end + 1;
        var category = name.StartsWith("General_Category=", StringComparison.Ordinal) ? name[17..] : name.StartsWith("gc=", StringComparison.Ordinal) ? name[3..] : name;
        return category.Length <= 2 ? ($@"\{c}{{{category}}}", null)
            : Categories.TryGetValue(category, out var known) ? ($@"\{c}{{{known}}}", null)
            : (null, $"the property {name} is not known here");
    }

    private static (string?, string?) CodePoint(string text, ref int at)
    {
        var end = text.IndexOf('}', at);
        if (end < 0 || !int.TryParse(text.AsSpan(at + 1, end - at - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            || number > 0x10FFFF || number is >= 0xD800 and <= 0xDFFF)
            return (null, @"\u{…} must hold the number of a character");
        at = end + 1;
        return (number <= 0xFFFF ? $@"\u{number:x4}" : $"(?:{char.ConvertFromUtf32(number)})", null);
    }

    /// <summary>A class; characters beyond the first plane become alternatives, because .NET's classes hold single UTF-16 units.</summary>
    private static (string?, string?) Class(string text, ref int at)
    {
        at++;
        var negated = at < text.Length && text[at] == '^';
        if (negated) at++;
        var set = new StringBuilder();
        var pairs = new List<string>();
        while (at < text.Length && text[at] != ']')
        {
            string? piece;
            if (text[at] == '\\')
            {
                (piece, var error) = Escape(text, ref at, inClass: true);
                if (error is not null) return (null, error);
            }
            else
            {
                piece = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? Literal(text, ref at) : Take(ref at, text[at] == '[' ? @"\[" : text[at].ToString());
            }

            if (piece!.StartsWith("(?:", StringComparison.Ordinal)) pairs.Add(piece);
            else set.Append(piece);
            if (pairs.Count > 0 && at < text.Length && text[at] == '-' && at + 1 < text.Length && text[at + 1] != ']')
                return (null, "a range of characters beyond U+FFFF is not supported");
        }

        if (at >= text.Length) return (null, "a class is not closed with ]");
        at++;
        if (negated && pairs.Count > 0) return (null, "a class that shuts out characters beyond U+FFFF is not supported");
        if (negated) return (set.Length == 0 ? @"(?:[\s\S])" : $"(?:{Pair}|[^{set}])", null);
        if (set.Length > 0) pairs.Add($"[{set}]");
        return (pairs.Count == 0 ? @"[^\s\S]" : $"(?:{string.Join('|', pairs)})", null);
    }
}
