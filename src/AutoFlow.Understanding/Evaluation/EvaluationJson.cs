using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoFlow.Understanding.Evaluation;

/// <summary>An evaluation as JSON, names in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(EvaluationReport))]
public sealed partial class EvaluationJson : JsonSerializerContext
{
    /// <summary>The report as an indented JSON text.</summary>
    public static string Write(EvaluationReport report) => JsonSerializer.Serialize(report, Default.EvaluationReport);

    /// <summary>A report that <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static EvaluationReport Read(string json) => JsonSerializer.Deserialize(json, Default.EvaluationReport) ?? throw new JsonException("The evaluation is empty.");
}
