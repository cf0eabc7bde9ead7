using System.Collections.Immutable;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Tasks;

namespace AutoFlow.Workflows.Execution;

/// <summary>
/// The extensions around one execution of a task, in the order of <c>use.extensions</c> both before and after. What their tasks give
/// replaces nothing, with one exception: <c>then: exit</c> in <c>before</c> bypasses the task and whatever else was to come before and
/// after it, and gives its raw output. They see the extended task as <c>$task</c>, and begin on its transformed input (before) or
/// output (after). Tasks of extensions are not extended.
/// </summary>
internal sealed class ExtendedTask
{
    private readonly TaskRun _run;
    private readonly IReadOnlyList<Extension> _extensions;

    private ExtendedTask(TaskRun run, IReadOnlyList<Extension> extensions) => (_run, _extensions) = (run, extensions);

    /// <summary>The extensions that apply to the task; null when none does.</summary>
    public static ExtendedTask? Of(TaskRun run)
    {
        if (run.Frame.InExtension || run.Workflow.Definition.Extensions.Count == 0) return null;
        var extensions = run.Workflow.Definition.Extensions.Where(e => e.IsFor(run.Task.Head.Keyword) && Applies(run, e)).ToList();
        return extensions.Count == 0 ? null : new ExtendedTask(run, extensions);
    }

    /// <summary>Performs what comes before the task; gives what replaces the task, or null where the task is to be performed.</summary>
    public async Task<TaskOutcome?> BeforeAsync(CancellationToken cancellation)
    {
        foreach (var extension in _extensions)
        {
            if (extension.Before is not { } tasks) continue;
            var outcome = await RunAsync(extension, tasks, _run.Input, cancellation);
            if (outcome.Ended || outcome.Exited) return outcome;
        }

        return null;
    }

    /// <summary>Performs what comes after the task; gives the outcome that ends the workflow, or null where it goes on.</summary>
    public async Task<TaskOutcome?> AfterAsync(CancellationToken cancellation)
    {
        foreach (var extension in _extensions)
        {
            if (extension.After is not { } tasks) continue;
            var outcome = await RunAsync(extension, tasks, _run.Output!, cancellation);
            if (outcome.Ended) return outcome;
        }

        return null;
    }

    private static bool Applies(TaskRun run, Extension extension)
    {
        try
        {
            return extension.When is null || run.Holds(extension.When, run.Input, run.Frame.With("task", Descriptor(run)));
        }
        catch (WorkflowErrorException e)
        {
            // A condition is asked of tasks of every form; the specification's own example fails on most of them.
            run.LogUnfit(extension.Name, e);
            return false;
        }
    }

    private Task<TaskOutcome> RunAsync(Extension extension, TaskList tasks, JqValue input, CancellationToken cancellation)
    {
        var frame = _run.Frame with
        {
            Key = JsonPointer.Append($"{_run.Frame.Key}/extensions", extension.Index, extension.Name),
            Locals = ImmutableDictionary<string, JqValue>.Empty.Add("task", Descriptor(_run)),
            InExtension = true,
        };
        return _run.RunListAsync(tasks, input, frame, cancellation);
    }

    /// <summary><c>$task</c>, with the task's own properties beside it: the specification's example says <c>$task.with</c>.</summary>
    private static JqValue Descriptor(TaskRun run) =>
        run.Describe().Properties.Aggregate(run.Task.Head.Definition, static (all, p) => all.With(p.Key, p.Value));
}
