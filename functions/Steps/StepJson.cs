using System.Text.Json;

namespace AutoFlow.Functions.Steps;

/// <summary>How data is written for workflows: web defaults (camelCase), as the durable hosts write it too.</summary>
public static class StepJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}
