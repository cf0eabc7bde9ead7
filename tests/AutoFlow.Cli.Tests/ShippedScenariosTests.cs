using AutoFlow.Cli.Tests.Schemas;
using AutoFlow.Functions.Steps;

namespace AutoFlow.Cli.Tests;

/// <summary>The shipped definitions keep their stories, and no branch of them is without one.</summary>
public sealed class ShippedScenariosTests : Shell
{
    public ShippedScenariosTests() => Functions = StepCatalog.Default;

    public static string Workflows { get; } = Path.Combine(EditorSchema.Root, "workflows");

    [Fact]
    public async Task Every_scenario_passes_and_every_branch_is_covered()
    {
        var result = await RunAsync("test", Workflows, "--min-coverage", "100");
        Assert.True(result == 0, Output + Error);
        Assert.EndsWith(" 0 failed\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_of_the_page_passes()
    {
        File.Copy(Path.Combine(Workflows, "cancel-order.yaml"), Path.Combine(Folder, "cancel-order.yaml"));

        var result = await RunAsync("test", Write("cancel-order.scenarios.yaml", await ExampleAsync("scenarios.md", 1)));

        Assert.True(result == 0, Output + Error);
    }

    [Fact]
    public async Task The_definition_that_the_guide_teaches_on_is_valid_and_its_stories_cover_it()
    {
        Write("change-address.yaml", await ExampleAsync("workflows.md", 1));
        Write("change-address.scenarios.yaml", await ExampleAsync("workflows.md", 2));

        var result = await RunAsync("test", Folder, "--min-coverage", "100");

        Assert.True(result == 0, Output + Error);
    }

    [Fact]
    public void Every_definition_has_scenarios() => Assert.Equal(
        AutoFlow.Workflows.Catalog.WorkflowFiles.In(Workflows).Select(Path.GetFileNameWithoutExtension),
        AutoFlow.Workflows.Catalog.WorkflowFiles.ScenariosIn(Workflows).Select(static f => Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(f))));

    /// <summary>A YAML block of a page, counted from 1.</summary>
    private static async Task<string> ExampleAsync(string page, int number)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(EditorSchema.Root, "docs", page));
        return text.Split("```yaml\n")[number].Split("```")[0];
    }
}
