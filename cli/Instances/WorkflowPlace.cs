using System.Text.Json;
using AutoFlow.Workflows.Execution;

namespace AutoFlow.Cli.Instances;

/// <summary>Where a workflow stands, as people read it.</summary>
internal static class WorkflowPlace
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Its task, and what it waits for; null where a custom status says neither.</summary>
    /// <param name="customStatus">The instance's custom status as JSON.</param>
    public static string? Of(string customStatus)
    {
        if (Read(customStatus) is not { } status) return null;
        var place = $"{status.Task}  {status.Name}";
        if (status.WaitingFor is not { } waiting) return place;
        var what = waiting.Kind == WaitingFor.Timer ? "time" : string.Join(" or ", waiting.EventTypes);
        return $"{place}, waits for {what}{(waiting.Until is { } until ? $" until {Shown.Time(until.UtcDateTime)}" : "")}";
    }

    private static WorkflowStatus? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<WorkflowStatus>(json, Web) is { Task: { Length: > 0 } } status ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
