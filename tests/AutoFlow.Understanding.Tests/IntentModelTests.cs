using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Training;
using Xunit.Abstractions;

namespace AutoFlow.Understanding.Tests;

public class IntentModelTests(ITestOutputHelper output)
{
    [Fact]
    public void Held_out_seeds_are_read_right_in_every_language()
    {
        var labels = TestData.Model.Intents.Labels;
        var guesses = TestData.HeldOutSeeds;
        output.WriteLine("language  seeds  top-1  coverage at 90 % precision");
        var floors = new List<(string Language, double Right, double Coverage)>();
        foreach (var language in guesses.GroupBy(g => g.Language).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var right = language.Count(g => g.Scored.Best == g.Label) / (double)language.Count();
            var coverage = TestData.CoverageAt(0.90, [.. language]);
            output.WriteLine($"{language.Key,-8} {language.Count(),6} {right,6:P1} {coverage,6:P1}");
            floors.Add((language.Key, right, coverage));
        }
        foreach (var label in guesses.GroupBy(g => g.Label).OrderBy(g => labels[g.Key], StringComparer.Ordinal))
        {
            var missed = label.Where(g => g.Scored.Best != g.Label).GroupBy(g => labels[g.Scored.Best]).OrderByDescending(g => g.Count()).Take(4).Select(g => $"{g.Key} {g.Count()}");
            output.WriteLine($"{labels[label.Key],-24} {label.Count(g => g.Scored.Best == g.Label) / (double)label.Count():P0} {string.Join(", ", missed)}");
        }
        Assert.Equal(9, floors.Count);
        Assert.All(floors, f => Assert.True(f.Right >= 0.68 && f.Coverage >= 0.45, $"{f}"));
    }

    [Fact]
    public void Probabilities_are_calibrated_on_held_out_seeds()
    {
        var guesses = TestData.HeldOutSeeds;
        var error = guesses.GroupBy(g => Math.Min(9, (int)(g.Scored.Probability * 10)))
            .Sum(bin => bin.Count() / (double)guesses.Count * Math.Abs(bin.Average(g => g.Scored.Probability) - bin.Average(g => g.Scored.Best == g.Label ? 1.0 : 0.0)));
        output.WriteLine($"expected calibration error {error:P1}");
        Assert.True(error <= 0.03, $"{error:P1}");
    }

    [Fact]
    public void Every_label_of_the_taxonomy_has_seeds_enough_in_every_language()
    {
        var counts = TestData.Seeds.GroupBy(s => s.Language).ToDictionary(g => g.Key, g => g.GroupBy(s => s.Label).ToDictionary(l => l.Key, l => l.Count()));
        Assert.Equal(["de", "en", "es", "fr", "it", "ja", "nl", "pl", "zh"], counts.Keys.Order());
        foreach (var (language, labels) in counts)
        {
            Assert.Equal(IntentLabels.All.Order(), labels.Keys.Order());
            Assert.All(labels, label => Assert.True(label.Value >= (language is "ja" or "zh" ? 20 : 60), $"{language} {label.Key}: {label.Value}"));
        }
    }

    [Fact]
    public void Several_names_for_none_of_the_others_are_one_label_that_is_never_acted_on()
    {
        var texts = Enumerable.Range(0, 12).SelectMany(i => (LabelledText[])
        [
            new("paint", $"please paint the wall number {i}", "en"), new("travel", $"I want to fly to Rome on day {i}", "en"),
            new(i % 2 == 0 ? "none" : "other", $"hello there, nice weather today {i}", "en"),
        ]).ToList();
        var model = IntentTraining.Train(texts);
        Assert.Equal(["none", "paint", "travel"], model.Labels);
        Assert.True(IntentReader.Read(model, null, "hello there, nice weather", "en").Abstained);
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
            Assert.Equal(model.Score("Where is my parcel?", "en").Probabilities, read.Score("Where is my parcel?", "en").Probabilities);

            using (var file = File.OpenWrite(path)) file.SetLength(file.Length / 2);
            Assert.Null(IntentModelFile.Read(path));
            // Every byte of the head turned round: never an exception, and never gigabytes asked for.
            IntentModelFile.Write(model, path);
            var whole = File.ReadAllBytes(path);
            for (var at = 0; at < 400; at++)
            {
                var damaged = whole.AsSpan(0, Math.Min(whole.Length, 100_000)).ToArray();
                damaged[at] ^= 0xff;
                File.WriteAllBytes(path, damaged);
                Assert.Null(IntentModelFile.Read(path));
            }
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
    public void The_model_that_came_with_the_program_is_used_while_its_seeds_are_these()
    {
        var folder = Directory.CreateTempSubdirectory("seeds");
        try
        {
            var (seeds, shipped, kept) = (Path.Combine(folder.FullName, "en.tsv"), Path.Combine(folder.FullName, "seeds.model"), Path.Combine(folder.FullName, "kept"));
            File.WriteAllText(seeds, "order_status\tone two three\ncancel_order\tfour five six\norder_status\tone two\ncancel_order\tfive six\n");
            var model = UnderstandingModel.Load(folder.FullName, new ModelFolder(null)).Intents;
            IntentModelFile.Write(model, shipped);
            Assert.Equal(model.Version, UnderstandingModel.Load(folder.FullName, new ModelFolder(kept, shipped)).Intents.Version);
            Assert.False(Directory.Exists(kept), "nothing was trained");

            File.AppendAllText(seeds, "cancel_order\tseven\n");
            Assert.NotEqual(model.Version, UnderstandingModel.Load(folder.FullName, new ModelFolder(kept, shipped)).Intents.Version);
            Assert.Single(Directory.GetFiles(kept, "*.model"));
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
            File.WriteAllText(seeds, "order_status\tone two three\ncancel_order\tfour five six\norder_status\tone two\ncancel_order\tfive six\n");
            var first = UnderstandingModel.Load(folder.FullName, new ModelFolder(folder.FullName));
            Assert.Equal(first.Intents.Version, UnderstandingModel.Load(folder.FullName, new ModelFolder(folder.FullName)).Intents.Version);
            Assert.Single(Directory.GetFiles(folder.FullName, "*.model"));
            File.AppendAllText(seeds, "cancel_order\tseven\n");
            Assert.NotEqual(first.Intents.Version, UnderstandingModel.Load(folder.FullName, new ModelFolder(folder.FullName)).Intents.Version);
            Assert.Equal(2, Directory.GetFiles(folder.FullName, "*.model").Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Broken_seeds_are_all_named_by_file_and_line()
    {
        var folder = Directory.CreateTempSubdirectory("seeds");
        try
        {
            var file = Path.Combine(folder.FullName, "en.tsv");
            File.WriteAllText(file, "# note\norder_status\twhere is it\nno tab\n\ttext\nlabel\t \n");
            var error = Assert.Throws<InvalidDataException>(() => UnderstandingModel.Load(folder.FullName, new ModelFolder(null)));
            Assert.Equal(3, error.Message.Split('\n').Length);
            Assert.StartsWith($"{file}:3: error: no tab between label and text", error.Message, StringComparison.Ordinal);
            Assert.Contains($"{file}:4: error: no label", error.Message, StringComparison.Ordinal);
            Assert.Contains($"{file}:5: error: no text after the label 'label'", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_seed_with_a_label_outside_the_taxonomy_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("seeds");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "en.tsv"), "order_status\twhere is it\nwhere_is_it\twhere is it\n");
            Assert.Contains("'where_is_it'", Assert.Throws<InvalidDataException>(() => UnderstandingModel.Load(folder.FullName, new ModelFolder(null))).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
