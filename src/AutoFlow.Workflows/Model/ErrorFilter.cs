using AutoFlow.Workflows.Execution;

namespace AutoFlow.Workflows.Model;

/// <summary>The fixed values an error must have to be caught; null parts are free (OWS <c>catch.errors.with</c>).</summary>
internal sealed record ErrorFilter(string? Type, long? Status, string? Title, string? Detail, string? Instance)
{
    public static ErrorFilter Any { get; } = new(null, null, null, null, null);

    public bool Matches(WorkflowError error) =>
        (Type is null || StandardErrors.SameType(Type, error.Type))
        && (Status is null || Status == error.Status)
        && (Title is null || Title == error.Title)
        && (Detail is null || Detail == error.Detail)
        && (Instance is null || Instance == error.Instance);
}
