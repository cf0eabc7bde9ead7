using System.Globalization;
using System.Text.RegularExpressions;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>Runs a scenario of the conformance kit and checks what its feature says.</summary>
internal static partial class ScenarioRun
{
    /// <summary>Throws an assertion's exception when the scenario does not pass.</summary>
    public static async Task PassesAsync(Scenario scenario, KitServices services)
    {
        var parsed = WorkflowParser.Parse("scenario.yaml", scenario.Definition, FunctionCatalog.Empty);
        Assert.True(parsed.IsValid, $"{scenario.Name}: {string.Join('\n', parsed.Diagnostics)}");
        var context = new KitContext(services);
        var input = scenario.Input is null ? JqValue.EmptyObject : Json(scenario.Input);
        var result = await WorkflowInterpreter.RunAsync(parsed.Definition, input, context);
        Assert.NotEmpty(scenario.Steps);
        foreach (var (step, block) in scenario.Steps) Check(scenario, step, block, result, context.Order);
    }

    private static void Check(Scenario scenario, string step, string? block, WorkflowResult result, IReadOnlyList<string> order)
    {
        if (step.StartsWith("the workflow should complete", StringComparison.Ordinal))
        {
            Assert.False(result.IsFaulted, $"{scenario.Name}: {result.Error?.ToJson()}");
            if (block is not null) Assert.Equal(Json(block), result.Output);
        }
        else if (step.StartsWith("the workflow should fault", StringComparison.Ordinal))
        {
            Assert.True(result.IsFaulted, scenario.Name);
            if (block is not null) Assert.Equal(Json(block), result.Error!.ToJson());
        }
        else if (Properties().Match(step) is { Success: true } properties)
        {
            foreach (var path in Quoted().Matches(properties.Value).Select(static m => m.Groups[1].Value))
                Assert.True(Has(result.Output!, path), $"{scenario.Name}: no {path} in {result.Output}");
        }
        else if (Property().Match(step) is { Success: true } property)
        {
            Assert.Equal(Json(block!), At(result.Output!, property.Groups[1].Value));
        }
        else if (Items().Match(step) is { Success: true } items)
        {
            Assert.Equal(int.Parse(items.Groups[2].Value, CultureInfo.InvariantCulture), At(result.Output!, items.Groups[1].Value).Items.Count);
        }
        else if (Order().Match(step) is { Success: true } run)
        {
            var names = order.ToList();
            var expected = run.Groups[2].Value switch
            {
                "first" => 0,
                "last" => names.Count - 1,
                var after => names.IndexOf(after["after ".Length..]) + 1,
            };
            Assert.Equal(expected, names.IndexOf(run.Groups[1].Value));
        }
        else
        {
            Assert.Fail($"a step this test does not know: {step}");
        }
    }

    private static bool Has(JqValue value, string path)
    {
        var at = path.LastIndexOf('.');
        return (at < 0 ? value : At(value, path[..at])).TryGetProperty(path[(at + 1)..], out _);
    }

    private static JqValue At(JqValue value, string path) => path.Split('.').Aggregate(value, static (v, key) => v[key]);

    private static JqValue Json(string yaml)
    {
        var source = new SourceText("block.yaml", yaml);
        return YamlReader.Read(source, new DiagnosticSink(source))!.ToJson();
    }

    [GeneratedRegex("should have properties .*")]
    private static partial Regex Properties();

    [GeneratedRegex("should have a '([^']+)' property with value")]
    private static partial Regex Property();

    [GeneratedRegex("should have a '([^']+)' property containing ([0-9]+) items?")]
    private static partial Regex Items();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(\w+) should run (first|last|after \w+)$")]
    private static partial Regex Order();
}
