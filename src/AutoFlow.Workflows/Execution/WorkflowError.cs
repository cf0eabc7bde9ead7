using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Execution;

/// <summary>A failure of a workflow, as problem details (RFC 7807; OWS dsl-reference.md, "Error").</summary>
/// <param name="Type">The URI that names the kind of error; see <see cref="StandardErrors"/>.</param>
/// <param name="Status">The status code, by convention an HTTP one.</param>
public sealed record WorkflowError(string Type, int Status)
{
    /// <summary>A short summary of the kind; null where there is none.</summary>
    public string? Title { get; init; }

    /// <summary>What happened this time; null where there is nothing to say.</summary>
    public string? Detail { get; init; }

    /// <summary>The JSON pointer of the task that failed; null until the interpreter has set it.</summary>
    public string? Instance { get; init; }

    /// <summary>A standard error with its usual status and title.</summary>
    public static WorkflowError Of(StandardError kind, string? detail) =>
        new(kind.Type, kind.Status) { Title = kind.Title, Detail = detail };

    /// <summary>The error as JSON, what a catch's variable holds. Properties that are null are left out.</summary>
    public JqValue ToJson()
    {
        var json = JqValue.FromObject(("type", JqValue.From(Type)), ("status", JqValue.From(Status)));
        if (Title is not null) json = json.With("title", JqValue.From(Title));
        if (Detail is not null) json = json.With("detail", JqValue.From(Detail));
        return Instance is null ? json : json.With("instance", JqValue.From(Instance));
    }
}

/// <summary>Carries a <see cref="WorkflowError"/> to the nearest <c>catch</c> of the definition.</summary>
public sealed class WorkflowErrorException(WorkflowError error) : Exception($"{error.Type} ({error.Status}): {error.Detail ?? error.Title}")
{
    /// <summary>The error.</summary>
    public WorkflowError Error { get; } = error;
}
