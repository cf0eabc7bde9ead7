using System.Globalization;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Outline;

namespace AutoFlow.Cli;

/// <summary>Writes a run as it goes: a line per task, deeper where it stands inside another.</summary>
internal sealed class RunTrace(TextWriter output, DefinitionOutline outline)
{
    private const int LongestValue = 100;

    private readonly Dictionary<string, OutlineTask> _tasks = outline.AllTasks.ToDictionary(static t => t.Reference, StringComparer.Ordinal);
    private DateTimeOffset? _start;

    /// <summary>Writes a moment; an observer of the interpreter.</summary>
    public void Note(RunObservation moment)
    {
        var task = _tasks.GetValueOrDefault(moment.Task);
        var name = task?.Name ?? moment.Task;
        var text = moment.Moment switch
        {
            RunMoment.Entered => $"{name}  {task?.Keyword} {task?.Subject}".TrimEnd(),
            RunMoment.Completed => $"{name} gave {Short(moment)}",
            RunMoment.PassedOver => $"{name} passed over: its condition does not hold",
            RunMoment.CaseTaken => $"{name} took the case '{moment.Detail}'",
            RunMoment.NoCaseTaken => $"{name} took no case",
            RunMoment.Retried => $"{name} tries again after {Short(moment)}",
            RunMoment.RetrySpent => $"{name} has no try left after {Short(moment)}",
            RunMoment.Caught => $"{name} caught {Short(moment)}",
            RunMoment.TimedOut => $"{name} ran out of time",
            RunMoment.NothingToLoop => $"{name} has no items",
            _ => null,
        };
        if (text is null) return;
        var indent = new string(' ', 2 * Depth(moment.Task));
        output.WriteLine($"{Since(moment.At),10}  {indent}{text}");
    }

    private string Since(DateTimeOffset at)
    {
        var passed = at - (_start ??= at);
        var days = passed.Days == 0 ? "" : $"{passed.Days}d ";
        return $"+{days}{passed.ToString(passed.Milliseconds == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture)}";
    }

    /// <summary>How many tasks are around: those whose pointer this one's begins with.</summary>
    private int Depth(string pointer) => _tasks.Keys.Count(outer => pointer.StartsWith(outer + "/", StringComparison.Ordinal));

    private static string Short(RunObservation moment)
    {
        var json = moment.Value?.ToJson() ?? "";
        return json.Length <= LongestValue ? json : json[..LongestValue] + "…";
    }
}
