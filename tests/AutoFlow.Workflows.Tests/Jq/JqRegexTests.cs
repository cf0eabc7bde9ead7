using System.Text.RegularExpressions;
using AutoFlow.Workflows.Jq;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>Regular expressions: what they match, what they refuse, and that hard ones end.</summary>
public class JqRegexTests
{
    [Theory]
    [InlineData("[match(\"(a)(?<n>b)?(c)\"; \"g\") | .captures[] | .name, .string]", "ac abc", """[null,"a","n",null,null,"c",null,"a","n","b",null,"c"]""")]
    [InlineData("[scan(\"\\\\b\\\\w+\")]", "das ist 1 Öl", """["das","ist","1","Öl"]""")]
    [InlineData("[scan(\"(?i)ÄPFEL|birne\")]", "äpfel Birne", """["äpfel","Birne"]""")]
    [InlineData("[scan(\"a++b\")], [scan(\"a++ab\")], [scan(\"(?>a|ab)c\")]", "aab abc", """["aab","ab"] [] []""")]
    [InlineData("[scan(\"(?<=€)\\\\d+(?!\\\\d| USD)\")]", "€12 €34 USD €5", """["12","5"]""")]
    [InlineData("[scan(\"(?<!a|bc)x\")] | length", "ax bcx cx x", "2")]
    [InlineData("[scan(\"(\\\\w)\\\\1\")]", "aabbcd", """[["a"],["b"]]""")]
    [InlineData("[scan(\"(?<q>['\\\"]).*?\\\\k<q>\") | .[0]]", "'a' \"b'\"", """["'","\""]""")]
    [InlineData("[scan(\"^.$\"; \"p\")], [scan(\"(?m)^b$\")], [scan(\"^b$\")]", "a\nb", """[] ["b"] []""")]
    [InlineData("[scan(\"a # the first\\n b\"; \"x\")]", "ab", """["ab"]""")]
    [InlineData("[match(\"x*\"; \"g\") | [.offset, .length]]", "axxb", "[[0,0],[1,2],[3,0],[4,0]]")]
    [InlineData("[match(\"x*\"; \"gn\") | [.offset, .length]]", "axxb", "[[1,2]]")]
    [InlineData("[match(\"a|ab\"; \"gl\").string]", "abab", """["ab","ab"]""")]
    [InlineData("[match(\"😀+.\"; \"g\") | [.offset, .length, .string]]", "é😀😀é", """[[1,3,"😀😀é"]]""")]
    [InlineData("[scan(\"[\\\\p{Lu}&&[^A-C]]\")]", "ABCDÉ", """["D","É"]""")]
    [InlineData("[scan(\"[[:alpha:]_-]+\")], [scan(\"[^\\\\s,]+\")]", "a_b-c, d", """["a_b-c","d"] ["a_b-c","d"]""")]
    [InlineData("[scan(\"(a|b)*c|(a|ab)*c\") | length] | length", "abac", "1")]
    [InlineData("[match(\"(?:a?)*b\").string], [match(\"(a*)*\").string], [match(\"(a|b*)*c\").string]", "aabc", """["aab"] ["aa"] ["aabc"]""")]
    public void Patterns_match_as_in_jq(string program, string input, string expected) =>
        Assert.Equal(expected, string.Join(' ', Jq.Compile(program).Evaluate(JqValue.From(input), [])));

    [Theory]
    [InlineData("(", "end pattern with unmatched parenthesis")]
    [InlineData("a)", "unmatched close parenthesis")]
    [InlineData("[a", "premature end of char-class")]
    [InlineData("*a", "target of repeat operator is not specified")]
    [InlineData("(?<=a+)b", "invalid pattern in look-behind: it must have one width")]
    [InlineData("\\p{Klingon}", "there is no character class 'Klingon'")]
    [InlineData("((a{1000}){1000}){1000}", "too large: its quantifiers repeat too much")]
    [InlineData("(?(1)a|b)", "(?( is not supported")]
    [InlineData("a{100001}", "too big number in a quantifier")]
    [InlineData("\\2(a)", "there is no group 2 before this")]
    public void A_bad_pattern_says_why(string pattern, string message)
    {
        var error = Assert.Throws<JqException>(() => JqProgram.Compile("test($re)", ["re"]).Program!.EvaluateFirst(JqValue.From("x"), [JqValue.From(pattern)]));
        Assert.EndsWith($"is not a valid regex: {message}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|a)*b")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)*x")]
    [InlineData("^(\\w+\\s?)*$")]
    [InlineData("(a?){50}a{50}$")]
    public void A_pattern_that_explodes_elsewhere_takes_time_by_the_text(string pattern)
    {
        var text = JqValue.From(new string('a', 2_000) + "!");
        Assert.Equal("false", JqProgram.Compile("test($re)", ["re"]).Program!.EvaluateFirst(text, [JqValue.From(pattern)]).ToJson());
    }

    [Theory]
    [InlineData("(a*)*\\1b")]
    [InlineData("[match(\"a*b|a\"; \"g\")]")]
    public void A_pattern_that_must_explode_ends_in_the_budget_the_same_way_each_time(string pattern)
    {
        var program = pattern[0] == '[' ? Jq.Compile(pattern) : Jq.Compile($"test(\"{pattern.Replace("\\", "\\\\", StringComparison.Ordinal)}\")");
        var text = JqValue.From(new string('a', 50_000));
        var error = Assert.Throws<JqLimitException>(() => program.EvaluateFirst(text, []));
        Assert.Equal(nameof(JqLimits.Steps), error.Limit);
    }

    [Fact]
    public void The_width_of_nested_branches_is_found_once_for_each()
    {
        var pattern = string.Concat(Enumerable.Repeat("(?:a|", 90)) + "b" + string.Concat(Enumerable.Repeat(")", 90));
        Assert.Equal("true", Test($"(?:{pattern})*c", "aabc"));
    }

    [Theory]
    [InlineData("x(?:){100000}{100000}{100000}y", "true")]
    [InlineData("x(?:(?:){1000}|){1000}{1000}y", null)]
    [InlineData("x(?:a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}a{0}b){15000}y", null)]
    public void Repeating_nothing_is_no_work(string pattern, string? expected)
    {
        if (expected is not null)
            Assert.Equal(expected, Test(pattern, "xy"));
        else
            Assert.EndsWith("too large: its quantifiers repeat too much", Assert.Throws<JqException>(() => Test(pattern, "xy")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantifiers_of_quantifiers_of_groups_stay_on_the_stack()
    {
        var pattern = string.Concat(Enumerable.Repeat("(?:", 95)) + "a" + string.Concat(Enumerable.Repeat(new string('*', 95) + ")", 95));
        Assert.EndsWith("too large: its quantifiers repeat too much", Assert.Throws<JqException>(() => Test(pattern, "a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_classes_fold_case_once()
    {
        var pattern = "(?i)^" + string.Concat(Enumerable.Repeat("[^é", 90)) + "ä" + string.Concat(Enumerable.Repeat("]", 90)) + "+$";
        Assert.Equal("true", Test(pattern, string.Concat(Enumerable.Repeat("Ä", 50))));
        Assert.Equal("false", Test(pattern, "É"));
    }

    [Fact]
    public void Intersections_that_fold_case_at_every_level_are_refused()
    {
        var pattern = "(?i)" + string.Concat(Enumerable.Repeat("[^é&&", 90)) + "ä" + string.Concat(Enumerable.Repeat("]", 90));
        Assert.EndsWith("too deeply nested", Assert.Throws<JqException>(() => Test(pattern, "Ä")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_are_paid_for_at_every_place()
    {
        var text = JqValue.From(new string('b', 200_000));
        var program = JqProgram.Compile("test($re)", ["re"]).Program!;
        var many = JqValue.From("a" + string.Concat(Enumerable.Repeat("(c)", 4_000)));
        Assert.Equal("false", program.EvaluateFirst(text, [JqValue.From("a(c)")]).ToJson());
        Assert.Equal(nameof(JqLimits.Steps), Assert.Throws<JqLimitException>(() => program.EvaluateFirst(text, [many])).Limit);
    }

    [Fact]
    public void A_million_characters_do_not_exhaust_the_budget()
    {
        var text = JqValue.From(string.Concat(Enumerable.Repeat("Hello, my parcel 12345 is late. ", 3_000)));
        Assert.Equal("3000", Jq.Compile("[match(\"[0-9]+\"; \"g\")] | length").EvaluateFirst(text, []).ToJson());
        Assert.Equal("true", Jq.Compile("gsub(\"\\\\s+\"; \" \") | length > 90000").EvaluateFirst(text, []).ToJson());
    }

    [Fact]
    public void Random_patterns_match_what_the_platform_matches() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 40; i++)
            {
                var pattern = Pattern(random, 3);
                var text = new string([.. Enumerable.Range(0, random.Next(8)).Select(_ => "abc"[random.Next(3)])]);
                var expected = Regex.Matches(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)).Select(m => $"[{m.Index},{m.Length}]");
                var program = JqProgram.Compile("[match($re; \"g\") | [.offset, .length]]", ["re"]).Program!;
                Assert.Equal(
                    $"{pattern} on {text}: [{string.Join(',', expected)}]",
                    $"{pattern} on {text}: {program.EvaluateFirst(JqValue.From(text), [JqValue.From(pattern)])}");
            }
        }).QuickCheckThrowOnFailure();

    private static string Test(string pattern, string text) =>
        JqProgram.Compile("test($re)", ["re"]).Program!.EvaluateFirst(JqValue.From(text), [JqValue.From(pattern)]).ToJson();

    private static string Pattern(Random random, int depth) => random.Next(depth > 0 ? 12 : 4) switch
    {
        0 or 1 => "abc"[random.Next(3)].ToString(),
        2 => new[] { ".", "[ab]", "[^a]", "\\w" }[random.Next(4)],
        3 => new[] { "^", "$", "\\b", "" }[random.Next(4)],
        4 or 5 or 6 => Pattern(random, depth - 1) + Pattern(random, depth - 1),
        7 => $"(?:{Pattern(random, depth - 1)}|{Pattern(random, depth - 1)})",
        8 => $"({Pattern(random, depth - 1)})",
        9 => $"(?{new[] { "=", "!", ">" }[random.Next(3)]}{Pattern(random, depth - 1)})",
        10 => $"(?:[abc]{Pattern(random, depth - 1)}){new[] { "*", "+", "?", "{2}", "{1,2}", "*?", "+?", "??" }[random.Next(8)]}",
        _ => "abc."[random.Next(4)] + new[] { "*", "+", "?", "*?", "{0,2}" }[random.Next(5)],
    };
}
