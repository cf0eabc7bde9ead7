using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace AutoFlow.Cli.Testing;

/// <summary>Writes results as CI systems read them: JUnit's XML, a suite per definition.</summary>
internal static class JUnitReport
{
    public static string Write(IReadOnlyList<DefinitionReport> reports)
    {
        var suites = new XElement(
            "testsuites",
            new XAttribute("name", "autoflow"),
            Counts(reports.SelectMany(static r => r.Runs).ToList()),
            reports.Select(Suite));
        return new XDeclaration("1.0", "utf-8", null) + "\n" + suites + "\n";
    }

    private static XElement Suite(DefinitionReport report) => new(
        "testsuite",
        new XAttribute("name", Clean(report.Name)),
        new XAttribute("file", Clean(report.File)),
        Counts(report.Runs),
        report.Runs.Select(r => Case(report, r)));

    private static XElement Case(DefinitionReport report, TimedScenario run)
    {
        var scenario = run.Result.Scenario;
        var failure = run.Result.Passed
            ? null
            : new XElement(
                "failure",
                new XAttribute("type", "expectation"),
                new XAttribute("message", Clean($"{run.File}:{run.Result.Failures[0].Position}: {run.Result.Failures[0].Message}")),
                Clean(string.Join('\n', [.. run.Result.Failures.Select(static f => f.Format()), "", .. run.Result.Story])));
        return new XElement(
            "testcase",
            new XAttribute("classname", Clean(report.Name)),
            new XAttribute("name", Clean(scenario.Name)),
            new XAttribute("file", Clean(run.File)),
            new XAttribute("line", scenario.Position.Line),
            new XAttribute("time", Seconds(run.RealTime)),
            failure);
    }

    private static XAttribute[] Counts(IReadOnlyList<TimedScenario> runs) =>
    [
        new("tests", runs.Count),
        new("failures", runs.Count(static r => !r.Result.Passed)),
        new("errors", 0),
        new("skipped", 0),
        new("time", Seconds(TimeSpan.FromTicks(runs.Sum(static r => r.RealTime.Ticks)))),
    ];

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Text without the characters that XML 1.0 cannot hold.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(static r =>
        r.Value > char.MaxValue || XmlConvert.IsXmlChar((char)r.Value)));
}
