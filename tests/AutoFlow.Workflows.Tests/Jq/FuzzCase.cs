using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>One program and its input, made from one number.</summary>
internal sealed record FuzzCase(int Seed, string Program, string Input)
{
    private static readonly string[] Fragments =
    [
        "|", ",", ".", "..", ".a", "[]", "[0]", "?", "//", "|=", "+=", "//=", "reduce ", "foreach ", " as $x ", "(", ")", "[", "]", "{", "}", ";", ":",
        "def f: ", "label $l | ", "break $l", "limit(3; ", "recurse(", "range(1e12)", "error", "try ", " catch ", "\"\\(", "\")\"", "1e1000", "-1", "nan",
        "infinite", "empty", "path(", "getpath([\"a\",0])", "del(", "to_entries", "splits(\"(a*)*b\")", "test(\"(a+)+$\")", "gsub(\"\";\"x\")", "tojson",
        "fromjson", "implode", "@base64d", "strftime(\"%c\")", "strptime(\"%Y\")", "* 1e9", "ltrimstr(\"a\")", "[limit(5; repeat(1))]", "until(. > 5; . + 1)",
        "input", "$__loc__", "@sh", "significand", "gamma", "tojson|fromjson", "walk(.)", "env", "ascii", "getpath(", "paths", "setpath([1e9]; 1)", "🎉",
    ];

    private static readonly string[] Texts =
    [
        "", "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "2024-02-30T25:61:00Z", "NaN", "1e400", "[1,2", "{\"a\":1}", "😀é\u0000", "%zz", "//==", "\uFFFD", "ab12 ab",
    ];

    /// <param name="seed">Everything about the case comes from it.</param>
    /// <param name="corpus">Programs to mutate; may be empty.</param>
    public static FuzzCase Make(int seed, IReadOnlyList<string> corpus)
    {
        var random = new Random(seed);
        var programs = new RandomPrograms(random);
        var program = random.Next(corpus.Count > 0 ? 4 : 2) switch
        {
            0 => random.Next(2) == 0 ? programs.Generator(5) : programs.Single(5),
            1 => Mutate(random, programs.Generator(3), []),
            2 => corpus[random.Next(corpus.Count)],
            _ => Mutate(random, corpus[random.Next(corpus.Count)], corpus),
        };
        return new FuzzCase(seed, program, Value(random, programs).ToJson());
    }

    private static string Mutate(Random random, string source, IReadOnlyList<string> corpus)
    {
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(source.Length + 1);
            source = random.Next(7) switch
            {
                0 when source.Length > 0 => source.Remove(Math.Min(at, source.Length - 1), 1),
                1 => source.Insert(at, ((char)random.Next(1, 128)).ToString()),
                2 or 3 => source.Insert(at, Fragments[random.Next(Fragments.Length)]),
                4 => source[at..] + source[..at],
                5 when corpus.Count > 0 => $"{source} | {corpus[random.Next(corpus.Count)]}",
                6 => source.Replace("1", "1e9", StringComparison.Ordinal),
                _ => $"def f: {source}; f | f",
            };
        }

        return source;
    }

    private static JqValue Value(Random random, RandomPrograms programs) => random.Next(6) switch
    {
        0 => JqValue.From(Texts[random.Next(Texts.Length)]),
        1 => JqValue.FromArray(Texts.Take(random.Next(Texts.Length)).Select(JqValue.From)),
        2 => JqValue.From(random.Next(4) switch { 0 => 1e308, 1 => -0.0, 2 => random.NextDouble() * 1e18, _ => 1e-300 }),
        3 => Deep(random.Next(2_000)),
        _ => programs.Value(4),
    };

    private static JqValue Deep(int levels)
    {
        var value = JqValue.Null;
        for (var i = 0; i < levels; i++)
            value = i % 2 == 0 ? JqValue.FromArray(value) : JqValue.FromObject(("a", value));
        return value;
    }
}
