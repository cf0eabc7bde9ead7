using AutoFlow.Understanding.Evaluation;
using AutoFlow.Understanding.Intents;
using Xunit.Abstractions;

namespace AutoFlow.Understanding.Tests;

/// <summary>The trainer on data sets of others: labels and texts that nobody had in mind here.</summary>
public class OutsideDataTests(ITestOutputHelper output)
{
    [SharedFact("data/hwu64")]
    public void Home_assistant_commands_of_64_intents_are_told_apart()
    {
        var whole = Measure("data/hwu64/test.tsv", "data/hwu64/train.tsv");
        var few = Measure("data/hwu64/test.tsv", "data/hwu64/train_10.tsv");
        output.WriteLine($"all: {whole.Accuracy:P1}, ten a label: {few.Accuracy:P1}");
        Assert.True(whole.Accuracy >= 0.88, $"{whole.Accuracy:P2}");
        Assert.True(few.Accuracy >= 0.70, $"{few.Accuracy:P2}");
    }

    [SharedTheory("data/clinc150")]
    [InlineData("data/clinc150/train.tsv")]
    [InlineData("data/clinc150/train.tsv", "data/clinc150/oos_train.tsv")]
    public void What_is_out_of_scope_is_found_with_and_without_examples_of_it(params string[] train)
    {
        var report = Measure(["data/clinc150/val.tsv", "data/clinc150/oos_val.tsv"], train);
        output.WriteLine($"within {report.AccuracyWithin:P1}, calibration error {report.CalibrationError:P1}, {report.Outside}");
        Assert.True(report.AccuracyWithin >= 0.92, $"{report.AccuracyWithin:P2}");
        Assert.True(report.CalibrationError <= 0.03, $"{report.CalibrationError:P2}");
        Assert.True(report.Outside is { Auroc: >= 0.95, RecallAt95: >= 0.78 }, $"{report.Outside}");
    }

    private static EvaluationReport Measure(string test, string train) => Measure([test], [train]);

    private static EvaluationReport Measure(string[] test, string[] train)
    {
        var outside = TestData.Seeds.Where(s => s.Label == IntentLabels.Other).ToList();
        var model = IntentTraining.Train(Read(train), outside);
        return EvaluationReport.Of(model.Version, [.. model.Labels], Prediction.Of(model, Read(test)));
    }

    private static List<LabelledText> Read(string[] files)
    {
        var texts = new List<LabelledText>();
        foreach (var path in files.Select(file => Path.Combine(TestData.Shared(Path.GetDirectoryName(file)!)!, Path.GetFileName(file))))
        {
            var (read, mistakes) = LabelledTextFile.Parse(File.ReadLines(path), path);
            Assert.Empty(mistakes);
            texts.AddRange(LabelledTextFile.WithLanguages(read, path, TestData.Model.Languages));
        }
        return texts;
    }
}
