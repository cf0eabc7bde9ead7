namespace AutoFlow.Workflows.Tests.DataFlow;

public class EvaluateModeTests
{
    private const string Body = "do:\n  - a: { set: { path: .x, name: name, text: 'see .x', both: '${ .x }' } }\n";

    [Fact]
    public void In_strict_mode_only_text_in_braces_is_an_expression() =>
        TestWorkflow.IsJson("""{"path":".x","name":"name","text":"see .x","both":1}""", TestWorkflow.Output(Body, """{"x":1}"""));

    [Fact]
    public void In_loose_mode_a_path_is_one_too() =>
        TestWorkflow.IsJson(
            """{"path":1,"name":"name","text":"see .x","both":1}""", TestWorkflow.Output("evaluate: { mode: loose }\n" + Body, """{"x":1}"""));
}
