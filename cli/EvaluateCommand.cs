using System.CommandLine;
using AutoFlow.Understanding.Evaluation;
using AutoFlow.Understanding.Languages;

namespace AutoFlow.Cli;

/// <summary><c>autoflow evaluate</c>: how good a model is on labelled texts.</summary>
internal sealed class EvaluateCommand(Surroundings surroundings)
{
    public static Command Build(Surroundings surroundings)
    {
        var model = new Argument<string>("model") { Description = "A model that 'autoflow train' wrote." };
        var paths = new Argument<string[]>("tsv") { Description = "Files of labelled texts, or folders that hold them.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Prints JSON instead of the table." };
        var file = new Option<string?>("--json-file") { Description = "Writes the JSON to this file, beside the table.", HelpName = "file" };
        var command = new Command("evaluate", "Measures a model: by label, mix-ups, calibration, what it can act on, and what is out of scope.") { model, paths, json, file };
        command.SetAction(parsed => new EvaluateCommand(surroundings).Run(parsed.GetValue(model)!, parsed.GetValue(paths) ?? [], parsed.GetValue(json), parsed.GetValue(file)));
        return command;
    }

    private int Run(string modelFile, string[] paths, bool asJson, string? jsonFile)
    {
        if (jsonFile is not null && string.IsNullOrWhiteSpace(jsonFile)) return surroundings.Complain("--json-file needs the name of a file");
        if (LabelledTexts.ReadModel(modelFile, surroundings) is not { } model) return 1;
        if (LabelledTexts.Read(paths, surroundings, new LanguageModel()) is not { } texts) return 1;
        var report = EvaluationReport.Of(model.Version, [.. model.Labels], Prediction.Of(model, texts));
        surroundings.Output.Write(asJson ? EvaluationJson.Write(report) + "\n" : EvaluationTable.Of(report));
        return jsonFile is null || surroundings.Write(jsonFile, EvaluationJson.Write(report) + "\n") ? 0 : 1;
    }
}
