using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Functions.Tests.Definitions;

/// <summary>Publishing: all that is handed in together is checked before any of it is stored.</summary>
public sealed class DefinitionDeskTests
{
    private readonly World _world = new();
    private readonly WorkflowLibrary _library;
    private readonly DefinitionDesk _desk;

    public DefinitionDeskTests()
    {
        _library = _world.LibraryOf(new DefinitionCatalog(StepCatalog.Default));
        _desk = new DefinitionDesk(StepCatalog.Default, _world.Definitions, new NoWeb(), _library);
    }

    [Fact]
    public async Task Mistakes_are_all_told_with_their_places_and_nothing_is_stored()
    {
        var refused = Assert.IsType<PublishOutcome.Refused>(await PublishAsync(Text("good"), Text("bad").Replace("set:", "sett:", StringComparison.Ordinal), "document: {}"));

        Assert.Contains(refused.Findings, finding => (finding.File, finding.Position.Line) == ("1.yaml", 4));
        Assert.Contains(refused.Findings, finding => finding.File == "2.yaml");
        Assert.Empty(await _world.Definitions.AfterAsync(0, default));
    }

    [Fact]
    public async Task The_same_again_is_unchanged_and_another_content_is_a_clash()
    {
        Assert.Equal([true], News(await PublishAsync(Text("a"))));
        Assert.Equal([false, true], News(await PublishAsync(Text("a"), Text("b"))));

        var taken = Assert.IsType<PublishOutcome.Taken>(await PublishAsync(Text("c"), Text("a", "false")));

        Assert.Equal(("1.yaml", "a"), (Assert.Single(taken.Clashes).File, taken.Clashes[0].Definition.Name));
        Assert.Equal(["a", "b"], (await _world.Definitions.AfterAsync(0, default)).Select(one => one.Name));
    }

    [Fact]
    public async Task Two_contents_of_one_identity_in_one_request_are_a_mistake_of_it()
    {
        var refused = Assert.IsType<PublishOutcome.Refused>(await PublishAsync(Text("a"), Text("a", "false")));

        Assert.Equal("1.yaml", Assert.Single(refused.Findings).File);
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_stores_nothing()
    {
        await PublishAsync(Text("a"));

        var dry = await _desk.PublishAsync([Named(Text("a"), 0), Named(Text("b"), 1)], dryRun: true, default);
        var clash = await _desk.PublishAsync([Named(Text("a", "false"), 0)], dryRun: true, default);

        Assert.Equal([false, true], News(dry));
        Assert.IsType<PublishOutcome.Taken>(clash);
        Assert.Single(await _world.Definitions.AfterAsync(0, default));
    }

    private static IEnumerable<bool> News(PublishOutcome outcome) => Assert.IsType<PublishOutcome.Stored>(outcome).Definitions.Select(one => one.IsNew);

    private static DefinitionText Named(string text, int at) => new($"{at}.yaml", text, new Dictionary<string, string>());

    private static string Text(string name, string value = "true") => $$"""
        document: { dsl: '1.0.3', namespace: test, name: {{name}}, version: '1.0.0' }
        do:
          - done:
              set: { done: {{value}} }
        """;

    private Task<PublishOutcome> PublishAsync(params IEnumerable<string> texts) => _desk.PublishAsync([.. texts.Select(Named)], dryRun: false, default);
}
