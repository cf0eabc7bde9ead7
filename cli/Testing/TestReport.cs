namespace AutoFlow.Cli.Testing;

/// <summary>Writes results for people: failures with their place and story, then a table.</summary>
internal sealed class TestReport(TextWriter output, bool verbose)
{
    /// <param name="whole">Whether every scenario ran, so that coverage says something.</param>
    public void Write(IReadOnlyList<DefinitionReport> reports, bool whole)
    {
        foreach (var report in reports)
        {
            foreach (var run in report.Runs.Where(r => verbose || !r.Result.Passed)) Write(report, run);
        }

        if (whole)
        {
            foreach (var report in reports.Where(static r => r.Runs.Count > 0))
            {
                foreach (var branch in report.Coverage.Missing)
                    output.WriteLine($"not covered: {report.File}:{branch.Position} {branch.Text}");
            }
        }

        Table(reports, whole);
        var (passed, failed) = (reports.Sum(static r => r.Passed), reports.Sum(static r => r.Failed));
        output.WriteLine($"{Counted.Of(reports.Count, "definition")}, {Counted.Of(passed + failed, "scenario")}: {passed} passed, {failed} failed");
    }

    private void Write(DefinitionReport report, TimedScenario run)
    {
        output.WriteLine($"{(run.Result.Passed ? "passed" : "FAILED")} {report.Name}: {run.Result.Scenario.Name}");
        foreach (var failure in run.Result.Failures) output.WriteLine($"  {failure.Format().ReplaceLineEndings("\n  ")}");
        foreach (var line in run.Result.Story) output.WriteLine($"    {line}");
    }

    private void Table(IReadOnlyList<DefinitionReport> reports, bool whole)
    {
        var width = Math.Max("definition".Length, reports.Max(static r => r.Name.Length));
        output.WriteLine($"{"definition".PadRight(width)}  passed  failed{(whole ? "  branches" : "")}");
        foreach (var report in reports)
        {
            var coverage = whole ? $"  {report.Coverage.Covered}/{report.Coverage.Total} ({report.Coverage.Percent} %)" : "";
            var none = report.Runs.Count == 0 && whole ? "  no scenarios" : "";
            output.WriteLine($"{report.Name.PadRight(width)}  {report.Passed,6}  {report.Failed,6}{coverage}{none}");
        }
    }
}
