using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Tasks;

namespace AutoFlow.Workflows.Execution;

/// <summary>The state of one run: <c>$context</c>, the events kept for later, how many tasks were performed.</summary>
internal sealed class WorkflowRun
{
    private readonly JqValue _input;
    private readonly List<(TaskRun Task, WaitingFor For)> _waits = [];
    private JqValue? _descriptor;

    public WorkflowRun(WorkflowDefinition definition, JqValue input, IWorkflowContext context, InterpreterOptions options)
    {
        (Definition, _input, Port, Options) = (definition, input, context, options);
        StartedAt = context.Now;
        Events = new EventInbox(this, cloudEvent => definition.EventFilters.Any(filter => filter.MayMatch(cloudEvent)));
        EventTypes = definition.EventTypes;
        Lifecycle = new Lifecycle(this);
    }

    public WorkflowDefinition Definition { get; }

    public InterpreterOptions Options { get; }

    public IWorkflowContext Port { get; }

    public EventInbox Events { get; set; }

    /// <summary>The names under which the run receives events.</summary>
    public IReadOnlyList<string> EventTypes { get; init; }

    public Lifecycle Lifecycle { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary><c>$context</c>.</summary>
    public JqValue Data { get; set; } = JqValue.Null;

    /// <summary><c>$secrets</c>: marks, not secrets; an empty object without any.</summary>
    public JqValue Secrets { get; private set; } = JqValue.EmptyObject;

    /// <summary>The pointer of the task that was entered last.</summary>
    public string CurrentTask { get; private set; } = "/";

    /// <summary><c>$workflow</c>.</summary>
    public JqValue Descriptor => _descriptor ??= JqValue.FromObject(
        ("id", JqValue.From(Port.InstanceId)),
        ("definition", Definition.Json),
        ("input", _input),
        ("startedAt", Descriptors.Time(StartedAt)));

    /// <summary>Performs the workflow: input.schema, input.from, the tasks within the time limit, output.as, output.schema.</summary>
    public async Task<JqValue> ExecuteAsync()
    {
        Definition.InputSchema?.Require(_input, "/");
        if (Definition.Secrets.Count > 0) Secrets = await DescribeSecretsAsync();
        var input = Definition.InputFrom?.Render(e => Evaluate(e, _input)) ?? _input;
        // dsl.md, "Data Flow": the transformed input is the first value of $context.
        Data = input;
        var limit = Definition.Timeout is { } timeout ? Length(timeout.After, e => Evaluate(e, input), "/") : (TimeSpan?)null;
        var outcome = limit is { } length
            ? await TimeLimits.RunAsync(
                this,
                StartedAt + length,
                (due, cancellation) => TaskListRunner.RunAsync(this, Definition.Do, input, Frame.Root.Until(due), cancellation),
                () => TookTooLong(length),
                CancellationToken.None)
            : await TaskListRunner.RunAsync(this, Definition.Do, input, Frame.Root, CancellationToken.None);
        var output = Definition.OutputAs?.Render(e => Evaluate(e, outcome.Output)) ?? outcome.Output;
        Definition.OutputSchema?.Require(output, "/");
        return output;
    }

    /// <summary>How many tasks the run has entered.</summary>
    public int Performed { get; private set; }

    /// <summary>Whether the run tried to perform more tasks than it may; no <c>catch</c> takes an error then, lest it retries for ever.</summary>
    public bool IsSpent => Performed > Options.MaxTaskExecutions;

    /// <summary>Notes that a task begins.</summary>
    /// <exception cref="WorkflowErrorException">The instance has performed as many tasks as it may.</exception>
    public void Enter(WorkflowTask task)
    {
        CurrentTask = task.Head.Reference;
        Performed++;
        if (IsSpent)
        {
            throw Failure(
                StandardErrors.Runtime,
                $"the instance performed {Options.MaxTaskExecutions} tasks, which is its limit: is there an endless loop?",
                CurrentTask);
        }

        SetStatus(task, null);
    }

    /// <summary>The attributes of an event of this run that are not its own: specversion, id, time and source (CloudEvents 1.0.2).</summary>
    public JqValue NewEvent() => JqValue.FromObject(
        ("specversion", JqValue.From("1.0")),
        ("id", JqValue.From(Port.NewGuid().ToString())),
        ("time", JqValue.From(Port.Now.UtcDateTime.ToString("O"))),
        ("source", JqValue.From($"/workflows/{Definition.Identity.Namespace}/{Definition.Identity.Name}")));

    /// <summary>Shows that a task waits.</summary>
    public void BeginWait(TaskRun task, WaitingFor waitingFor)
    {
        EndWait(task);
        _waits.Add((task, waitingFor));
        SetStatus(task.Task, waitingFor);
    }

    public void EndWait(TaskRun task) => _waits.RemoveAll(w => w.Task == task);

    /// <summary>Shows again what another branch waits for, if one does.</summary>
    public void ShowWait()
    {
        if (_waits is [.., var last]) SetStatus(last.Task.Task, last.For);
    }

    public void SetStatus(WorkflowTask task, WaitingFor? waitingFor) =>
        Port.SetStatus(new WorkflowStatus(task.Head.Reference, task.Head.Name, waitingFor, Events.Consumed.Count));

    public void Observe(RunMoment moment, string reference, string key, string? detail = null, JqValue? value = null) =>
        Options.Observer?.Invoke(new RunObservation(moment, reference, key, Port.Now) { Detail = detail, Value = value });

    /// <summary>Evaluates an expression.</summary>
    /// <exception cref="WorkflowErrorException">It failed, or took more than it may.</exception>
    public JqValue Evaluate(RuntimeExpression expression, JqValue on, Func<string, JqValue> argument, string reference)
    {
        try
        {
            return expression.Evaluate(on, argument, Options.Expressions, Port.Now);
        }
        catch (Exception e) when (e is JqException or JqLimitException)
        {
            throw Failure(StandardErrors.Expression, $"{Descriptors.Shortened(expression.Source)}: {Descriptors.Shortened(e.Message)}", reference);
        }
    }

    public JqValue Argument(string name) => name switch
    {
        "context" => Data,
        "workflow" => Descriptor,
        "secrets" => Secrets,
        "runtime" => Descriptors.Runtime(Options),
        _ => JqValue.Null,
    };

    /// <summary>How long a duration of the definition is.</summary>
    /// <exception cref="WorkflowErrorException">Its expression gave no duration.</exception>
    public static TimeSpan Length(WorkflowDuration duration, Func<RuntimeExpression, JqValue> evaluate, string reference) =>
        duration.Fixed
        ?? Durations.FromJson(evaluate(duration.Expression!))
        ?? throw Failure(StandardErrors.Expression, $"{Descriptors.Shortened(duration.Expression!.Source)}: gave no duration", reference);

    public static WorkflowErrorException Failure(StandardError kind, string detail, string reference) =>
        new(WorkflowError.Of(kind, detail) with { Instance = reference });

    /// <summary>Calls the port; what it answers after a time limit ended is dropped.</summary>
    public static async Task<T> CallPortAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        T answer;
        try
        {
            answer = await call();
        }
        catch (Exception e) when (e is not (WorkflowErrorException or OperationCanceledException))
        {
            throw new PortFailedException(e);
        }

        cancellation.ThrowIfCancellationRequested();
        return answer;
    }

    public static Task CallPortAsync(Func<Task> call, CancellationToken cancellation) => CallPortAsync(
        async () =>
        {
            await call();
            return true;
        },
        cancellation);

    private async Task<JqValue> DescribeSecretsAsync()
    {
        try
        {
            return await CallPortAsync(() => Port.DescribeSecretsAsync(Definition.Secrets, CancellationToken.None), CancellationToken.None);
        }
        catch (WorkflowErrorException e) when (e.Error.Instance is null)
        {
            throw new WorkflowErrorException(e.Error with { Instance = "/use/secrets" });
        }
    }

    private WorkflowErrorException TookTooLong(TimeSpan limit)
    {
        Observe(RunMoment.TimedOut, "/", "/");
        return Failure(StandardErrors.Timeout, $"the workflow took longer than {Descriptors.Iso8601(limit)}", "/");
    }

    private JqValue Evaluate(RuntimeExpression expression, JqValue on) => Evaluate(expression, on, Argument, "/");
}
