using AutoFlow.Understanding.Intents;
using Xunit.Abstractions;

namespace AutoFlow.Understanding.Tests;

public class IntentModelTests(ITestOutputHelper output)
{
    [Fact]
    public void Held_out_seeds_are_read_right_in_every_language()
    {
        var model = TestData.Model.Intents;
        var before = Environment.CpuUsage.TotalTime;
        var heldOut = IntentTraining.CrossValidate(TestData.Seeds);
        output.WriteLine($"cross-validation took {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F1} s of processor time, other tests included");
        var other = model.IndexOf(IntentLabels.Other);
        var floors = new List<(string Language, double Right, double Precision)>();
        foreach (var language in heldOut.GroupBy(h => h.Language).OrderBy(g => g.Key))
        {
            var guesses = language.Select(h => Calibration.Best(h, model.Temperature)).ToList();
            var right = guesses.Count(g => g.Right) / (double)guesses.Count;
            var acted = guesses.Where(g => g.Label != other && g.Probability >= model.Threshold).ToList();
            var precision = acted.Count(g => g.Right) / (double)acted.Count;
            output.WriteLine($"{language.Key}: {guesses.Count} seeds, right {right:P1}, acted on {acted.Count / (double)guesses.Count:P1} with precision {precision:P1}");
            floors.Add((language.Key, right, precision));
        }
        output.WriteLine($"temperature {model.Temperature:F3}, threshold {model.Threshold:F3}, rows {model.Vocabulary.Buckets.Count}");
        foreach (var label in heldOut.GroupBy(h => h.Label))
        {
            var guesses = label.Select(h => Calibration.Best(h, model.Temperature)).ToList();
            var missed = guesses.Where(g => !g.Right).GroupBy(g => model.Labels[g.Label]).OrderByDescending(g => g.Count()).Take(4).Select(g => $"{g.Key} {g.Count()}");
            output.WriteLine($"{model.Labels[label.Key],-24} {guesses.Count(g => g.Right) / (double)guesses.Count:P0} {string.Join(", ", missed)}");
        }
        Assert.All(floors, f => Assert.True(f.Right >= 0.50 && f.Precision >= 0.72, $"{f}"));
    }

    [Fact]
    public void Probabilities_are_calibrated_on_held_out_seeds()
    {
        var model = TestData.Model.Intents;
        var guesses = IntentTraining.CrossValidate(TestData.Seeds).Select(h => Calibration.Best(h, model.Temperature)).ToList();
        var error = guesses.GroupBy(g => Math.Min(9, (int)(g.Probability * 10)))
            .Sum(bin => bin.Count() / (double)guesses.Count * Math.Abs(bin.Average(g => g.Probability) - bin.Average(g => g.Right ? 1.0 : 0.0)));
        output.WriteLine($"expected calibration error {error:P1}");
        Assert.True(error <= 0.06, $"{error:P1}");
    }

    [Fact]
    public void Every_label_of_the_taxonomy_has_seeds_in_every_language()
    {
        var counts = TestData.Seeds.GroupBy(s => s.Language).ToDictionary(g => g.Key, g => g.Select(s => s.Label).Distinct().Order().ToArray());
        Assert.Equal(["de", "en", "es", "fr", "it", "nl", "pl"], counts.Keys.Order());
        Assert.All(counts.Values, labels => Assert.Equal(IntentLabels.All.Order(), labels));
    }

    [Fact]
    public void Training_twice_gives_the_same_model()
    {
        var some = TestData.Seeds.Where(s => s.Language == "en").ToList();
        var (first, second) = (IntentTraining.Train(some), IntentTraining.Train(some));
        Assert.Equal(first.Version, second.Version);
        Assert.Equal(first.Linear.Weights, second.Linear.Weights);
        Assert.Equal(first.Threshold, second.Threshold);
    }

    [Fact]
    public void A_model_file_gives_back_the_same_model_and_a_damaged_one_gives_none()
    {
        var folder = Directory.CreateTempSubdirectory("intents");
        try
        {
            var path = Path.Combine(folder.FullName, "a.model");
            var model = TestData.Model.Intents;
            IntentModelFile.Write(model, path);
            var read = IntentModelFile.Read(path);
            Assert.NotNull(read);
            Assert.Equal(model.Version, read.Version);
            Assert.Equal(model.Probabilities("Where is my parcel?"), read.Probabilities("Where is my parcel?"));

            using (var file = File.OpenWrite(path)) file.SetLength(file.Length / 2);
            Assert.Null(IntentModelFile.Read(path));
            File.WriteAllText(path, "something else");
            Assert.Null(IntentModelFile.Read(path));
            Assert.Null(IntentModelFile.Read(Path.Combine(folder.FullName, "none.model")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_cached_model_is_used_until_the_seeds_change()
    {
        var folder = Directory.CreateTempSubdirectory("seeds");
        try
        {
            var seeds = Path.Combine(folder.FullName, "en.tsv");
            File.WriteAllText(seeds, "a\tone two three\nb\tfour five six\na\tone two\nb\tfive six\n");
            var first = UnderstandingModel.Load(folder.FullName, folder.FullName);
            Assert.Equal(first.Intents.Version, UnderstandingModel.Load(folder.FullName, folder.FullName).Intents.Version);
            Assert.Single(Directory.GetFiles(folder.FullName, "*.model"));
            File.AppendAllText(seeds, "b\tseven\n");
            Assert.NotEqual(first.Intents.Version, UnderstandingModel.Load(folder.FullName, folder.FullName).Intents.Version);
            Assert.Equal(2, Directory.GetFiles(folder.FullName, "*.model").Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_broken_seed_names_its_file_and_line()
    {
        var error = Assert.Throws<InvalidDataException>(() => Seeds.Parse(["# note", "a\tb", "no tab"], "xx.tsv", "xx").ToList());
        Assert.Contains("xx.tsv:3", error.Message, StringComparison.Ordinal);
    }
}
