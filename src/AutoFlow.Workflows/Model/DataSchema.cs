using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Schemas;

namespace AutoFlow.Workflows.Model;

/// <summary>What data must look like at one place of the data flow (OWS dsl-reference.md, "Schema").</summary>
/// <param name="Property">The place as the author knows it: <c>input.schema</c>, <c>output.schema</c>, <c>export.schema</c>.</param>
/// <param name="Schema">The schema, compiled when the definition was loaded.</param>
internal sealed record DataSchema(string Property, JsonSchema Schema)
{
    private const int MostShown = 5;

    /// <summary>Lets a value pass that fits.</summary>
    /// <exception cref="WorkflowErrorException">It does not fit: a validation error that names each part and what is wrong with it.</exception>
    public void Require(JqValue value, string reference)
    {
        var errors = Schema.Validate(value);
        if (errors.Count == 0) return;
        var rest = errors.Count > MostShown ? $"; and {errors.Count - MostShown} more" : "";
        throw WorkflowRun.Failure(StandardErrors.Validation, $"{Property}: {string.Join("; ", errors.Take(MostShown))}{rest}", reference);
    }
}
