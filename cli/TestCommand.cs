using System.CommandLine;
using AutoFlow.Cli.Testing;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Outline;
using AutoFlow.Workflows.Testing.Scenarios;

namespace AutoFlow.Cli;

/// <summary><c>autoflow test</c>: runs the scenarios that lie beside definitions, in virtual time.</summary>
internal sealed class TestCommand(Surroundings surroundings)
{
    internal sealed record Wishes(string[] Paths, string? Filter, string? JUnit, int? MinCoverage, bool Verbose);

    public static Command Build(Surroundings surroundings)
    {
        var paths = new Argument<string[]>("file-or-folder")
        {
            Description = "Folders, definitions (x.yaml) or scenario files (x.scenarios.yaml).",
            Arity = ArgumentArity.OneOrMore,
        };
        var filter = new Option<string?>("--filter") { Description = "Only scenarios whose name, or whose definition's name, has this text in it." };
        var junit = new Option<string?>("--junit") { Description = "Also writes the results to this file, as JUnit XML.", HelpName = "file" };
        var coverage = new Option<int?>("--min-coverage")
        {
            Description = "Fails when the scenarios of a definition take fewer of its branches, in percent.",
        };
        var verbose = new Option<bool>("--verbose") { Description = "Tells what every scenario did, not only those that failed." };
        var command = new Command("test", "Runs the scenarios beside definitions, without anything outside and without waiting.")
        {
            paths, filter, junit, coverage, verbose,
        };
        command.SetAction((parsed, cancellation) => new TestCommand(surroundings).RunAsync(new Wishes(
            parsed.GetValue(paths) ?? [],
            parsed.GetValue(filter),
            parsed.GetValue(junit),
            parsed.GetValue(coverage),
            parsed.GetValue(verbose)), cancellation));
        return command;
    }

    /// <returns>0 when every scenario passed and coverage is high enough, else 1.</returns>
    private async Task<int> RunAsync(Wishes wishes, CancellationToken cancellation)
    {
        if (wishes is { Filter: not null, MinCoverage: not null })
            return surroundings.Complain("--filter and --min-coverage do not go together: a part of the scenarios covers a part");
        var sources = await WorkflowSources.LoadAsync(wishes.Paths, surroundings, cancellation);
        var errors = sources.Findings.FindAll(static f => f.Severity == DiagnosticSeverity.Error);
        foreach (var finding in errors) surroundings.Output.WriteLine(finding.Format());
        if (sources.HasErrors) return 1;
        if (sources.Scenarios.Count == 0) return surroundings.Complain($"no scenarios (x.scenarios.yaml) for {string.Join(", ", wishes.Paths)}");

        var reports = Meant(sources).Select(definition => Run(sources, definition, wishes.Filter)).ToList();
        if (wishes.Filter is { } filter)
        {
            reports.RemoveAll(static r => r.Runs.Count == 0);
            if (reports.Count == 0) return surroundings.Complain($"no scenario has '{filter}' in its name");
        }

        new TestReport(surroundings.Output, wishes.Verbose).Write(reports, whole: wishes.Filter is null);
        if (wishes.JUnit is { } file && !surroundings.Write(file, JUnitReport.Write(reports))) return 1;
        return reports.Exists(static r => r.Failed > 0) | !Covered(reports, wishes.MinCoverage) ? 1 : 0;
    }

    /// <summary>The definitions that were meant, and those that the scenario files meant are about.</summary>
    private static IEnumerable<WorkflowDefinition> Meant(WorkflowSources sources) => sources.Definitions.Select(static d => d.Definition)
        .Concat(sources.Scenarios.Select(static s => s.Definition))
        .DistinctBy(static d => d.Hash)
        .OrderBy(static d => d.Identity.Name, StringComparer.Ordinal);

    private DefinitionReport Run(WorkflowSources sources, WorkflowDefinition definition, string? filter)
    {
        var coverage = new BranchCoverage(DefinitionOutline.Of(definition));
        var runs = new List<TimedScenario>();
        foreach (var file in sources.Scenarios.Where(s => s.Definition.Hash == definition.Hash))
        {
            foreach (var scenario in file.Scenarios.Where(s => Meant(definition, s, filter)))
            {
                var start = surroundings.Time.GetTimestamp();
                var result = ScenarioRunner.Run(definition, scenario, coverage.Note);
                runs.Add(new TimedScenario(file.FileName, result, surroundings.Time.GetElapsedTime(start)));
            }
        }

        return new DefinitionReport(definition.Identity.Name, sources.FileOf(definition), runs, coverage);
    }

    private static bool Meant(WorkflowDefinition definition, Scenario scenario, string? filter) =>
        filter is null
        || scenario.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)
        || definition.Identity.Name.Contains(filter, StringComparison.OrdinalIgnoreCase);

    private bool Covered(IEnumerable<DefinitionReport> reports, int? least)
    {
        var poor = reports.Where(r => r.Coverage.Percent < least).ToList();
        foreach (var report in poor)
            surroundings.Complain($"the scenarios of {report.Name} cover {report.Coverage.Percent} % of its branches, and must cover {least} %");
        return poor.Count == 0;
    }
}
