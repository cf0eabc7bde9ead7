using System.Text.Json;

namespace AutoFlow.Cli.Tests;

public sealed class TrainingTests : Shell
{
    private static readonly string[] Colours = ["red", "blue", "green", "yellow", "black", "white"];

    private string Model => Path.Combine(Folder, "some.model");

    [Fact]
    public async Task A_model_is_trained_measured_and_used_on_labels_of_any_kind()
    {
        var train = Write("train.tsv", Texts(0));
        Assert.Equal(0, await RunAsync("train", train, "--out", Model));
        Assert.StartsWith("learnt 36 texts, 3 labels, en, in ", Output, StringComparison.Ordinal);
        Assert.Contains($"wrote {Model}, version ", Output, StringComparison.Ordinal);

        var report = Path.Combine(Folder, "report.json");
        Assert.Equal(0, await RunAsync("evaluate", Model, Write("test.tsv", Texts(1)), "--json-file", report));
        Assert.Contains("right                  100.0 %", Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report));
        Assert.Equal(1, json.RootElement.GetProperty("accuracy").GetDouble());
        Assert.Equal(3, json.RootElement.GetProperty("labels").GetArrayLength());
        Assert.Empty(Error);
    }

    [Fact]
    public async Task Each_line_is_predicted_as_one_line_of_JSON_with_everything_understood()
    {
        Assert.Equal(0, await RunAsync("train", Write("train.tsv", Texts(0)), "--out", Model));
        var before = Output.Length;
        var lines = Write("some.tsv", "sky\tI want to fly to Rome, my parcel is RR123456785DE\n\nplease paint the wall of order #10442 green\n#1042 has not \u2028 arrived\n");
        Assert.Equal(0, await RunAsync("predict", Model, lines));

        var predicted = Output[before..].TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal([1, 3, 4], predicted.Select(p => p.GetProperty("line").GetInt32()));
        Assert.Equal(["travel", "paint"], predicted.Take(2).Select(p => p.GetProperty("label").GetString()));
        Assert.All(predicted, p => Assert.InRange(p.GetProperty("probability").GetDouble(), 0, 1));
        Assert.All(predicted, p => Assert.Equal("en", p.GetProperty("language").GetString()));
        Assert.All(predicted, p => Assert.Contains(p.GetProperty("abstained").ValueKind, (JsonValueKind[])[JsonValueKind.True, JsonValueKind.False]));
        Assert.All(predicted, p => Assert.NotEqual(p.GetProperty("label").GetString(), p.GetProperty("secondLabel").GetString()));
        Assert.Equal("RR123456785DE", predicted[0].GetProperty("entities").GetProperty("trackingNumbers")[0].GetProperty("number").GetString());
        Assert.Equal("10442", predicted[1].GetProperty("entities").GetProperty("orderNumbers")[0].GetString());
    }

    [Fact]
    public async Task A_folder_without_texts_is_an_error_beside_good_files()
    {
        var empty = Directory.CreateDirectory(Path.Combine(Folder, "empty")).FullName;
        Assert.Equal(1, await RunAsync("train", Write("train.tsv", Texts(0)), empty, "--out", Model));
        Assert.Equal($"autoflow: no *.tsv in {empty}\n", Error);
        Assert.False(File.Exists(Model));
    }

    [Fact]
    public async Task Training_twice_gives_the_same_version()
    {
        var train = Write("train.tsv", Texts(0));
        Assert.Equal(0, await RunAsync("train", train, "--out", Model));
        Assert.Equal(0, await RunAsync("train", train, "--out", Path.Combine(Folder, "again.model")));
        Assert.Equal(await File.ReadAllBytesAsync(Model), await File.ReadAllBytesAsync(Path.Combine(Folder, "again.model")));
    }

    [Fact]
    public async Task Every_wrong_line_is_told_and_nothing_is_written()
    {
        var bad = Write("bad.tsv", "label\ttext\na\tone\nno tab here\n\tno label\nb\t\n");
        Assert.Equal(1, await RunAsync("train", bad, "--out", Model));
        Assert.Equal(
            [$"{bad}:3: error: no tab between label and text; write label, one tab, text", $"{bad}:4: error: no label before the tab", $"{bad}:5: error: no text after the label 'b'"],
            Error.TrimEnd('\n').Split('\n'));
        Assert.False(File.Exists(Model));
    }

    [Theory]
    [InlineData("no such file: none.tsv", "train", "none.tsv", "--out", "x.model")]
    [InlineData("all texts have the label 'a'; a model needs two labels or more", "train", "{one}", "--out", "x.model")]
    [InlineData("--precision is a share above 0 and below 1, such as 0.9", "train", "{one}", "--out", "x.model", "--precision", "90")]
    [InlineData("holds no labelled text; write label, one tab, text", "train", "{empty}", "--out", "x.model")]
    [InlineData("no such model: none.model (autoflow train <tsv> --out none.model makes one)", "evaluate", "none.model", "{one}")]
    [InlineData("is no model of this version of autoflow, or it is damaged: train it again", "predict", "{one}", "{one}")]
    [InlineData("'--out' is required", "train", "{one}")]
    [InlineData("--out needs the name of a file", "train", "{one}", "--out", " ")]
    [InlineData("--precision is a share", "train", "{one}", "--out", "x.model", "--precision", "much")]
    [InlineData("unknown flag: --ouput", "train", "{one}", "--out", "x.model", "--ouput")]
    public async Task A_wrong_call_gets_one_line(string complaint, params string[] args)
    {
        var (one, empty) = (Write("one.tsv", "a\tone\na\ttwo\n"), Write("empty.tsv", "# nothing\n"));
        Assert.Equal(1, await RunAsync([.. args.Select(a => a.Replace("{one}", one, StringComparison.Ordinal).Replace("{empty}", empty, StringComparison.Ordinal))]));
        var told = Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.Contains(complaint, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_order_number_pattern_gets_one_line()
    {
        Assert.Equal(0, await RunAsync("train", Write("train.tsv", Texts(0)), "--out", Model));
        Assert.Equal(1, await RunAsync("predict", Model, Write("some.tsv", "hello there\n"), "--order-numbers", "("));
        Assert.StartsWith("autoflow: --order-numbers: ", Assert.Single(Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    // Two halves of made-up texts: labels that are plainly different.
    private static string Texts(int half) => string.Concat(Enumerable.Range(half * 12, 12).Select(i =>
        $"paint\tplease paint the {(i % 2 == 0 ? "wall" : "door")} number {i} {Colours[i % 6]}\n"
        + $"travel\tI want to fly to {(i % 2 == 0 ? "Rome" : "Paris")} with {Colours[i % 6]} bag {i}\n"
        + $"food\twhat is there for {(i % 2 == 0 ? "dinner" : "lunch")} with {Colours[i % 6]} beans on day {i}\n"));
}
