using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Definitions;
using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Functions.Tests.Definitions;

/// <summary>Definitions of the folder that name resources are read whole before the app starts.</summary>
public sealed class WorkflowFolderTests : IDisposable
{
    private const string Schema = """{ "type": "object", "required": [ "order" ] }""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autoflow");

    public WorkflowFolderTests()
    {
        foreach (var file in Directory.EnumerateFiles(World.WorkflowsPath, "*.yaml", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.FullName, Path.GetRelativePath(World.WorkflowsPath, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_beside_a_definition_becomes_a_part_of_it()
    {
        Write("checked.yaml", Definition("schemas/order.json"));
        Write("schemas/order.json", Schema);

        var folder = Load();
        Assert.Null(folder.Definitions.Latest("checked"));
        Assert.Empty(await folder.ResolveAsync([], new NoWeb(), default));

        Assert.Equal(["file:///schemas/order.json"], folder.Definitions.Latest("checked")!.Resources.Uris);
    }

    [Fact]
    public async Task What_was_published_needs_no_network_at_the_next_start_and_keeps_what_was_pinned()
    {
        Write("checked.yaml", Definition("https://example.org/order.json"));
        var first = Load();
        Assert.Empty(await first.ResolveAsync([], new Web(Schema), default));
        var one = DefinitionDesk.Of(first.Definitions.Latest("checked")!);
        var published = new PublishedDefinition(one.Hash, one.Namespace, one.Name, one.Version, one.Text, one.Resources, 1, default);

        var second = Load();
        Assert.Empty(await second.ResolveAsync([published], new NoWeb(), default));

        Assert.Equal(one.Hash, second.Definitions.Latest("checked")!.Hash);
    }

    [Fact]
    public async Task A_file_that_was_changed_since_it_was_published_is_another_content_of_the_definition()
    {
        Write("checked.yaml", Definition("schemas/order.json"));
        Write("schemas/order.json", Schema);
        var first = Load();
        Assert.Empty(await first.ResolveAsync([], new NoWeb(), default));
        var store = new FakeDefinitionStore(new FakeTime());
        Assert.Empty((await store.PublishAsync([DefinitionDesk.Of(first.Definitions.Latest("checked")!)], default)).Taken);
        var published = await store.AfterAsync(0, default);

        var same = Load();
        Assert.Empty(await same.ResolveAsync(published, new NoWeb(), default));
        Write("schemas/order.json", Schema.Replace("order", "parcel", StringComparison.Ordinal));
        var edited = Load();
        Assert.Empty(await edited.ResolveAsync(published, new NoWeb(), default));

        Assert.Empty((await store.PublishAsync([DefinitionDesk.Of(same.Definitions.Latest("checked")!)], default)).Taken);
        Assert.Single((await store.PublishAsync([DefinitionDesk.Of(edited.Definitions.Latest("checked")!)], default)).Taken);
    }

    [Fact]
    public async Task A_resource_that_cannot_be_read_is_told_with_its_place()
    {
        Write("checked.yaml", Definition("https://example.org/order.json"));

        var problem = Assert.Single(await Load().ResolveAsync([], new NoWeb(), default));

        Assert.Contains("checked.yaml:4:", problem, StringComparison.Ordinal);
        Assert.Contains("cannot read https://example.org/order.json: there is no network", problem, StringComparison.Ordinal);
    }

    private static string Definition(string schema) => $$"""
        document: { dsl: '1.0.3', namespace: test, name: checked, version: '1.0.0' }
        input:
          schema:
            resource: { endpoint: '{{schema}}' }
        do:
          - done:
              set: { done: true }
        """;

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private WorkflowFolder Load()
    {
        var (folder, problems) = WorkflowFolder.Load(_folder.FullName, StepCatalog.Default);
        Assert.Empty(problems);
        return folder!;
    }

    private sealed class Web(string text) : IResourceReader
    {
        public Task<ResourceText> ReadAsync(Uri uri, CancellationToken cancellation) => Task.FromResult(ResourceText.Of(text));
    }
}
