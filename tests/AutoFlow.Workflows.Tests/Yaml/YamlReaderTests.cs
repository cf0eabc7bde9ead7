using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tests.Yaml;

public class YamlReaderTests
{
    private static string FirstError(string text)
    {
        var result = WorkflowParser.Parse("f.yaml", text, FunctionCatalog.Empty);
        Assert.Null(result.Definition);
        return result.Errors.First().Format().Split('\n')[0];
    }

    [Theory]
    [InlineData("", "f.yaml:1:1: error: the file is empty")]
    [InlineData("# only a comment\n", "f.yaml:1:1: error: the file is empty")]
    [InlineData("text", "f.yaml:1:1: error: the workflow must be a map, not text")]
    [InlineData("a: 1\n---\nb: 2\n", "f.yaml:2:1: error: a file holds one workflow; this is a second document")]
    [InlineData("a: *x\n", "f.yaml:1:4: error: no anchor '&x' stands before this alias")]
    [InlineData("a: &x [ *x ]\n", "f.yaml:1:9: error: the alias '*x' is inside its own anchor")]
    [InlineData("a: !!binary aa\n", "f.yaml:1:4: error: the tag 'tag:yaml.org,2002:binary' means nothing in a workflow")]
    [InlineData("? [ a ]\n: 1\n", "f.yaml:1:3: error: a key must be text, not a list")]
    public void Text_that_is_no_workflow_is_refused_with_its_place(string text, string error) => Assert.Equal(error, FirstError(text));

    [Fact]
    public void A_syntax_error_has_a_place() => Assert.StartsWith("f.yaml:2:", FirstError("a: 1\n b: [\n"), StringComparison.Ordinal);

    [Fact]
    public void A_flow_map_that_leaves_its_indentation_is_an_error_and_no_crash() =>
        Assert.Equal("f.yaml:1:4: error: not readable as YAML from here on", FirstError("a: {\nx"));

    [Fact]
    public void A_key_that_stands_twice_is_refused() => TestWorkflow.Refused(
        "do:\n  - a:\n      set: { x: 1 }\n      set: { x: 2 }\n", "9:7", "'set' stands here twice", "remove one of the two");

    [Fact]
    public void Nesting_is_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));

        Assert.Equal("f.yaml:1:67: error: nested deeper than 64 levels", FirstError("a: " + deep));
    }

    [Fact]
    public void Aliases_cannot_blow_up()
    {
        var text = "a0: &a0 [ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 ]\n";
        for (var i = 1; i < 30; i++)
            text += $"a{i}: &a{i} [ {string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))} ]\n";

        Assert.Contains("more than 100000 nodes", FirstError(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_of_long_text_count_by_its_length()
    {
        var text = $"a: &a ${{ {string.Join(" + ", Enumerable.Repeat(".x", 2_000))} }}\nb: [ {string.Join(", ", Enumerable.Repeat("*a", 2_000))} ]\n";

        Assert.Contains("more than 100000 nodes", FirstError(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused() =>
        Assert.Equal("f.yaml:1:1: error: the file is longer than 1000000 characters", FirstError(new string('a', YamlReader.LongestText + 1)));

    [Fact]
    public void An_alias_stands_for_its_anchor() =>
        TestWorkflow.IsJson("""{"x":{"n":1},"y":{"n":1}}""", TestWorkflow.Output("do:\n  - a: { set: { x: &v { n: 1 }, y: *v } }\n"));
}
