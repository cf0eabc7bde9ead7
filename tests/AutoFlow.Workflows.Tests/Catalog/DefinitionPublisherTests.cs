using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Catalog;

public class DefinitionPublisherTests
{
    private const string Calls = TestWorkflow.Header + "do:\n  - a: { call: 'https://x.org/f/a.yaml', with: { n: 1 } }\n";
    private const string Outer = "call: ./b.yaml\nwith: { n: \"${ .n + 1 }\" }\n";
    private const string Inner = "set: { n: \"${ .n + 1 }\" }\n";

    private static Task<WorkflowParseResult> Resolve(string text, IResourceReader reader) =>
        DefinitionPublisher.ResolveAsync("f.yaml", text, TestWorkflow.Functions, reader, CancellationToken.None);

    [Fact]
    public async Task What_a_resource_names_is_read_too_and_everything_belongs_to_the_definition()
    {
        var reader = new MemoryResources(("https://x.org/f/a.yaml", Outer), ("https://x.org/f/b.yaml", Inner));

        var result = await Resolve(Calls, reader);

        Assert.True(result.IsValid, string.Join('\n', result.Diagnostics));
        Assert.Equal(["https://x.org/f/a.yaml", "https://x.org/f/b.yaml"], reader.Asked);
        Assert.Equal(reader.Asked, result.Definition.Resources.Uris);
        TestWorkflow.IsJson("""{"n":3}""", new FakeWorkflowContext().Run(result.Definition, JqValue.EmptyObject).Output!);
    }

    [Fact]
    public async Task The_hash_is_that_of_the_text_and_its_resources()
    {
        var first = await Resolve(Calls, new MemoryResources(("https://x.org/f/a.yaml", Inner)));
        var same = await Resolve(Calls, new MemoryResources(("https://x.org/f/a.yaml", Inner.ReplaceLineEndings("\r\n"))));
        var other = await Resolve(Calls, new MemoryResources(("https://x.org/f/a.yaml", Inner + "# changed\n")));

        Assert.Equal(first.Definition!.Hash, same.Definition!.Hash);
        Assert.NotEqual(first.Definition.Hash, other.Definition!.Hash);
    }

    [Fact]
    public void A_resource_that_the_definition_does_not_use_changes_nothing()
    {
        const string text = TestWorkflow.Header + "do:\n  - a: { set: { x: 1 } }\n";
        var with = WorkflowParser.Parse("f.yaml", text, TestWorkflow.Functions, DefinitionResources.Empty.With(new Uri("https://x.org"), "x"));

        Assert.Equal(WorkflowParser.Parse("f.yaml", text, TestWorkflow.Functions).Definition!.Hash, with.Definition!.Hash);
        Assert.Equal(0, with.Definition.Resources.Count);
    }

    [Fact]
    public async Task Kept_resources_give_the_same_definition_again()
    {
        var published = await Resolve(Calls, new MemoryResources(("https://x.org/f/a.yaml", Outer), ("https://x.org/f/b.yaml", Inner)));
        var kept = published.Definition!.Resources.ToJson().ToJson();

        var again = WorkflowParser.Parse("f.yaml", Calls, TestWorkflow.Functions, DefinitionResources.FromJson(JqValue.Parse(kept)));

        Assert.Equal(published.Definition.Hash, again.Definition!.Hash);
    }

    [Fact]
    public async Task A_resource_that_cannot_be_read_is_a_finding_where_it_is_named()
    {
        var result = await Resolve(Calls, new MemoryResources(("https://x.org/f/a.yaml", Outer)));

        var error = Assert.Single(result.Errors);
        Assert.Equal("https://x.org/f/a.yaml:1:7: error: cannot read https://x.org/f/b.yaml: 404 Not Found", error.Format().Split('\n')[0]);
    }

    [Fact]
    public void Without_its_resources_a_definition_is_refused_and_says_which_are_missing()
    {
        var result = WorkflowParser.Parse("f.yaml", Calls, TestWorkflow.Functions);

        Assert.False(result.IsValid);
        var missing = Assert.Single(result.Missing);
        Assert.Equal("https://x.org/f/a.yaml", missing.Uri.AbsoluteUri);
        Assert.Equal(missing.Finding, Assert.Single(result.Errors));
        Assert.Equal("7:16", missing.Finding.Position.ToString());
    }

    [Fact]
    public async Task A_chain_without_end_is_cut()
    {
        var result = await Resolve(Calls.Replace("a.yaml", "0.yaml", StringComparison.Ordinal), new Endless());

        Assert.Contains($"more than {DefinitionPublisher.MaxResources} resources", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resources_are_bounded_in_size()
    {
        var result = await Resolve(Calls, new MemoryResources(("https://x.org/f/a.yaml", new string('#', ResourceText.MaxLength + 1))));

        Assert.Contains("longer than", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_published_with_the_files_its_definitions_name()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "functions"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "flow.yaml"), TestWorkflow.Header + "do:\n  - a: { call: ./functions/f.yaml }\n");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "functions", "f.yaml"), "set: { x: 1 }\n");
            var catalog = new DefinitionCatalog(TestWorkflow.Functions);

            Assert.Empty(await catalog.LoadFolderAsync(folder.FullName, null, CancellationToken.None));
            Assert.Equal(["file:///functions/f.yaml"], Assert.Single(catalog.All).Resources.Uris);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_a_URI_nobody_reads_is_a_finding()
    {
        var reader = new FolderResourceReader(AppContext.BaseDirectory);

        Assert.Equal("there is no such file beside the definition", (await reader.ReadAsync(new Uri("file:///none/x.yaml"), CancellationToken.None)).Problem);
        Assert.Equal("only files are read here", (await reader.ReadAsync(new Uri("https://x.org"), CancellationToken.None)).Problem);
    }

    /// <summary>Every function calls the next one.</summary>
    private sealed class Endless : IResourceReader
    {
        private int _next;

        public Task<ResourceText> ReadAsync(Uri uri, CancellationToken cancellation) =>
            Task.FromResult(ResourceText.Of($"call: https://x.org/f/{++_next}.yaml\n"));
    }
}
