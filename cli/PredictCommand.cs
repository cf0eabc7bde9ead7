using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding;
using AutoFlow.Understanding.Languages;

namespace AutoFlow.Cli;

/// <summary>What was understood of a line.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Probability">Of the label, 0 to 1.</param>
/// <param name="Abstained">Not sure enough to act on.</param>
/// <param name="SecondLabel">What it means if not that; null when the model has one label.</param>
/// <param name="Language">ISO 639-1.</param>
internal sealed record PredictedLine(
    int Line, string Label, double Probability, bool Abstained, string? SecondLabel, double? SecondProbability,
    string Language, double LanguageProbability, MessageEntities Entities);

/// <summary>Predictions as JSON, a line each.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PredictedLine))]
internal sealed partial class PredictedLineJson : JsonSerializerContext;

/// <summary><c>autoflow predict</c>: what a model says of texts, with everything else that is understood of them.</summary>
internal sealed class PredictCommand(Surroundings surroundings)
{
    private static readonly PredictedLineJson Json = new(new JsonSerializerOptions(PredictedLineJson.Default.Options)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never shown as HTML; other scripts stay readable
    });

    public static Command Build(Surroundings surroundings)
    {
        var model = new Argument<string>("model") { Description = "A model that 'autoflow train' wrote." };
        var file = new Argument<string>("tsv") { Description = "A text a line; where a line has a tab, what stands before it is a label and is not read." };
        var pattern = new Option<string?>("--order-numbers") { Description = "What an order number of the shop looks like, a regular expression.", HelpName = "pattern" };
        var command = new Command("predict", "Prints JSON for each line: label, probability, whether it abstains, second label, language, entities.") { model, file, pattern };
        command.SetAction(parsed => new PredictCommand(surroundings).Run(parsed.GetValue(model)!, parsed.GetValue(file)!, parsed.GetValue(pattern)));
        return command;
    }

    private int Run(string modelFile, string file, string? orderNumbers)
    {
        if (LabelledTexts.ReadModel(modelFile, surroundings) is not { } model) return 1;
        if (surroundings.Read(file) is not { } content) return 1;
        BuiltInUnderstanding understanding;
        try
        {
            var options = new UnderstandingOptions();
            understanding = new BuiltInUnderstanding(new UnderstandingModel(model, new LanguageModel()), options with { OrderNumberPattern = orderNumbers ?? options.OrderNumberPattern });
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return surroundings.Complain($"--order-numbers: {e.Message.ReplaceLineEndings(" ")}");
        }

        var number = 0;
        foreach (var line in LabelledTexts.Lines(content))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            surroundings.Output.WriteLine(JsonSerializer.Serialize(Of(understanding, number, line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..].Trim()), Json.PredictedLine));
        }
        return 0;
    }

    private static PredictedLine Of(BuiltInUnderstanding understanding, int number, string text)
    {
        var understood = understanding.Understand(new InboundMessage { Id = "line", Channel = "file", From = "", Text = text, ReceivedAt = DateTimeOffset.UnixEpoch });
        var best = understood.Intents[0];
        return new PredictedLine(
            number, best.Label, best.Probability, understood.Abstained, understood.Alternative?.Label, understood.Alternative?.Probability,
            understood.Language, understood.LanguageProbability, understood.Entities);
    }
}
