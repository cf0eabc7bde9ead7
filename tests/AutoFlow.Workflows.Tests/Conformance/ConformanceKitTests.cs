using System.Text.RegularExpressions;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;
using Xunit.Abstractions;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>The specification's conformance kit, from its feature files.</summary>
public sealed partial class ConformanceKitTests(KitServices services, ITestOutputHelper report) : IClassFixture<KitServices>
{
    [SharedFact]
    public async Task Every_scenario_passes()
    {
        var scenarios = Scenario.OfTheKit();
        Assert.Equal(21, scenarios.Count);
        foreach (var scenario in scenarios)
        {
            var parsed = WorkflowParser.Parse("scenario.yaml", scenario.Definition, FunctionCatalog.Empty);
            Assert.True(parsed.IsValid, $"{scenario.Name}: {string.Join('\n', parsed.Diagnostics)}");
            var context = new KitContext(services);
            var input = scenario.Input is null ? JqValue.EmptyObject : Json(scenario.Input);
            var result = await WorkflowInterpreter.RunAsync(parsed.Definition, input, context);
            Assert.NotEmpty(scenario.Steps);
            foreach (var (step, block) in scenario.Steps) Check(scenario, step, block, result, context.Order);
            report.WriteLine($"passed   {scenario.Name}");
        }

        Assert.Equal(
            ["GET httpbin.org/basic-auth/serverless-workflow/conformance-test"],
            services.Requests.Where(static r => r.Contains("httpbin", StringComparison.Ordinal)).Distinct());
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
            var paths = Quoted().Matches(properties.Value).Select(static m => m.Groups[1].Value).ToList();
            foreach (var path in paths) Assert.False(At(result.Output!, path).IsNull, $"{scenario.Name}: {path} in {result.Output}");
            var allowed = paths.Select(static p => p.Split('.')[0]).ToHashSet();
            if (scenario.Steps.Count(s => Properties().IsMatch(s.Text)) == 1 && !step.Contains('.', StringComparison.Ordinal))
                Assert.True(result.Output!.Properties.All(p => allowed.Contains(p.Key)), $"{scenario.Name}: other properties in {result.Output}");
        }
        else if (Property().Match(step) is { Success: true } property)
        {
            Assert.Equal(Json(block!), At(result.Output!, property.Groups[1].Value));
        }
        else if (Items().Match(step) is { Success: true } items)
        {
            var count = int.Parse(items.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(count, At(result.Output!, items.Groups[1].Value).Items.Count);
        }
        else if (Order().Match(step) is { Success: true } run)
        {
            var expected = run.Groups[2].Value switch
            {
                "first" => 0,
                "last" => order.Count - 1,
                var after => order.ToList().IndexOf(after["after ".Length..]) + 1,
            };
            Assert.Equal(expected, order.ToList().IndexOf(run.Groups[1].Value));
        }
        else
        {
            Assert.Fail($"a step this test does not know: {step}");
        }
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
