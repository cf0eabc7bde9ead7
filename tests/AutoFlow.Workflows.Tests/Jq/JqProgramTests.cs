using System.Text.Json;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Tests.Jq;

public class JqProgramTests
{
    [Theory]
    [InlineData(".order.items[0].status == \"shipped\"", """{"order":{"items":[{"status":"shipped"}]}}""", "true")]
    [InlineData("{id: .a.id, first: .items[0], n: (.items | length)}", """{"a":{"id":"x"},"items":[1,2]}""", """{"id":"x","first":1,"n":2}""")]
    [InlineData("[(1,2) + (10,20)]", "null", "[11,12,21,22]")]
    [InlineData("[{a:(1,2),b:(3,4)}] | map([.a,.b])", "null", "[[1,3],[1,4],[2,3],[2,4]]")]
    [InlineData("[\"\\(1,2) \\(3,4)\"]", "null", """["1 3","2 3","1 4","2 4"]""")]
    [InlineData("[.a?//\"none\"]", "{}", "[\"none\"]")]
    [InlineData("[limit(2; .[])]", "[1,2,3]", "[1,2]")]
    [InlineData("(.items[] | select(.id == 2) | .qty) += 5", """{"items":[{"id":1,"qty":1},{"id":2,"qty":1}]}""", """{"items":[{"id":1,"qty":1},{"id":2,"qty":6}]}""")]
    [InlineData("[.[] as [$a] ?// $a | $a]", "[[1],2]", "[1,2]")]
    [InlineData("def f(g): def h: g; . as $x | if . > 0 then (. - 1 | f(g + $x)) else h end; 3 | f(.)", "null", "6")]
    [InlineData("def rec(f): if . > 0 then f else 0 end; def go: rec(. as $n | (. - 1 | go) | . + $n); 4 | go", "null", "10")]
    [InlineData("[paths]", """{"a":[1]}""", """[["a"],["a",0]]""")]
    [InlineData("[(1 // 2), (null, false) // 3, (error(\"x\") // 4)]", "null", "[1,3,4]")]
    [InlineData("[label $out | 1, break $out, 2]", "null", "[1]")]
    [InlineData("gsub(\"(?<d>[0-9]+)\"; \"<\\(.d)>\")", "\"a1b22\"", "\"a<1>b<22>\"")]
    [InlineData("[match(\"é\"; \"g\").offset]", "\"😀é-é\"", "[1,3]")]
    [InlineData("@csv \"\\([1, \"a\\\"b\"])\"", "null", "\"1,\\\"a\\\"\\\"b\\\"\"")]
    [InlineData("1425599621 | todate", "null", "\"2015-03-05T23:53:41Z\"")]
    [InlineData("\"2024-02-29T00:00:00Z\" | fromdate | strftime(\"%A %j %V\")", "null", "\"Thursday 060 09\"")]
    [InlineData("12345678901234567890 | ., . + 0 | tostring", "null", "\"12345678901234567890\"")]
    [InlineData("[1e17, 1e-5, 0.1, 3.0, 1e300 | . + 0]", "null", "[1e+17,1e-05,0.1,3,1e+300]")]
    public void Programs_give_what_jq_gives(string program, string input, string expected) =>
        Assert.Equal(expected, Jq.First(program, input));

    [Theory]
    [InlineData(".a | foo", 5, "foo/0 is not defined", null)]
    [InlineData("lenght", 0, "lenght/0 is not defined", "did you mean 'length'?")]
    [InlineData("length(1)", 0, "length/1 is not defined", "there is length/0")]
    [InlineData("1\n  | $ordr", 6, "$ordr is not defined", "did you mean '$order'?")]
    [InlineData("env.HOME", 0, "'env' is not available in a workflow: an expression does not see the environment of the process, which can change between two replays", null)]
    [InlineData("$ENV", 0, "'$ENV' is not available in a workflow: an expression does not see the environment of the process, which can change between two replays", null)]
    [InlineData("input", 0, "'input' is not available in a workflow: an expression has one input, '.'", null)]
    [InlineData("import \"a\" as a; a::b", 0, "'import' is not available in a workflow: there are no modules, an expression stands alone; use def", null)]
    [InlineData(".a | test(\"(\")", 11, "( (at offset 1) is not a valid regex: end pattern with unmatched parenthesis", null)]
    [InlineData("@jsn", 0, "@jsn is not a format", "did you mean '@json'?")]
    [InlineData("1 == 2 == 3", 7, "'==' and '==' cannot be chained", "add parentheses")]
    public void An_error_says_where_and_what_was_meant(string source, int offset, string message, string? hint)
    {
        var error = JqProgram.Compile(source, ["order"]).Error!;
        Assert.Equal((offset, message, hint), (error.Offset, error.Message, error.Hint));
    }

    [Fact]
    public void Line_and_column_count_from_one()
    {
        var error = JqProgram.Compile(".a\n  | $x", []).Error!;
        Assert.Equal((2, 5), (error.Line, error.Column));
    }

    [Fact]
    public void Variables_are_given_in_order()
    {
        var program = JqProgram.Compile("[$b, $a]", ["a", "b"]).Program!;
        Assert.Equal("[2,1]", program.EvaluateFirst(JqValue.Null, [JqValue.From(1), JqValue.From(2)]).ToJson());
    }

    [Fact]
    public void An_uncaught_error_carries_its_value()
    {
        var program = Jq.Compile("error({code: 7})");
        var error = Assert.Throws<JqException>(() => program.EvaluateFirst(JqValue.Null, []));
        Assert.Equal("""{"code":7}""", error.Value.ToJson());
    }

    [Fact]
    public void Now_is_what_the_caller_says()
    {
        var program = Jq.Compile("now | todate");
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        Assert.Equal("\"2026-01-02T03:04:05Z\"", program.EvaluateFirst(JqValue.Null, [], null, now).ToJson());
        Assert.Throws<JqException>(() => program.EvaluateFirst(JqValue.Null, []));
    }

    [Fact]
    public void Outputs_are_computed_when_asked_for()
    {
        using var outputs = Jq.Compile("1, error(\"late\")").Evaluate(JqValue.Null, []).GetEnumerator();
        Assert.True(outputs.MoveNext());
        Assert.Equal(JqValue.From(1), outputs.Current);
        Assert.Throws<JqException>(() => outputs.MoveNext());
    }

    [Fact]
    public void A_value_serialises_as_the_JSON_it_is()
    {
        var value = JqValue.Parse("""{"b":[1,null,"x\u00e9"],"a":{"n":1.5}}""");
        var json = JsonSerializer.Serialize(new { value });
        Assert.Equal(value, JsonSerializer.Deserialize<Dictionary<string, JqValue>>(json)!["value"]);
        Assert.Equal(["b", "a"], value.Properties.Select(p => p.Key));
    }
}
