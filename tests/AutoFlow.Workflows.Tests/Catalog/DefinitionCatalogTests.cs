using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Tests.Catalog;

public class DefinitionCatalogTests
{
    private readonly DefinitionCatalog _catalog = new(TestWorkflow.Functions);

    private WorkflowDefinition Publish(string version, int value = 1, string name = "example")
    {
        var header = TestWorkflow.Header
            .Replace("'1.0.0'", $"'{version}'", StringComparison.Ordinal)
            .Replace("name: example", $"name: {name}", StringComparison.Ordinal);
        var result = _catalog.Publish("example.yaml", header + $"do:\n  - a: {{ set: {{ x: {value} }} }}\n");
        Assert.True(result.IsValid, string.Join('\n', result.Diagnostics));
        return result.Definition;
    }

    [Fact]
    public void A_definition_is_found_by_its_hash_its_identity_and_as_latest()
    {
        var definition = Publish("1.0.0");

        Assert.Same(definition, _catalog.Find(definition.Hash));
        Assert.Same(definition, _catalog.Find(new WorkflowIdentity("test", "example", "1.0.0")));
        Assert.Same(definition, _catalog.Find(new WorkflowIdentity("test", "example", "latest")));
        Assert.Null(_catalog.Find("no such hash"));
        Assert.Null(_catalog.Latest("other"));
        Assert.Null(_catalog.Latest("example", "elsewhere"));
    }

    [Fact]
    public void The_latest_is_the_highest_release_by_semantic_version()
    {
        foreach (var version in (string[])["1.9.0", "1.10.0", "2.0.0-rc.1", "1.2.0"]) Publish(version);

        Assert.Equal("1.10.0", _catalog.Latest("example")!.Identity.Version);
        Assert.Equal(["1.2.0", "1.9.0", "1.10.0", "2.0.0-rc.1"], _catalog.All.Select(static d => d.Identity.Version));
    }

    [Fact]
    public void A_published_identity_keeps_its_content()
    {
        var first = Publish("1.0.0");

        Assert.Same(first, Publish("1.0.0"));
        var refused = _catalog.Publish("example.yaml", TestWorkflow.Header + "do:\n  - a: { set: { x: 2 } }\n");
        Assert.False(refused.IsValid);
        Assert.Equal("test/example:1.0.0 is already published with another content", Assert.Single(refused.Errors).Message);
        Assert.Same(first, _catalog.Latest("example"));
    }

    [Fact]
    public void The_hash_does_not_depend_on_line_endings()
    {
        const string body = "do:\n  - a: { set: { x: 1 } }\n";
        var unix = TestWorkflow.Parse(body);
        var windows = TestWorkflow.Parse(
            body.ReplaceLineEndings("\r\n"), TestWorkflow.Header.ReplaceLineEndings("\r\n"));

        Assert.Equal(unix.Hash, windows.Hash);
        Assert.Equal(64, unix.Hash.Length);
    }

    [Fact]
    public async Task A_folder_is_loaded_without_its_policies_and_scenarios()
    {
        var folder = Directory.CreateTempSubdirectory("workflows");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "good.yaml"), TestWorkflow.Header + "do:\n  - a: { set: { x: 1 } }\n");
            File.WriteAllText(Path.Combine(folder.FullName, "bad.yml"), TestWorkflow.Header + "doo: []\n");
            File.WriteAllText(Path.Combine(folder.FullName, "good.test.yaml"), "scenarios: []\n");
            File.WriteAllText(Path.Combine(folder.FullName, "notes.md"), "notes\n");
            Directory.CreateDirectory(Path.Combine(folder.FullName, "policies"));
            File.WriteAllText(Path.Combine(folder.FullName, "policies", "limits.yaml"), "limit: 1\n");

            var findings = await _catalog.LoadFolderAsync(folder.FullName, null, CancellationToken.None);

            Assert.All(findings, static f => Assert.EndsWith("bad.yml", f.File, StringComparison.Ordinal));
            Assert.NotEmpty(findings);
            Assert.Equal("example", Assert.Single(_catalog.All).Identity.Name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_definition_tells_what_it_calls_and_listens_to()
    {
        var definition = TestWorkflow.Parse(
            """
            do:
              - a: { call: sendReply, with: { text: hi } }
              - b: { listen: { to: { any: [ { with: { type: z } }, { with: { type: y } } ] } } }
              - c: { call: ask }
            """);

        Assert.Equal(["ask", "sendReply"], definition.FunctionsCalled);
        Assert.Equal(["y", "z"], definition.EventTypes);
    }

    [Theory]
    [InlineData("1.0.0", "1.0.1")]
    [InlineData("1.0.0-alpha", "1.0.0-alpha.1")]
    [InlineData("1.0.0-alpha.1", "1.0.0-alpha.beta")]
    [InlineData("1.0.0-alpha.2", "1.0.0-alpha.10")]
    [InlineData("1.0.0-rc.1", "1.0.0")]
    [InlineData("1.0.0", "99999999999999999999.0.0")]
    public void Versions_are_ordered_by_semver(string lower, string higher)
    {
        Assert.True(SemanticVersion.Parse(lower)!.CompareTo(SemanticVersion.Parse(higher)) < 0);
        Assert.Equal(0, SemanticVersion.Parse(lower)!.CompareTo(SemanticVersion.Parse(lower + "+build")));
    }
}
