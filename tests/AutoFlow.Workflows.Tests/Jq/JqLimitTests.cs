using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Tests.Jq;

/// <summary>Every budget ends a program in a clear error, and nothing nested reaches the .NET stack.</summary>
public class JqLimitTests
{
    [Theory]
    [InlineData("def f: f; f", nameof(JqLimits.Steps))]
    [InlineData("[range(1e12)]", nameof(JqLimits.Steps))]
    [InlineData("last(repeat(1))", nameof(JqLimits.Steps))]
    [InlineData("def f: 1 + f; f", nameof(JqLimits.Depth))]
    [InlineData("[recurse(. + 1)]", nameof(JqLimits.Steps))]
    [InlineData("\"x\" * 1e9", nameof(JqLimits.ValueSize))]
    [InlineData("(\"x\" * 9000000) as $s | reduce range(1e9) as $i (0; $s == $s + \"\")", nameof(JqLimits.Steps))]
    [InlineData("(\"x\" * 4000000) as $s | ($s + $s) | contains($s[1:] + \"z\")", nameof(JqLimits.Steps))]
    [InlineData("[range(100000)] as $a | reduce range(1e9) as $i (0; $a | add, max)", nameof(JqLimits.Steps))]
    [InlineData("reduce range(1e9) as $i ([range(100000)]; .[5] = $i | .[1] = (.[3:4] | first))", nameof(JqLimits.Steps))]
    [InlineData("[range(2000)] as $a | [range(300) | [$a]] as $x | [range(300) | [$a | .[0] = 1]] as $y | $x - $y", nameof(JqLimits.Steps))]
    [InlineData("[range(2000)] as $a | [range(300) | [$a]] | .[[range(149) | [$a]] + [1]]", nameof(JqLimits.Steps))]
    [InlineData("(\"1\" * 390 | tonumber) as $n | [range(100000) | $n]", nameof(JqLimits.ValueSize))]
    [InlineData("def f: f, 1; f", nameof(JqLimits.Depth))]
    [InlineData("try (def f: 1 + f; f) catch 0", nameof(JqLimits.Depth))]
    [InlineData("range(2000000)", nameof(JqLimits.Outputs))]
    [InlineData("\"x\" * 100000000", nameof(JqLimits.ValueSize))]
    [InlineData("reduce range(100) as $i (1; [., .])", nameof(JqLimits.ValueSize))]
    [InlineData("(\"x\" * 1000) as $s | [range(100000) | $s]", nameof(JqLimits.ValueSize))]
    [InlineData(".[100000000] = 1", nameof(JqLimits.ValueSize))]
    [InlineData("\"x\" * 5000000", nameof(JqLimits.OutputSize))]
    [InlineData("reduce range(5000) as $i (1; [.])", nameof(JqLimits.OutputDepth))]
    public void A_spent_budget_is_named(string program, string limit)
    {
        var compiled = JqProgram.Compile(program, []).Program!;
        var limits = limit == nameof(JqLimits.Outputs) ? new JqLimits { Steps = 100_000_000 } : null;
        var error = Assert.Throws<JqLimitException>(() => compiled.Evaluate(JqValue.Null, [], limits).Count());
        Assert.Equal(limit, error.Limit);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{a:", "}")]
    [InlineData("-", "")]
    [InlineData("try ", "")]
    [InlineData("if . then ", "end")]
    [InlineData("def f: ", "; f")]
    [InlineData("\"\\(", ")\"")]
    [InlineData(". as [", "")]
    [InlineData("1 + ", "1")]
    [InlineData("1 // ", "1")]
    [InlineData(". as $x | ", ".")]
    [InlineData("label $x | ", ".")]
    [InlineData("reduce ", "")]
    [InlineData(".a", "")]
    [InlineData(".[0]", "")]
    public void A_hostile_nest_of_source_is_refused(string open, string close)
    {
        var source = string.Concat(Enumerable.Repeat(open, 100_000)) + "." + string.Concat(Enumerable.Repeat(close, 100_000));
        var compilation = JqProgram.Compile(source, []);
        Assert.False(compilation.Succeeded);
        Assert.NotEmpty(compilation.Error.Message);
    }

    [Fact]
    public void Long_pipes_and_commas_are_no_nest()
    {
        Assert.Equal("1", Jq.First("1" + string.Concat(Enumerable.Repeat("|.", 50_000))));
        Assert.Equal("50001", Jq.First("[1" + string.Concat(Enumerable.Repeat(",1", 50_000)) + "] | length"));
    }

    [Theory]
    [InlineData("[1e1000000000, -1e-1000000000, 1e99999999999999999999] | length")]
    [InlineData("[\"1e1000000000\", \"-1e-2147483647\"] | map(tonumber | tojson | length < 400) | length + 1")]
    [InlineData("[1e1000000000 == 1e1000000001, 1e1000 < 1e1001, 1E-2000000000 > 0] | length")]
    public void Huge_numbers_cost_nothing(string program) => Assert.Equal("3", Jq.First(program));

    [Fact]
    public void Deep_JSON_is_refused_by_the_reader()
    {
        var text = new string('[', 100_000) + new string(']', 100_000);
        Assert.Throws<FormatException>(() => JqValue.Parse(text));
    }

    [Theory]
    [InlineData("def f: if . > 100000 then . else . + 1 | f end; 0 | f", "100001")]
    [InlineData("last(range(100000))", "99999")]
    [InlineData("0 | until(. > 100000; . + 1)", "100001")]
    [InlineData("[limit(3; 1 | repeat(. * 2))]", "[1,2,4]")]
    [InlineData("0 | last(while(. < 50000; . + 1))", "49999")]
    [InlineData("reduce range(5000) as $i (1; [.]) | [recurse] | length", "5001")]
    public void Calls_in_last_place_run_in_constant_space(string program, string expected)
    {
        var limits = new JqLimits { Steps = 10_000_000, Depth = 6_000, ValueSize = 1_000_000_000 };
        Assert.Equal(expected, JqProgram.Compile(program, []).Program!.EvaluateFirst(JqValue.Null, [], limits).ToJson());
    }
}
