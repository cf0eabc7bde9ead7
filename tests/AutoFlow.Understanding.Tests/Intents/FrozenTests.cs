using AutoFlow.Understanding.Evaluation;
using AutoFlow.Understanding.Intents;
using Xunit.Abstractions;

namespace AutoFlow.Understanding.Tests;

/// <summary>The shipped model on the frozen set: written by another hand than the seeds, never learnt from.</summary>
public class FrozenTests(ITestOutputHelper output)
{
    [Fact]
    public void The_shipped_model_reads_the_frozen_set()
    {
        var frozen = Seeds.Read(Path.Combine(Repository.Root, "understanding", "frozen"));
        var report = EvaluationReport.Of(TestData.Model.Intents.Version, [.. TestData.Model.Intents.Labels], Prediction.Of(TestData.Model.Intents, frozen));
        output.WriteLine(EvaluationTable.Of(report));
        Assert.Empty(report.UnknownLabels);
        Assert.All(report.Languages, language => Assert.True(language.Accuracy >= 0.80 && language.CoverageAt90 >= 0.70, $"{language}"));
        Assert.True(report is { Acted: >= 0.55, ActedPrecision: >= 0.94 }, $"{report.Acted:P1} {report.ActedPrecision:P1}");
    }

    [Fact]
    public void No_frozen_text_is_a_seed()
    {
        var seeds = TestData.Seeds.Select(s => s.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain(Seeds.Read(Path.Combine(Repository.Root, "understanding", "frozen")), frozen => seeds.Contains(frozen.Text));
    }
}
