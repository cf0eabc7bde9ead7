using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Parsing;
using Xunit.Abstractions;

namespace AutoFlow.Workflows.Tests.Conformance;

public class ExampleTests(ITestOutputHelper report)
{
    [SharedFact]
    public void Every_document_of_the_specification_parses_or_is_refused_by_the_name_of_its_construct()
    {
        var documents = Directory.EnumerateFiles(SharedData.Folder("examples")!, "*.yaml").Order(StringComparer.Ordinal)
            .Select(static f => (Name: Path.GetFileName(f), Text: File.ReadAllText(f)))
            .Concat(Directory.EnumerateFiles(SharedData.Folder("ctk")!, "*.feature").Order(StringComparer.Ordinal)
                .SelectMany(static f => Scenario.Read(File.ReadAllText(f))).Select(static s => (s.Name, Text: s.Definition)))
            .ToList();
        Assert.Equal(89, documents.Count);
        var loaded = new List<string>();
        foreach (var (name, text) in documents)
        {
            var result = WorkflowParser.Parse(name, text, FunctionCatalog.Empty);
            if (result.IsValid) loaded.Add(name);
            Assert.All(result.Errors, static e => Assert.StartsWith("not supported yet: ", e.Message, StringComparison.Ordinal));
            var verdict = result.IsValid ? "loads" : string.Join("; ", result.Errors.Select(static e => $"{e.Position} {e.Message}"));
            report.WriteLine($"{name,-52} {verdict}");
        }

        report.WriteLine($"{loaded.Count} of {documents.Count} load");
        Assert.Contains("listen-to-any-until-consumed.yaml", loaded);
        Assert.Contains("run-subflow.yaml", loaded);
        Assert.Contains("raise-reusable.yaml", loaded);
    }
}
