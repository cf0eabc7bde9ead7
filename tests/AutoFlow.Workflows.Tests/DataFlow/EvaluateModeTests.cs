namespace AutoFlow.Workflows.Tests.DataFlow;

public class EvaluateModeTests
{
    private const string Body = "do:\n  - a: { set: { path: .x, name: name, text: 'see .x', both: '${ .x }' } }\n";
    private const string Loose = "evaluate: { mode: loose }\n";

    [Fact]
    public void In_strict_mode_only_text_in_braces_is_an_expression() =>
        TestWorkflow.IsJson("""{"path":".x","name":"name","text":"see .x","both":1}""", TestWorkflow.Output(Body, """{"x":1}"""));

    [Fact]
    public void In_loose_mode_a_path_is_one_too() =>
        TestWorkflow.IsJson(
            """{"path":1,"name":"name","text":"see .x","both":1}""", TestWorkflow.Output(Loose + Body, """{"x":1}"""));

    [Theory]
    [InlineData("1 + .x", "2")]
    [InlineData("[.x, $task.name]", "[1,\"a\"]")]
    [InlineData(".x.y", "\".x.y\"")]
    [InlineData("error", "\"error\"")]
    [InlineData("Hello, world!", "\"Hello, world!\"")]
    [InlineData("# no program", "\"# no program\"")]
    [InlineData(" ", "\" \"")]
    public void In_loose_mode_every_text_is_evaluated_and_stays_text_where_that_fails(string text, string expected) =>
        TestWorkflow.IsJson($$"""{"v":{{expected}}}""", TestWorkflow.Output($"{Loose}do:\n  - a: {{ set: {{ v: '{text}' }} }}\n", """{"x":1}"""));

    [Fact]
    public void In_loose_mode_too_an_expression_in_braces_that_fails_is_an_error() =>
        Assert.Equal(400, TestWorkflow.Error(Loose + "do:\n  - a: { set: { v: '${ .x.y }' } }\n", """{"x":1}""").Status);
}
