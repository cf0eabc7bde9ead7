using System.Runtime.CompilerServices;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Tasks;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Workflows.Execution;

/// <summary>One execution of one task: its data, its expressions and its way to the port.</summary>
internal sealed class TaskRun
{
    private readonly JqValue _rawInput;
    private readonly DateTimeOffset _startedAt;
    private readonly StrongBox<JqValue> _authorization;

    public TaskRun(WorkflowRun workflow, WorkflowTask task, Frame frame, JqValue rawInput)
    {
        (Workflow, Task, Frame, _rawInput, Input) = (workflow, task, frame, rawInput, rawInput);
        _startedAt = workflow.Port.Now;
        _authorization = new StrongBox<JqValue>(JqValue.Null);
    }

    private TaskRun(TaskRun from, Frame frame)
    {
        (Workflow, Task, Frame, _rawInput, Input) = (from.Workflow, from.Task, frame, from._rawInput, from.Input);
        (_startedAt, _authorization) = (from._startedAt, from._authorization);
    }

    public WorkflowRun Workflow { get; }

    public WorkflowTask Task { get; }

    public Frame Frame { get; }

    /// <summary>The transformed input.</summary>
    public JqValue Input { get; set; }

    /// <summary>The output before <c>output.as</c>; null until the task was performed.</summary>
    public JqValue? RawOutput { get; set; }

    /// <summary>The output after <c>output.as</c>; null until then.</summary>
    public JqValue? Output { get; set; }

    /// <summary><c>$authorization</c>: null until a call has resolved its policy; one for the execution, under a time limit too.</summary>
    public JqValue Authorization
    {
        get => _authorization.Value!;
        set => _authorization.Value = value;
    }

    public string Reference => Task.Head.Reference;

    public WorkflowIdentity Identity => Workflow.Definition.Identity;

    public DateTimeOffset Now => Workflow.Port.Now;

    /// <summary>The same execution under a time limit.</summary>
    public TaskRun Until(DateTimeOffset due) => new(this, Frame.Until(due));

    public Guid NewGuid() => Workflow.Port.NewGuid();

    public JqValue Evaluate(RuntimeExpression expression, JqValue on, Frame? frame = null) =>
        Workflow.Evaluate(expression, on, name => Argument(name, frame ?? Frame), Reference);

    /// <summary>Whether an expression gives something other than false and null.</summary>
    public bool Holds(RuntimeExpression expression, JqValue on, Frame? frame = null) => Evaluate(expression, on, frame).IsTruthy;

    public JqValue Render(ValueTemplate template) => Render(template, Input);

    public JqValue Render(ValueTemplate template, JqValue on, Frame? frame = null) => template.Render(e => Evaluate(e, on, frame));

    public TimeSpan Length(WorkflowDuration duration) => WorkflowRun.Length(duration, e => Evaluate(e, Input), Reference);

    public WorkflowErrorException Failure(StandardError kind, string detail) => WorkflowRun.Failure(kind, detail, Reference);

    /// <summary>Shows a moment of this execution to who watches the run.</summary>
    public void Observe(RunMoment moment, string? detail = null, JqValue? value = null) =>
        Workflow.Observe(moment, Reference, Frame.Key, detail, value);

    public Task<TaskOutcome> RunListAsync(TaskList list, JqValue input, Frame frame, CancellationToken cancellation) =>
        TaskListRunner.RunAsync(Workflow, list, input, frame, cancellation);

    /// <summary>Performs a task under <c>use.functions</c>; it sees the arguments as its input, and no variable of its caller.</summary>
    public async Task<TaskOutcome> RunFunctionAsync(InlineFunction function, JqValue arguments, CancellationToken cancellation)
    {
        if (Frame.Depth >= Workflow.Options.MaxFunctionDepth)
            throw Failure(StandardErrors.Runtime, $"functions call each other more than {Workflow.Options.MaxFunctionDepth} deep");
        var frame = Frame with
        {
            Key = $"{Frame.Key}/{function.Name}",
            Locals = Frame.Root.Locals,
            Depth = Frame.Depth + 1,
        };
        var (output, _, ended, _) = await TaskRunner.RunAsync(Workflow, function.Task!, arguments, frame, cancellation);
        return new TaskOutcome(output, Ended: ended);
    }

    public Task<JqValue> CallAsync(string function, JqValue arguments, CancellationToken cancellation) => AttributedAsync(
        () => Workflow.Port.CallFunctionAsync(new FunctionCall(function, arguments, Frame.Key), cancellation), cancellation);

    public Task<JqValue> CallProtocolAsync(string protocol, JqValue arguments, CancellationToken cancellation) => AttributedAsync(
        () => Workflow.Port.CallProtocolAsync(new ProtocolCall(protocol, arguments, Frame.Key, Workflow.Secrets), cancellation), cancellation);

    public Task<JqValue> RunWorkflowAsync(WorkflowIdentity workflow, JqValue input, bool awaited, CancellationToken cancellation)
    {
        var child = new ChildWorkflow(workflow.Namespace, workflow.Name, workflow.Version, input, awaited, Frame.Key);
        return AttributedAsync(() => Workflow.Port.RunWorkflowAsync(child, cancellation), cancellation);
    }

    public Task EmitAsync(JqValue cloudEvent, CancellationToken cancellation) => AttributedAsync(
        async () =>
        {
            await Workflow.Port.EmitAsync(cloudEvent, Frame.Key, cancellation);
            return JqValue.Null;
        },
        cancellation);

    public async Task WaitAsync(TimeSpan length, CancellationToken cancellation)
    {
        if (length <= TimeSpan.Zero) return;
        var due = Now + length;
        Workflow.BeginWait(this, new WaitingFor(WaitingFor.Timer, [], due));
        try
        {
            await WorkflowRun.CallPortAsync(() => Workflow.Port.WaitUntilAsync(due, cancellation), cancellation);
        }
        finally
        {
            Workflow.EndWait(this);
        }

        Workflow.SetStatus(Task, null);
    }

    /// <summary>The next event that matches, received under these names; events that do not match are kept for later.</summary>
    public async Task<JqValue> TakeEventAsync(IReadOnlyList<string> names, Func<JqValue, bool> matches, CancellationToken cancellation)
    {
        try
        {
            var taken = await Workflow.Events.TakeAsync(
                names,
                matches,
                () => Workflow.BeginWait(this, new WaitingFor(WaitingFor.Event, names, Frame.Deadline)),
                cancellation);
            Workflow.SetStatus(Task, null);
            return taken;
        }
        finally
        {
            Workflow.EndWait(this);
        }
    }

    /// <summary>Notes that a filter could not be applied to an event.</summary>
    public void LogUnfit(WorkflowErrorException e) => Workflow.Port.Logger.LogWarning(
        "An event filter of {Task} failed with {Type}; the event does not match", Reference, e.Error.Type);

    /// <summary>Notes that the condition of an extension could not be asked of this task.</summary>
    public void LogUnfit(string extension, WorkflowErrorException e) => Workflow.Port.Logger.LogWarning(
        "The condition of the extension {Extension} failed on {Task} with {Type}; it does not apply", extension, Reference, e.Error.Type);

    /// <summary><c>$task</c>.</summary>
    public JqValue Describe()
    {
        var descriptor = JqValue.FromObject(
            ("name", JqValue.From(Task.Head.Name)),
            ("reference", JqValue.From(Reference)),
            ("definition", Task.Head.Definition),
            ("input", _rawInput),
            ("startedAt", Descriptors.Time(_startedAt)));
        return RawOutput is null ? descriptor : descriptor.With("output", RawOutput);
    }

    private JqValue Argument(string name, Frame frame) => name switch
    {
        _ when frame.Locals.TryGetValue(name, out var local) => local,
        "input" => Input,
        "output" => Output ?? JqValue.Null,
        "task" => Describe(),
        "authorization" => Authorization,
        _ => Workflow.Argument(name),
    };

    /// <summary>Calls the port; an error that names no task is given this one's.</summary>
    private async Task<T> AttributedAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await WorkflowRun.CallPortAsync(call, cancellation);
        }
        catch (WorkflowErrorException e) when (e.Error.Instance is null)
        {
            throw new WorkflowErrorException(e.Error with { Instance = Reference });
        }
    }
}
