namespace AutoFlow.Workflows.Tests.Parsing;

public class TypeErrorTests
{
    private const string Do = "do:\n  - a: { set: { x: 1 } }\n";

    [Theory]
    [InlineData("do: text\n", "6:5", "'do' must be a list of tasks, not text", "begin each task with '- name:'")]
    [InlineData("do: []\n", "6:5", "'do' needs at least one task", null)]
    [InlineData("do:\n  - a\n", "7:5", "a task must be a name with properties under it, not text", null)]
    [InlineData("do:\n  - a: 5\n", "7:8", "task 'a' must be a map, not a number", "indent the task's properties deeper than its name")]
    [InlineData("do:\n  - a:\n    set: { x: 1 }\n", "8:5", "a task is one name with its properties under it; 'set' is a second one", "indent the task's properties deeper than its name")]
    [InlineData("do:\n  - a: { set: [ 1 ] }\n", "7:15", "'set' must be a map or an expression, not a list", null)]
    [InlineData("do:\n  - a: { set: { x: 1 }, if: [ 1 ] }\n", "7:29", "'if' must be a jq expression, not a list", null)]
    [InlineData("do:\n  - a: { run: { workflow: { namespace: a, name: b, version: '1.0.0' }, await: maybe } }\n", "7:79", "'await' must be true or false, not text", null)]
    [InlineData("do:\n  - a: { listen: { to: { one: { with: { type: a } } }, read: date } }\n", "7:62", "'read' cannot be 'date'", "did you mean 'data'?")]
    [InlineData("do:\n  - a: { try: [ { b: { set: { x: 1 } } } ], catch: { retry: { limit: { attempt: { count: -1 } } } } }\n", "7:90", "'count' must be a whole number from 0, not -1", null)]
    [InlineData(Do + "output: .x\n", "8:9", "'output' must be a map, not text", null)]
    public void A_value_of_the_wrong_type(string body, string place, string message, string? hint) =>
        TestWorkflow.Refused(body, place, message, hint);

    [Fact]
    public void A_name_that_ends_with_a_new_line() => TestWorkflow.Refused(
        Do,
        "4:9",
        "'b\n' cannot be a name",
        "1 to 63 letters, digits and hyphens, no hyphen at either end",
        TestWorkflow.Header.Replace("name: example", "name: \"b\\n\"", StringComparison.Ordinal));

    [Theory]
    [InlineData("version: 1.0", "5:12", "'version' must be text, not a number", "put it in quotes")]
    [InlineData("version: '1.0'", "5:12", "'1.0' is no semantic version", "write it as 1.0.0")]
    [InlineData("version: \"1.0.0\\n\"", "5:12", "'1.0.0\n' is no semantic version", "write it as 1.0.0")]
    [InlineData("version: '01.0.0'", "5:12", "'01.0.0' is no semantic version", "write it as 1.0.0")]
    [InlineData("vesion: 1.0.0", "5:3", "unknown property 'vesion' in 'document'", "did you mean 'version'?")]
    public void A_wrong_version(string line, string place, string message, string? hint)
    {
        var header = TestWorkflow.Header.Replace("version: '1.0.0'", line, StringComparison.Ordinal);
        var errors = TestWorkflow.Read(Do, header).Errors.ToList();

        Assert.Contains(errors, e => (e.Position.ToString(), e.Message, e.Hint) == (place, message, hint));
    }

    [Fact]
    public void Another_version_of_the_language() => TestWorkflow.Refused(
        Do, "2:8", "the DSL version '0.8.0' is not supported", "this engine speaks 1.0.0 to 1.0.3",
        TestWorkflow.Header.Replace("1.0.3", "0.8.0", StringComparison.Ordinal));

    [Fact]
    public void A_name_that_is_no_label() => TestWorkflow.Refused(
        Do, "4:9", "'my workflow' cannot be a name", "1 to 63 letters, digits and hyphens, no hyphen at either end",
        TestWorkflow.Header.Replace("name: example", "name: my workflow", StringComparison.Ordinal));
}
