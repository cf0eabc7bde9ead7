using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>Tells a trial run in lines.</summary>
internal static class TrialStory
{
    private const int LongestValue = 160;

    /// <param name="silent">The functions whose calls do not count, and so are not numbered.</param>
    public static IReadOnlyList<string> Of(TrialRun run, IReadOnlySet<string> silent) =>
    [
        .. Calls(run, silent),
        .. run.Children.Select(static child => $"started: {child.Name} {Short(child.Input)}"),
        .. run.Emitted.Select(static one => $"emitted: {one["type"].AsString()} {Short(one["data"])}"),
        $"end: {End(run)} after {Descriptors.Iso8601(run.Took)}",
    ];

    private static IEnumerable<string> Calls(TrialRun run, IReadOnlySet<string> silent)
    {
        var number = 0;
        return run.Calls.Select(call => $"{(silent.Contains(call.Name) ? "read" : $"call {++number}")}: {call.Name} {Short(call.Arguments)}");
    }

    /// <summary>How the run ended, in words.</summary>
    public static string End(TrialRun run)
    {
        if (run.Stopped is { } stopped) return $"stopped, because {stopped.Message}";
        if (run.Result is null) return $"waits for {Waits(run)}";
        return run.Result.Error is { } error ? $"faulted at {error.Instance} with {Error(error)}" : $"completed with {Short(run.Result.Output!)}";
    }

    /// <summary>What the run waits for, and where.</summary>
    public static string Waits(TrialRun run) => run.Waits.Count == 0
        ? "something that will never come"
        : string.Join(" and ", run.Waits.Select(static wait =>
            $"{(wait.WaitingFor!.EventTypes.Count == 0 ? wait.WaitingFor.Kind : string.Join(" or ", wait.WaitingFor.EventTypes))} at task '{wait.Name}'"));

    public static string Error(WorkflowError error) => $"{error.Type} ({error.Status}){(error.Detail is null ? "" : $": {error.Detail}")}";

    public static string Short(JqValue value)
    {
        var json = value.ToJson();
        return json.Length <= LongestValue ? json : json[..LongestValue] + "…";
    }

    /// <summary>Whether a task stands in the workflow's own list.</summary>
    public static bool IsOutermost(string pointer) =>
        pointer.StartsWith("/do/", StringComparison.Ordinal) && pointer.IndexOf('/', pointer.IndexOf('/', 4) + 1) < 0;

    public static string Name(string pointer) => JsonPointer.LastSegment(pointer);
}
