namespace AutoFlow.Workflows.Tests.Parsing;

public class ExpressionErrorTests
{
    private static (string Place, string Message, string? Hint) Error(string body)
    {
        var error = TestWorkflow.OnlyError(body);
        return (error.Position.ToString(), error.Message, error.Hint);
    }

    [Theory]
    [InlineData("do:\n  - a:\n      if: .a ===\n      set: { x: 1 }\n", 8)]
    [InlineData("do:\n  - a:\n      set: { x: \"${ .a | }\" }\n", 8)]
    [InlineData("do:\n  - a:\n      set: ${ [1, }\n", 8)]
    public void A_syntax_error_is_found_on_its_line(string body, int line)
    {
        var (place, message, _) = Error(body);

        Assert.StartsWith($"{line}:", place, StringComparison.Ordinal);
        Assert.StartsWith("bad jq expression: ", message, StringComparison.Ordinal);
    }

    [Theory]
    // plain, single quoted with an escaped quote, double quoted with escapes, literal block, folded block
    [InlineData("do:\n  - a:\n      if: .a == $nope\n      set: { x: 1 }\n", "8:17")]
    [InlineData("do:\n  - a:\n      if: '\"it''s\" == $nope'\n      set: { x: 1 }\n", "8:23")]
    [InlineData("do:\n  - a:\n      if: \"\\\"it\\\" == $nope\"\n      set: { x: 1 }\n", "8:22")]
    [InlineData("do:\n  - a:\n      if: |\n        .a\n          == $nope\n      set: { x: 1 }\n", "10:14")]
    [InlineData("do:\n  - a:\n      if: >-\n        .a\n        == $nope\n      set: { x: 1 }\n", "10:12")]
    [InlineData("do:\n  - a:\n      set:\n        x: ${ $nope }\n", "9:15")]
    public void An_undefined_variable_is_found_at_its_column(string body, string place)
    {
        var (found, message, _) = Error(body);

        Assert.Equal(place, found);
        Assert.Contains("$nope", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("do:\n  - a:\n      if: $input == 1\n      set: { x: 1 }\n", "input")]
    [InlineData("do:\n  - a:\n      set: { x: \"${ $output }\" }\n", "output")]
    [InlineData("do:\n  - a:\n      set: { x: 1 }\noutput: { as: $task }\n", "task")]
    [InlineData("input: { from: $context }\ndo:\n  - a: { set: { x: 1 } }\n", "context")]
    [InlineData("do:\n  - a:\n      if: $authorization.scheme == 1\n      set: { x: 1 }\n", "authorization")]
    public void A_variable_of_another_stage_is_refused(string body, string name)
    {
        var (_, message, _) = Error(body);

        Assert.Contains('$' + name, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loops_variable_exists_in_the_loop_only()
    {
        var (place, message, _) = Error(
            "do:\n  - loop:\n      for: { each: pet, in: .pets }\n      do: [ { a: { set: { x: \"${ $pet }\" } } } ]\n  - after:\n      set: { x: \"${ $pet }\" }\n");

        Assert.Equal("11:21", place);
        Assert.Contains("$pet", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_typo_in_a_variable_gets_a_hint()
    {
        var (_, _, hint) = Error("do:\n  - a:\n      set: { x: \"${ $contxt }\" }\n");

        Assert.Contains("context", hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_with_a_meaning_of_its_own_cannot_be_declared() => TestWorkflow.Refused(
        "do:\n  - loop:\n      for: { each: input, in: .x }\n      do: [ { a: { set: { x: 1 } } } ]\n",
        "8:20",
        "'each' cannot be 'input': $input has a meaning of its own");

    [Fact]
    public void Text_that_looks_like_an_expression_is_warned_of()
    {
        var result = TestWorkflow.Read("do:\n  - a: { set: { x: .user, y: \"Hello ${ .user }\", z: '...' } }\n");

        Assert.True(result.IsValid);
        Assert.Equal(
            [
                ("7:20", "'.user' is plain text here", "for an expression write ${ .user }"),
                ("7:30", "${ } inside a longer text is not evaluated", "make the whole value one expression: ${ \"text \\(.property)\" }"),
            ],
            result.Diagnostics.Select(static d => (d.Position.ToString(), d.Message, d.Hint!)));
    }

    [Fact]
    public void An_expression_that_is_too_long() => TestWorkflow.Refused(
        $"do:\n  - a:\n      set: {{ x: '${{ {string.Concat(Enumerable.Repeat(". |", 15_000))} . }}' }}\n",
        "8:17",
        "an expression of 45004 characters; at most 32768 are read",
        "keep long texts and tables out of expressions");

    [Fact]
    public void Thousands_of_aliases_to_an_expression_are_read()
    {
        var lines = Enumerable.Repeat("          - *e\n", 49_000);
        var result = TestWorkflow.Read($"do:\n  - a:\n      set:\n        x: &e '${{ {string.Join(" + ", Enumerable.Repeat(".x", 12))} }}'\n        y:\n{string.Concat(lines)}");
        Assert.True(result.IsValid, string.Join('\n', result.Diagnostics));
    }
}
