using System.Globalization;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>What one orchestrator sees: it turns calls into decisions, and gives back what comes for them.</summary>
internal sealed class ReplayContext(string instanceId, ExecutionStarted started, TurnScheduler scheduler, ILoggerFactory loggers)
    : TaskOrchestrationContext
{
    private static readonly DataConverter Converter = JsonDataConverter.Default;
    private readonly Dictionary<int, (PendingTask Task, string Name)> _pending = [];
    private List<HistoryEvent> _decisions = [];
    private int _nextTask;
    private int _nextGuid;
    private DateTime _now;
    private bool _replaying;

    public override TaskName Name => new(started.Name);

    public override string InstanceId => instanceId;

    public override string Version => started.Version ?? string.Empty;

    public override ParentOrchestrationInstance? Parent
        => started.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _replaying;

    /// <summary>Events and who waits for them.</summary>
    public EventMailbox Events { get; } = new();

    /// <summary>True while the code waits for something that the engine will bring.</summary>
    public bool IsWaiting => _pending.Count > 0 || Events.HasWaits;

    /// <summary>The custom status as JSON, and whether the code has set it.</summary>
    public (bool IsSet, string? Json) CustomStatus { get; private set; }

    /// <summary>How the code wants to start over; null where it does not.</summary>
    public ContinueAsNewOptions? StartOver { get; private set; }

    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>Begins a turn.</summary>
    public void BeginTurn(DateTime at, bool replaying)
    {
        _now = at;
        _replaying = replaying;
        _decisions = [];
    }

    /// <summary>What was decided since the turn began.</summary>
    public List<HistoryEvent> Decisions => _decisions;

    /// <summary>Gives a result to whoever waits for it. Nobody may: a cancelled timer can still have fired.</summary>
    public void Complete(int taskId, string? result)
    {
        if (_pending.Remove(taskId, out var pending))
            pending.Task.Complete(result);
    }

    /// <summary>Gives a failure to whoever waits.</summary>
    public void Fail(int taskId, TaskFailureDetails failure)
    {
        if (_pending.Remove(taskId, out var pending))
            pending.Task.Fail(new TaskFailedException(pending.Name, taskId, failure));
    }

    public override T? GetInput<T>()
        where T : default
        => Converter.Deserialize<T>(started.Input);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        EnsureOnTurn();
        RequireName(name, nameof(name));
        RefuseOptionsAsInput(input, options);
        var json = Json(input, "The input of activity", name.Name, nameof(input));
        return options?.Retry is { } retry
            ? RetryLoop.Run(this, retry, () => Schedule<TResult>(name.Name, json))
            : Schedule<TResult>(name.Name, json);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        EnsureOnTurn();
        RequireName(orchestratorName, nameof(orchestratorName));
        RefuseOptionsAsInput(input, options);
        var json = Json(input, "The input of child orchestration", orchestratorName.Name, nameof(input));
        var childId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        DurableLimits.DemandInstanceId(childId, nameof(options));
        var tags = options?.Tags is { Count: > 0 } given ? new Dictionary<string, string>(given) : null;
        _ = Json(tags, "The tag set of child orchestration", orchestratorName.Name, nameof(options));
        return RetryLoop.Run(this, options?.Retry, () => Schedule<TResult>(
            orchestratorName.Name, id => new ChildScheduled(id, orchestratorName.Name, options?.Version?.Version, childId, json, tags)));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureOnTurn();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        DurableLimits.DemandRoom(_pending.Count, instanceId);
        var id = _nextTask++;
        var timer = new PendingTask<object?>(Converter);
        _pending.Add(id, (timer, "timer"));
        _decisions.Add(new TimerCreated(id, fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc)));
        OnCancelled(
            () =>
            {
                if (!_pending.Remove(id))
                    return;
                _decisions.Add(new TimerCancelled(id));
                timer.Cancel(cancellationToken);
            },
            cancellationToken);
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureOnTurn();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var wait = new PendingTask<T>(Converter);
        if (Events.Take(eventName) is { } kept)
        {
            wait.Complete(kept.Payload);
            return wait.Task;
        }

        Events.Add(eventName, wait);
        OnCancelled(
            () =>
            {
                if (Events.Remove(eventName, wait))
                    wait.Cancel(cancellationToken);
            },
            cancellationToken);
        return wait.Task;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureOnTurn();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        DurableLimits.DemandInstanceId(instanceId, nameof(instanceId));
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        _decisions.Add(new EventSent(instanceId, eventName, Json(payload, "The payload of event", eventName, nameof(payload))));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureOnTurn();
        CustomStatus = (true, DurableLimits.DemandCustomStatus(Converter.Serialize(customStatus), nameof(customStatus)));
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
        => ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        EnsureOnTurn();
        StartOver = options;
    }

    public override Guid NewGuid()
    {
        EnsureOnTurn();
        // A later generation may run at the same time as an earlier one; its ids must still differ.
        var generation = started.Generation == 0 ? "" : $"_{started.Generation.ToString(CultureInfo.InvariantCulture)}";
        return DeterministicGuid.Create(
            $"{instanceId}_{_now.ToString("o", CultureInfo.InvariantCulture)}_{(_nextGuid++).ToString(CultureInfo.InvariantCulture)}{generation}");
    }

    private static string? Json(object? value, string what, string name, string parameter) => Converter.Serialize(value) switch
    {
        { Length: > DurableLimits.MaxPayloadLength } json => DurableLimits.DemandPayload(json, $"{what} '{name}'", parameter),
        var json => json,
    };

    private static void RequireName(TaskName name, string parameter)
    {
        if (string.IsNullOrEmpty(name.Name))
            throw new ArgumentException("A task needs a name.", parameter);
    }

    private static void RefuseOptionsAsInput(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
            throw new ArgumentException($"{nameof(TaskOptions)} were given as the input; name the parameter 'options'.", nameof(input));
    }

    // Without a delegate: an activity is what orchestrators call most.
    private Task<T> Schedule<T>(string activity, string? input)
    {
        var (id, task) = Add<T>(activity);
        _decisions.Add(new TaskScheduled(id, activity, input));
        return task;
    }

    private Task<T> Schedule<T>(string name, Func<int, HistoryEvent> decision)
    {
        var (id, task) = Add<T>(name);
        _decisions.Add(decision(id));
        return task;
    }

    private (int Id, Task<T> Task) Add<T>(string name)
    {
        DurableLimits.DemandRoom(_pending.Count, instanceId);
        var id = _nextTask++;
        var task = new PendingTask<T>(Converter);
        _pending.Add(id, (task, name));
        return (id, task.Task);
    }

    private void OnCancelled(Action action, CancellationToken token)
    {
        if (!token.CanBeCanceled)
            return;

        // A token cancelled from outside of the turn is not in the history: nothing may follow from it.
        token.Register(() =>
        {
            if (scheduler.IsOnTurn)
                action();
            else
                scheduler.RefuseForeign();
        });
    }

    private void EnsureOnTurn()
    {
        if (!scheduler.IsOnTurn)
        {
            throw new InvalidOperationException(
                "The orchestration context can only be used on the orchestrator's own thread. "
                + "Orchestrator code must await nothing but what the context gives (no Task.Run, Task.Delay or I/O).");
        }
    }
}
