using System.Text.Json;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Functions.Steps;

/// <summary>How data is written for workflows: web defaults (camelCase), as the durable hosts write it too.</summary>
public static class StepJson
{
    /// <summary>The levels that a value may have: System.Text.Json's 64, less the records that a history puts around it.</summary>
    internal const int Deepest = 62;

    /// <summary>The levels that an answer over HTTP may have: a value's, and those of the lists and records around it.</summary>
    internal const int DeepestAnswer = 2 * Deepest;

    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// Makes a host's options these. The worker of Azure Functions takes its serializer from <c>IOptions&lt;JsonSerializerOptions&gt;</c>,
    /// and without this writes names as they are and takes no number that is written as a text, which the embedded host does.
    /// </summary>
    public static void Use(JsonSerializerOptions options)
    {
        options.PropertyNameCaseInsensitive = Options.PropertyNameCaseInsensitive;
        options.PropertyNamingPolicy = Options.PropertyNamingPolicy;
        options.NumberHandling = Options.NumberHandling;
    }

    /// <summary>Whether a value can be handed on, and read again from a history.</summary>
    /// <param name="around">Levels that will be around it, beside a record's own.</param>
    internal static bool Fits(JqValue value, int around = 0) => value.Depth + around <= Deepest;

    /// <summary>What is said of a value that does not fit.</summary>
    internal static WorkflowError TooDeep(JqValue value, int around = 0) => WorkflowError.Of(
        StandardErrors.Runtime, $"A value nests {value.Depth} levels deep; up to {Deepest - around} can be handed on. Keep less of it, or make it flatter (tojson makes it a text).");

    /// <summary>A value as it is handed on.</summary>
    /// <param name="around">Levels that will be around it, beside a record's own.</param>
    /// <exception cref="WorkflowErrorException">It nests too deep.</exception>
    internal static JsonElement Element(JqValue value, int around = 0) =>
        Fits(value, around) ? JsonSerializer.SerializeToElement(value, Options) : throw new WorkflowErrorException(TooDeep(value, around));
}
