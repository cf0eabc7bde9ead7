using System.CommandLine;
using System.Globalization;
using AutoFlow.Understanding;
using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Languages;

namespace AutoFlow.Cli;

/// <summary><c>autoflow train</c>: a model from labelled texts, of any labels.</summary>
internal sealed class TrainCommand(Surroundings surroundings)
{
    public static Command Build(Surroundings surroundings)
    {
        var paths = new Argument<string[]>("tsv")
        {
            Description = "Files of labelled texts (label, tab, text), or folders that hold them. A file named by its language, as de.tsv, is read in it.",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = new Option<string>("--out") { Description = "The model's file.", HelpName = "model", Required = true };
        var precision = new Option<double>("--precision")
        {
            Description = "Share of what the model acts on that should be right, above 0 and below 1; it abstains from the rest.",
            DefaultValueFactory = _ => IntentTraining.WantedPrecision,
            // 0.9 means the same in every country.
            CustomParser = static result => double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : double.NaN,
        };
        var command = new Command("train", "Trains a model of intents, in seconds. The labels other, oos and none mean: about none of the others.") { paths, model, precision };
        command.SetAction(parsed => new TrainCommand(surroundings).Run(parsed.GetValue(paths) ?? [], parsed.GetValue(model)!, parsed.GetValue(precision)));
        return command;
    }

    private int Run(string[] paths, string file, double precision)
    {
        if (precision is not (> 0 and < 1)) return surroundings.Complain($"--precision is a share above 0 and below 1, such as 0.9");
        if (string.IsNullOrWhiteSpace(file)) return surroundings.Complain("--out needs the name of a file");
        if (Directory.Exists(file)) return surroundings.Complain($"--out is a file, and {file} is a folder");
        if (LabelledTexts.Read(paths, surroundings, new LanguageModel()) is not { } texts) return 1;
        var labels = texts.Select(t => t.Label).Distinct().Count();
        if (labels < 2) return surroundings.Complain($"all texts have the label '{texts[0].Label}'; a model needs two labels or more");

        var start = surroundings.Time.GetTimestamp();
        var model = IntentTraining.Train(texts, texts.Any(t => IntentLabels.IsNegative(t.Label)) ? [] : Outside(), precision);
        var seconds = surroundings.Time.GetElapsedTime(start).TotalSeconds;
        try
        {
            IntentModelFile.Write(model, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return surroundings.Complain($"cannot write {file}: {e.Message}");
        }

        var size = new FileInfo(file).Length / 1_000_000.0;
        surroundings.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"learnt {texts.Count} texts, {labels} labels, {string.Join(" ", model.Languages)}, in {seconds:0.0} s"));
        surroundings.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"acts from probability {model.Threshold:0.000} on; below it abstains"));
        surroundings.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wrote {file}, version {model.Version}, {size:0.0} MB"));
        return 0;
    }

    // The shipped texts about nothing in particular: they teach a model without such a label what is not its matter.
    private static List<LabelledText> Outside()
    {
        var folder = new UnderstandingOptions().SeedsFolder;
        return Directory.Exists(folder) ? [.. Seeds.Read(folder).Where(t => t.Label == IntentLabels.Other)] : [];
    }
}
