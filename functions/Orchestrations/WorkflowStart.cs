using System.Text.Json;
using System.Text.Json.Serialization;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Workflows.Execution;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>The input of <see cref="RunWorkflow"/>: which definition, pinned by its hash, and what it works on.</summary>
public sealed record WorkflowStart
{
    /// <summary>The definition's name, for people; <see cref="DefinitionHash"/> decides.</summary>
    public required string Workflow { get; init; }

    /// <summary>SHA-256 of the definition's text: an instance finishes on the version that it started with.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>The workflow's raw input.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>The conversation that the instance answers; null for one that answers none.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The inbox row that started it; null when no message did.</summary>
    public string? InboxId { get; init; }

    /// <summary>
    /// Tells the runs of one instance id apart, so that what an earlier run did does not count as done by this one; null for
    /// an id that runs once.
    /// </summary>
    public string? Run { get; init; }

    /// <summary>Which lifecycle events the run publishes; fixed when it begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LifecycleScope Lifecycle { get; init; }

    /// <summary>True for a workflow that another one waits for: its error is that one's to handle.</summary>
    public bool IsChild { get; init; }

    /// <summary>Whose message it is about, where another workflow or a step started it; null where the rest says so. For logs and telemetry.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CallSubject? About { get; init; }
}
