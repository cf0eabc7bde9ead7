using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace AutoFlow.Workflows.Jq;

/// <summary>
/// Regular expressions in .NET's dialect, which agrees with Oniguruma's Perl syntax on what is common. Searched in linear
/// time where the expression allows it, otherwise under a timeout.
/// </summary>
internal static class RegularExpressions
{
    private const int CacheSize = 256;
    private static readonly ConcurrentDictionary<(string Pattern, RegexOptions Options, TimeSpan Timeout), Regex> Cache = new();

    public static Dictionary<string, Apply> Functions { get; } = new()
    {
        ["_match/3"] = (m, input, a) => Match(m, input, a[0], a[1], a[2].IsTruthy),
        ["_pattern/1"] = Pattern,
        ["_captures/0"] = (_, input, _) => Captures(input),
    };

    /// <summary>The one argument of <c>test</c> and its like: a pattern, or an array of pattern and flags.</summary>
    private static JqValue? Pattern(Machine m, JqValue input, JqValue[] a) => a[0] switch
    {
        JqString pattern => JqArray.Of([pattern, JqValue.Null]),
        JqArray { Count: > 0 } pair => JqArray.Of([pair[0], pair[1]]),
        var other => m.Fail($"{ErrorText.Describe(other)} cannot be matched, as it is not a string"),
    };

    /// <summary>The named groups of a match as an object.</summary>
    private static JqValue Captures(JqValue match)
    {
        var result = new JqObjectBuilder();
        foreach (var capture in match["captures"].Items)
        {
            if (capture["name"] is JqString name)
                result.Set(name.Text, capture["string"]);
        }

        return result.ToObject();
    }

    private static JqValue? Match(Machine m, JqValue input, JqValue pattern, JqValue flags, bool test)
    {
        if (input is not JqString text)
            return m.Fail($"{ErrorText.Describe(input)} cannot be matched, as it is not a string");
        if (pattern is not JqString re)
            return m.Fail($"{ErrorText.Describe(pattern)} cannot be matched, as it is not a string");
        if (flags is not (JqString or { IsNull: true }))
            return m.Fail($"{ErrorText.Describe(flags)} is not a string");
        if (ReadFlags(m, flags.AsString() ?? "") is not var (options, global, skipEmpty))
            return null;
        m.Charge(text.Text.Length >> 2);
        try
        {
            var regex = Find(re.Text, options, m.Limits.RegexTimeout);
            if (test)
                return JqValue.From(regex.IsMatch(text.Text));
            return Matches(m, regex, text, global, skipEmpty);
        }
        catch (RegexParseException bad)
        {
            return m.Fail($"{re.Text} (at offset {bad.Offset}) is not a valid regex: {bad.Error}");
        }
        catch (RegexMatchTimeoutException)
        {
            throw new JqLimitException(nameof(JqLimits.RegexTimeout), "A regular expression takes too long on its input");
        }
    }

    private static JqValue Matches(Machine m, Regex regex, JqString text, bool global, bool skipEmpty)
    {
        var found = new List<JqValue>();
        long weight = 0;
        for (var match = regex.Match(text.Text); match.Success; match = match.NextMatch())
        {
            m.Charge(1);
            if ((skipEmpty && match.Length == 0) || SplitsPair(text.Text, match.Index))
                continue;
            found.Add(Describe(regex, text, match));
            m.CheckSize(weight += found[^1].Weight);
            if (!global)
                break;
        }

        return JqArray.Of([.. found]);
    }

    /// <summary>.NET may stop between the two halves of a surrogate pair, where no code point begins.</summary>
    private static bool SplitsPair(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]);

    private static JqObject Describe(Regex regex, JqString text, Match match)
    {
        var captures = new List<JqValue>();
        foreach (var number in regex.GetGroupNumbers().Where(n => n != 0))
        {
            var group = match.Groups[number];
            var name = regex.GroupNameFromNumber(number);
            captures.Add(new JqObject(
                ["offset", "length", "string", "name"],
                [
                    JqValue.From(group.Success ? Offset(text, group.Index) : -1),
                    JqValue.From(group.Success ? CodePoints.Count(group.ValueSpan) : 0),
                    group.Success ? new JqString(group.Value) : JqValue.Null,
                    name.All(char.IsAsciiDigit) ? JqValue.Null : new JqString(name),
                ]));
        }

        return new JqObject(
            ["offset", "length", "string", "captures"],
            [
                JqValue.From(Offset(text, match.Index)),
                JqValue.From(CodePoints.Count(match.ValueSpan)),
                new JqString(match.Value),
                JqArray.Of([.. captures]),
            ]);
    }

    private static int Offset(JqString text, int index) =>
        text.HasSurrogates ? CodePoints.Count(text.Text.AsSpan(0, index)) : index;

    private static (RegexOptions Options, bool Global, bool SkipEmpty)? ReadFlags(Machine m, string flags)
    {
        var options = RegexOptions.CultureInvariant;
        bool global = false, skipEmpty = false;
        foreach (var flag in flags)
        {
            switch (flag)
            {
                case 'g':
                    global = true;
                    break;
                case 'i':
                    options |= RegexOptions.IgnoreCase;
                    break;
                case 'x':
                    options |= RegexOptions.IgnorePatternWhitespace;
                    break;
                case 's':
                    // Perl syntax has '^' and '$' match only at the ends already.
                    break;
                case 'p':
                    options |= RegexOptions.Singleline;
                    break;
                case 'n':
                    skipEmpty = true;
                    break;
                case 'l':
                    break;
                default:
                    m.Fail($"{flags} is not a valid modifier string");
                    return null;
            }
        }

        return (options, global, skipEmpty);
    }

    private static Regex Find(string pattern, RegexOptions options, TimeSpan timeout)
    {
        var key = (pattern, options, timeout);
        if (Cache.TryGetValue(key, out var known))
            return known;
        if (Cache.Count >= CacheSize)
            Cache.Clear();
        return Cache[key] = Build(pattern, options, timeout);
    }

    private static Regex Build(string pattern, RegexOptions options, TimeSpan timeout)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, timeout);
        }
        catch (NotSupportedException)
        {
            // Lookarounds and back-references need backtracking.
            return new Regex(pattern, options, timeout);
        }
    }
}
