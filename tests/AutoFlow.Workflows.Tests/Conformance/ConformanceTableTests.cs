using System.Globalization;
using System.Text;
using AutoFlow.Workflows.Model;
using Xunit.Sdk;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>The pages under <c>docs/</c> that say what of the language runs.</summary>
public sealed class ConformanceTableTests(KitServices services) : IClassFixture<KitServices>
{
    [SharedFact]
    public async Task The_page_on_conformance_is_what_the_runs_gave()
    {
        var scenarios = new List<(string Name, string Result)>();
        foreach (var scenario in Scenario.OfTheKit())
        {
            try
            {
                await ScenarioRun.PassesAsync(scenario, services);
                scenarios.Add((scenario.Name, "passes"));
            }
            catch (XunitException)
            {
                scenarios.Add((scenario.Name, "fails"));
            }
        }

        var examples = Example.All().Select(static e => (e.Name, Result: Trials.Of(e.Name).Run(e.Name, e.Text) + (Trials.NoteOn(e.Name) is { } note ? $", {note}" : ""))).ToList();
        var passed = scenarios.Count(static s => s.Result == "passes");
        var refused = examples.Count(static e => e.Result.StartsWith("refused", StringComparison.Ordinal));
        var page = new StringBuilder();
        page.Append("# Conformance\n\n");
        page.Append("How this engine does on the conformance kit and the examples of the Open Workflow Specification, DSL 1.0.3, at commit 4d42471.\n");
        page.Append("The tests write this page, and fail when it is not what they found. [language.md](language.md) says why a construct is refused.\n\n");
        page.Append("## The conformance kit\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{passed} of {scenarios.Count} scenarios pass, from the feature files, with real HTTP calls to a stub of the services that the kit names.\n\n");
        Table(page, "scenario", [.. scenarios.OrderBy(static s => s.Name, StringComparer.Ordinal)]);
        page.Append("\n## The examples\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{examples.Count - refused} of {examples.Count} examples run against stubs in virtual time; {refused} are refused when they are published.\n\n");
        Table(page, "document", examples);
        GeneratedDocument.IsCurrent("conformance.md", page.ToString());
    }

    [Fact]
    public void The_page_on_the_language_names_everything_that_is_refused()
    {
        var table = new StringBuilder("| construct | why it is refused | what to do instead |\n|---|---|---|\n");
        foreach (var refusal in Refusals.All) table.Append(CultureInfo.InvariantCulture, $"| {refusal.Construct} | {refusal.Reason} | {refusal.Instead} |\n");
        GeneratedDocument.HoldsCurrent("language.md", table.ToString());
    }

    private static void Table(StringBuilder page, string what, IReadOnlyList<(string Name, string Result)> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"| {what} | result |\n|---|---|\n");
        foreach (var (name, result) in rows) page.Append(CultureInfo.InvariantCulture, $"| {name} | {result} |\n");
    }
}
