using System.Collections.Concurrent;

namespace AutoFlow.Workflows.Jq;

/// <summary>
/// <c>test</c>, <c>match</c> and what is built on them. The patterns are our own engine's: the platform's can only be
/// stopped by a clock, and an evaluation must end the same way every time it is replayed.
/// </summary>
internal static class RegularExpressions
{
    private const int CacheSize = 256;
    private static readonly ConcurrentDictionary<(string Pattern, RegexParser.Options Options), RegexProgram> Cache = new();

    public static Dictionary<string, Apply> Functions { get; } = new()
    {
        ["_match/3"] = (m, input, a) => Match(m, input, a[0], a[1], a[2].IsTruthy),
        ["_pattern/1"] = Pattern,
        ["_captures/0"] = (_, input, _) => Captures(input),
    };

    /// <summary>What is wrong with a pattern; null when nothing is.</summary>
    public static string? Check(string pattern)
    {
        try
        {
            Find(pattern, RegexParser.Options.None);
            return null;
        }
        catch (RegexSyntaxException bad)
        {
            return Describe(pattern, bad);
        }
    }

    /// <summary>The one argument of <c>test</c> and its like: a pattern, or an array of pattern and flags.</summary>
    private static JqValue? Pattern(Machine m, JqValue input, JqValue[] a) => a[0] switch
    {
        JqString pattern => JqArray.Of([pattern, JqValue.Null]),
        JqArray { Count: > 0 } pair => JqArray.Of([pair.At(0), pair.At(1)]),
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
        if (Flags.Read(flags.AsString() ?? "") is not { } read)
            return m.Fail($"{flags.AsString()} is not a valid modifier string");
        m.Charge((text.Text.Length + re.Text.Length) >> 5);
        try
        {
            var program = Find(re.Text, read.Options);
            var matcher = new RegexMatcher(program, new CodePointText(text), m) { SkipEmpty = read.SkipEmpty, Longest = read.Longest };
            return test ? JqValue.From(matcher.Find(0) is not null) : Matches(m, program, matcher, text, read.Global);
        }
        catch (RegexSyntaxException bad)
        {
            return m.Fail(Describe(re.Text, bad));
        }
    }

    private static string Describe(string pattern, RegexSyntaxException bad) =>
        $"{pattern} (at offset {bad.Offset}) is not a valid regex: {bad.Message}";

    private static JqValue Matches(Machine m, RegexProgram program, RegexMatcher matcher, JqString whole, bool global)
    {
        var text = new CodePointText(whole);
        var found = new List<JqValue>();
        long weight = 0;
        for (var from = 0; from <= text.Length && matcher.Find(from) is { } slots;)
        {
            found.Add(Describe(program, text, slots));
            m.CheckSize(weight += found[^1].Weight);
            if (!global)
                break;
            from = slots[1] == slots[0] ? slots[1] + 1 : slots[1];
        }

        return JqArray.Of([.. found]);
    }

    private static JqObject Describe(RegexProgram program, CodePointText text, int[] slots)
    {
        var captures = new List<JqValue>();
        for (var group = 1; group < program.Groups.Count; group++)
        {
            int from = slots[group * 2], to = slots[(group * 2) + 1];
            var took = from >= 0 && to >= from;
            captures.Add(new JqObject(
                ["offset", "length", "string", "name"],
                [
                    JqValue.From(took ? from : -1),
                    JqValue.From(took ? to - from : 0),
                    took ? new JqString(text.Slice(from, to)) : JqValue.Null,
                    JqValue.From(program.Groups[group]),
                ]));
        }

        return new JqObject(
            ["offset", "length", "string", "captures"],
            [
                JqValue.From(slots[0]),
                JqValue.From(slots[1] - slots[0]),
                new JqString(text.Slice(slots[0], slots[1])),
                JqArray.Of([.. captures]),
            ]);
    }

    private static RegexProgram Find(string pattern, RegexParser.Options options)
    {
        var key = (pattern, options);
        if (Cache.TryGetValue(key, out var known))
            return known;
        if (Cache.Count >= CacheSize)
            Cache.Clear();
        return Cache[key] = RegexProgram.Compile(pattern, options);
    }

    /// <summary>The letters after a pattern (jq manual, "Regular expressions").</summary>
    private sealed record Flags(RegexParser.Options Options, bool Global, bool SkipEmpty, bool Longest)
    {
        public static Flags? Read(string letters)
        {
            var flags = new Flags(RegexParser.Options.None, false, false, false);
            foreach (var letter in letters)
            {
                var next = letter switch
                {
                    'g' => flags with { Global = true },
                    'i' => flags with { Options = flags.Options | RegexParser.Options.IgnoreCase },
                    'x' => flags with { Options = flags.Options | RegexParser.Options.Extended },
                    'p' => flags with { Options = flags.Options | RegexParser.Options.DotTakesNewline },
                    'n' => flags with { SkipEmpty = true },
                    'l' => flags with { Longest = true },
                    // "^" and "$" are the ends of the text already.
                    's' => flags,
                    _ => null,
                };
                if (next is null)
                    return null;
                flags = next;
            }

            return flags;
        }
    }
}
