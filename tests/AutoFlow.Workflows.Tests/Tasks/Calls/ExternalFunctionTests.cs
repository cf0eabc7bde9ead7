using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks.Calls;

public class ExternalFunctionTests
{
    private static WorkflowParseResult Read(string body, params (string Uri, string Text)[] resources) => WorkflowParser.Parse(
        "example.yaml",
        TestWorkflow.Header + body,
        TestWorkflow.Functions,
        resources.Aggregate(DefinitionResources.Empty, static (all, one) => all.With(new Uri(one.Uri), one.Text)));

    [Theory]
    [InlineData("https://x.org/catalog", "https://x.org/catalog/functions/log/1.0.0/function.yaml")]
    [InlineData("https://x.org/catalog/", "https://x.org/catalog/functions/log/1.0.0/function.yaml")]
    [InlineData("./catalog", "file:///catalog/functions/log/1.0.0/function.yaml")]
    [InlineData("https://github.com/o/r", "https://raw.githubusercontent.com/o/r/HEAD/functions/log/1.0.0/function.yaml")]
    [InlineData("https://github.com/o/r/tree/main", "https://raw.githubusercontent.com/o/r/refs/heads/main/functions/log/1.0.0/function.yaml")]
    [InlineData("https://github.com/o/r/tree/main/sub", "https://raw.githubusercontent.com/o/r/refs/heads/main/sub/functions/log/1.0.0/function.yaml")]
    [InlineData(
        "https://github.com/o/r/tree/0123456789abcdef0123456789abcdef01234567",
        "https://raw.githubusercontent.com/o/r/0123456789abcdef0123456789abcdef01234567/functions/log/1.0.0/function.yaml")]
    [InlineData("https://gitlab.com/g/s/r", "https://gitlab.com/g/s/r/-/raw/HEAD/functions/log/1.0.0/function.yaml")]
    [InlineData("https://gitlab.com/g/r/-/tree/main", "https://gitlab.com/g/r/-/raw/main/functions/log/1.0.0/function.yaml")]
    public void A_function_of_a_catalog_is_where_the_layout_of_catalogs_says(string root, string expected)
    {
        var result = Read($"use: {{ catalogs: {{ global: {{ endpoint: {{ uri: '{root}' }} }} }} }}\ndo:\n  - a: {{ call: 'log:1.0.0@global' }}\n");

        Assert.Equal(expected, Assert.Single(result.Missing).Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("https://github.com/o/r/blob/main/f.yaml", "https://raw.githubusercontent.com/o/r/refs/heads/main/f.yaml")]
    [InlineData("https://github.com/o/r/validate@v1.0.0", "https://raw.githubusercontent.com/o/r/v1.0.0/validate/function.yaml")]
    [InlineData("https://git.example.org/g/r/-/blob/main/f.yaml", "https://git.example.org/g/r/-/raw/main/f.yaml")]
    [InlineData("https://x.org/o/r/blob/main/f.yaml", "https://x.org/o/r/blob/main/f.yaml")]
    public void A_page_of_a_repository_means_the_file_it_shows(string call, string expected) => Assert.Equal(
        expected, Assert.Single(Read($"do:\n  - a: {{ call: '{call}' }}\n").Missing).Uri.AbsoluteUri);

    [Fact]
    public void A_function_from_a_URI_takes_its_arguments_as_input_and_its_failures_name_it()
    {
        var result = Read(
            "do:\n  - a: { call: 'https://x.org/f.yaml', with: { n: \"${ .n }\" } }\n",
            ("https://x.org/f.yaml", "do:\n  - more: { set: { n: \"${ .n + 1 }\" } }\n  - stop: { if: .n > 9, raise: { error: { type: 'https://x.org/e', status: 400 } } }\n"));

        Assert.True(result.IsValid, string.Join('\n', result.Diagnostics));
        TestWorkflow.IsJson("""{"n":2}""", new FakeWorkflowContext().Run(result.Definition, JqValue.Parse("""{"n":1}""")).Output!);
        Assert.Equal("https://x.org/f.yaml#/do/1/stop", new FakeWorkflowContext().Run(result.Definition, JqValue.Parse("""{"n":9}""")).Error!.Instance);
    }

    [Fact]
    public void Mistakes_in_a_function_are_named_by_its_URI()
    {
        var errors = Read("do:\n  - a: { call: 'https://x.org/f.yaml' }\n", ("https://x.org/f.yaml", "sett: { x: 1 }\n")).Errors;

        Assert.StartsWith("https://x.org/f.yaml:1:1: error: unknown keyword 'sett'", Assert.Single(errors).Format(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_has_its_own_names_and_no_secrets()
    {
        var errors = Read(
            "use:\n  secrets: [ s ]\n  functions: { own: { set: { x: 1 } } }\ndo:\n  - a: { call: 'https://x.org/f.yaml' }\n",
            ("https://x.org/f.yaml", "do:\n  - a: { call: own }\n  - b: { set: { x: '${ $secrets.s }' } }\n")).Errors;

        Assert.Equal(["unknown function 'own'", "no secret named 's' under use.secrets"], errors.Select(static e => e.Message));
    }

    [Fact]
    public void A_function_that_calls_itself_is_refused()
    {
        var errors = Read(
            "do:\n  - a: { call: 'https://x.org/a.yaml' }\n",
            ("https://x.org/a.yaml", "call: b.yaml\n"),
            ("https://x.org/b.yaml", "call: ./a.yaml\n")).Errors;
        var circle = Read(
            "do:\n  - a: { call: 'https://x.org/a.yaml' }\n",
            ("https://x.org/a.yaml", "call: ./b.yaml\n"),
            ("https://x.org/b.yaml", "call: ./a.yaml\n")).Errors;

        Assert.Equal("unknown function 'b.yaml'", Assert.Single(errors).Message);
        Assert.Equal("the function https://x.org/a.yaml calls itself, directly or through others", Assert.Single(circle).Message);
    }

    [Fact]
    public void The_default_catalog_is_the_apps_own_functions_in_whatever_version()
    {
        var context = new FakeWorkflowContext().On("ask", "1");

        TestWorkflow.Output("do:\n  - a: { call: 'ask:2.1.0@default', with: { x: 1 } }\n", context: context);

        Assert.Equal("ask", Assert.Single(context.Calls).Name);
    }

    [Fact]
    public void A_definition_may_have_a_default_catalog_of_its_own() => Assert.Equal(
        "https://x.org/functions/ask/1.0.0/function.yaml",
        Assert.Single(Read("use: { catalogs: { default: { endpoint: 'https://x.org' } } }\ndo:\n  - a: { call: 'ask:1.0.0@default' }\n").Missing).Uri.AbsoluteUri);

    [Theory]
    [InlineData("call: 'ask:1.0.0@globl'", "no catalog named 'globl' under use.catalogs", "did you mean 'global'?")]
    [InlineData("call: 'ask@global'", "'ask@global' names no function of a catalog", "write it as name:version@catalog")]
    [InlineData("call: 'akk:1.0.0@default'", "unknown function 'akk'", "did you mean 'ask'?")]
    [InlineData("call: 'file:///etc/f.yaml'", "'file:///etc/f.yaml' is no relative path: files are named by their path from the definition's folder", null)]
    [InlineData("call: htp", "unknown function 'htp'", "did you mean 'http'?")]
    public void A_mistake_is_refused(string call, string message, string? hint)
    {
        var error = TestWorkflow.OnlyError($"use: {{ catalogs: {{ global: {{ endpoint: 'https://x.org' }} }} }}\ndo:\n  - a: {{ {call} }}\n");

        Assert.Equal(("8:16", message, hint), (error.Position.ToString(), error.Message, error.Hint));
    }

    [Theory]
    [InlineData("{}", "the catalog 'c' needs 'endpoint'")]
    [InlineData("{ endpont: x }", "unknown property 'endpont' in the catalog 'c'")]
    [InlineData("{ endpoint: '${ .x }' }", "the endpoint of the catalog 'c' must be a fixed URI")]
    public void A_catalog_with_mistakes_is_refused(string catalog, string message) => Assert.Contains(
        message, TestWorkflow.Read($"use: {{ catalogs: {{ c: {catalog} }} }}\ndo:\n  - a: {{ set: {{ x: 1 }} }}\n").Errors.Select(static e => e.Message));
}
