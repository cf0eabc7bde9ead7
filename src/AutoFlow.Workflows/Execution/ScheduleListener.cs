using System.Runtime.ExceptionServices;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Execution;

/// <summary>
/// Consumes the events of a schedule, again and again: each round gives the input of one new instance. A pure function of the
/// definition and of what the context answers, so that an orchestrator may loop it. Only <see cref="IWorkflowContext.ReceiveEventAsync"/>,
/// <c>Now</c>, <c>InstanceId</c>, <c>Logger</c> and <c>SetStatus</c> of the context are used. (OWS dsl.md, "Event-driven scheduling".)
/// </summary>
public sealed class ScheduleListener
{
    private readonly WorkflowRun _run;
    private readonly WorkflowSchedule _schedule;

    /// <summary>Begins to listen.</summary>
    /// <param name="definition">A definition whose schedule is <see cref="ScheduleKind.On"/>.</param>
    /// <param name="context">
    /// The way to the outside. It receives events under the names of the schedule's <see cref="WorkflowSchedule.EventTypes"/>.
    /// </param>
    /// <param name="kept">What <see cref="Kept"/> was, where this continues another listener; null for a new one.</param>
    /// <param name="options">The bounds; <see cref="InterpreterOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentException">The definition is not started by events.</exception>
    /// <exception cref="WorkflowErrorException">An expression of the filters failed.</exception>
    public ScheduleListener(
        WorkflowDefinition definition, IWorkflowContext context, IEnumerable<JqValue>? kept = null, InterpreterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(context);
        if (definition.Schedule is not { On: not null } schedule)
            throw new ArgumentException($"{definition.Identity} is not started by events", nameof(definition));
        _schedule = schedule;
        var quietly = (options ?? InterpreterOptions.Default) with { Lifecycle = LifecycleScope.None };
        _run = new WorkflowRun(definition, JqValue.Null, context, quietly) { EventTypes = schedule.EventTypes };
        // A listener lives for months: what no round will ever take is not kept.
        var anew = schedule.On.Begin(TaskRun());
        _run.Events = new EventInbox(_run, anew.Wants);
        foreach (var cloudEvent in kept ?? []) _run.Events.Add(cloudEvent);
    }

    /// <summary>The events that were received and are for a later round, in the order they came.</summary>
    public IReadOnlyList<JqValue> Kept => [.. _run.Events.Kept];

    /// <summary>Waits until the events of one round were consumed.</summary>
    /// <param name="cancellation">Ends the wait; no event that was received is lost to <see cref="Kept"/> but those consumed already.</param>
    /// <returns>The new instance's input: the array of the events consumed, read as <c>schedule.read</c> says, in their order.</returns>
    /// <exception cref="WorkflowErrorException">A condition failed.</exception>
    public async Task<JqValue> NextAsync(CancellationToken cancellation = default)
    {
        try
        {
            return (await _schedule.On!.ExecuteAsync(TaskRun(), cancellation)).Output;
        }
        catch (PortFailedException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    private TaskRun TaskRun() => new(_run, _schedule.On!, Frame.Root, JqValue.EmptyObject);
}
