using System.Text.RegularExpressions;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Testing;
using AutoFlow.Workflows.Yaml;
using Xunit.Abstractions;

namespace AutoFlow.Workflows.Tests.Conformance;

public partial class ConformanceKitTests(ITestOutputHelper report)
{
    /// <summary>Scenarios that use constructs of the language that are refused for now.</summary>
    private const int WithConstructsNotYetRun = 9;

    [SharedFact]
    public void Every_scenario_passes_or_is_refused_by_the_name_of_its_construct()
    {
        var scenarios = Directory.EnumerateFiles(SharedData.Folder("ctk")!, "*.feature").Order(StringComparer.Ordinal)
            .SelectMany(static f => Scenario.Read(File.ReadAllText(f))).ToList();
        Assert.Equal(21, scenarios.Count);
        var refused = 0;
        foreach (var scenario in scenarios)
        {
            var parsed = WorkflowParser.Parse("scenario.yaml", scenario.Definition, FunctionCatalog.Empty);
            if (!parsed.IsValid)
            {
                refused++;
                Assert.All(parsed.Errors, static e => Assert.StartsWith("not supported yet: ", e.Message, StringComparison.Ordinal));
                report.WriteLine($"refused  {scenario.Name}: {string.Join(", ", parsed.Errors.Select(static e => e.Message))}");
                continue;
            }

            var context = new FakeWorkflowContext();
            var result = context.Run(parsed.Definition, scenario.Input is null ? JqValue.EmptyObject : Json(scenario.Input));
            foreach (var (step, block) in scenario.Steps) Check(scenario, step, block, result, context);
            report.WriteLine($"passed   {scenario.Name}");
        }

        Assert.Equal(WithConstructsNotYetRun, refused);
    }

    private static void Check(Scenario scenario, string step, string? block, WorkflowResult result, FakeWorkflowContext context)
    {
        var order = context.Statuses.Where(static s => s.WaitingFor is null).Select(static s => s.Name).ToList();
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
                Assert.False(At(result.Output!, path).IsNull, $"{scenario.Name}: {path}");
        }
        else if (Property().Match(step) is { Success: true } property)
        {
            Assert.Equal(Json(block!), At(result.Output!, property.Groups[1].Value));
        }
        else if (Order().Match(step) is { Success: true } run)
        {
            var at = order.IndexOf(run.Groups[1].Value);
            var expected = run.Groups[2].Value switch
            {
                "first" => 0,
                "last" => order.Count - 1,
                var after => order.IndexOf(after["after ".Length..]) + 1,
            };
            Assert.Equal(expected, at);
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

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(\w+) should run (first|last|after \w+)$")]
    private static partial Regex Order();
}
