using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Workflows.Testing;

/// <summary>
/// A workflow context in virtual time: functions answer from a script, events come at set times, and no real time passes. It can
/// replay the beginning of another run. It lives beside the interpreter and not in its tests, because <c>autoflow test</c> runs
/// the scenarios of ops on it.
/// </summary>
public sealed class FakeWorkflowContext : IWorkflowContext
{
    private readonly Dictionary<string, Func<FunctionCall, int, FunctionAnswer>> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<ChildWorkflow, FunctionAnswer>> _workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<ProtocolCall, int, FunctionAnswer>> _protocols = new(StringComparer.Ordinal);
    private Func<ProtocolCall, CancellationToken, Task<FunctionAnswer>>? _realProtocols;
    private readonly Dictionary<string, JqValue> _secrets = new(StringComparer.Ordinal);
    private readonly List<ProtocolCall> _protocolCalls = [];
    private readonly List<JqValue> _lifecycle = [];
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly List<FunctionCall> _calls = [];
    private readonly List<ChildWorkflow> _children = [];
    private readonly List<JqValue> _emitted = [];
    private readonly List<WorkflowStatus> _statuses = [];
    private readonly List<string> _decisions = [];
    private readonly VirtualTime _time;
    private readonly FakeEventQueues _events;
    private int _ids;

    /// <summary>A context at a virtual time.</summary>
    /// <param name="start">The virtual time to start at, UTC; the first day of 2026 when null.</param>
    /// <param name="replay">The steps of an earlier run to repeat first.</param>
    /// <param name="choose">Which of the operations that are due at one time comes first, given their number; the oldest when null.</param>
    public FakeWorkflowContext(DateTimeOffset? start = null, IReadOnlyList<FakeStep>? replay = null, Func<int, int>? choose = null)
    {
        _time = new VirtualTime(start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), replay ?? [], choose ?? (static _ => 0));
        _events = new FakeEventQueues(_time);
    }

    /// <inheritdoc />
    public string InstanceId { get; init; } = "trial";

    /// <inheritdoc />
    public DateTimeOffset Now => _time.Now;

    /// <inheritdoc />
    public bool IsReplaying => _time.IsReplaying;

    /// <summary>
    /// Whether events are given as durable engines do: one that is there already at once, and one that comes to the last that waits.
    /// Else in a step of its own, and to the first. No run may depend on it.
    /// </summary>
    public bool DurableEvents
    {
        get => _events.Durable;
        init => _events.Durable = value;
    }

    /// <inheritdoc />
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The function calls, in order.</summary>
    public IReadOnlyList<FunctionCall> Calls => _calls;

    /// <summary>The calls by the language's own protocols, in order.</summary>
    public IReadOnlyList<ProtocolCall> ProtocolCalls => _protocolCalls;

    /// <summary>The lifecycle events published, in order.</summary>
    public IReadOnlyList<JqValue> Lifecycle => _lifecycle;

    /// <summary>The child workflows started, in order.</summary>
    public IReadOnlyList<ChildWorkflow> Children => _children;

    /// <summary>The events emitted, in order.</summary>
    public IReadOnlyList<JqValue> Emitted => _emitted;

    /// <summary>The statuses shown, in order.</summary>
    public IReadOnlyList<WorkflowStatus> Statuses => _statuses;

    /// <summary>Everything the interpreter asked for, in order, as text to compare runs by.</summary>
    public IReadOnlyList<string> Decisions => _decisions;

    /// <summary>The steps of the run so far, to replay it.</summary>
    public IReadOnlyList<FakeStep> History => _time.History;

    /// <summary>Scripts a function.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="answer">The answer to a call, given how many calls with the same key there were before.</param>
    public FakeWorkflowContext On(string function, Func<FunctionCall, int, FunctionAnswer> answer)
    {
        _functions[function] = answer;
        return this;
    }

    /// <summary>Scripts a function that always answers the same JSON.</summary>
    public FakeWorkflowContext On(string function, string json) => On(function, (_, _) => FunctionAnswer.Of(json));

    /// <summary>Scripts one of the language's own protocols.</summary>
    /// <param name="protocol">One of <see cref="Protocols"/>.</param>
    /// <param name="answer">The answer to a call, given how many calls with the same key there were before.</param>
    public FakeWorkflowContext OnProtocol(string protocol, Func<ProtocolCall, int, FunctionAnswer> answer)
    {
        _protocols[protocol] = answer;
        return this;
    }

    /// <summary>Makes calls by the language's own protocols for real; the run must then be run by <see cref="RunAsync"/>.</summary>
    public FakeWorkflowContext OnProtocols(Func<ProtocolCall, CancellationToken, Task<FunctionAnswer>> answer)
    {
        _realProtocols = answer;
        return this;
    }

    /// <summary>Provides a secret; its texts are seen as marks, as <c>secret:name/key</c>.</summary>
    public FakeWorkflowContext WithSecret(string name, JqValue value)
    {
        _secrets[name] = value;
        return this;
    }

    /// <summary>Scripts a child workflow by its name.</summary>
    public FakeWorkflowContext OnWorkflow(string name, Func<ChildWorkflow, FunctionAnswer> answer)
    {
        _workflows[name] = answer;
        return this;
    }

    /// <summary>Schedules a CloudEvent.</summary>
    /// <param name="after">When it comes, counted from now.</param>
    public FakeWorkflowContext Raise(TimeSpan after, JqValue cloudEvent)
    {
        _time.Add(_time.Now + after, () => _events.Arrive(cloudEvent));
        return this;
    }

    /// <summary>Runs a definition to its end in virtual time.</summary>
    /// <exception cref="WaitsForEverException">The run waits for something that will never come.</exception>
    public WorkflowResult Run(WorkflowDefinition definition, JqValue input, InterpreterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _events.Known = definition.EventTypes;
        return _time.Run(() => WorkflowInterpreter.RunAsync(definition, input, this, options));
    }

    /// <summary>Waits in virtual time for the next round of events that start a workflow.</summary>
    /// <param name="definition">The listener's definition.</param>
    /// <exception cref="WaitsForEverException">The events never come.</exception>
    public JqValue Next(ScheduleListener listener, WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(definition);
        _events.Known = definition.Schedule?.EventTypes ?? [];
        return _time.Run(() => listener.NextAsync());
    }

    /// <summary>Runs a definition to its end in virtual time, which stands still while something real is waited for.</summary>
    /// <exception cref="WaitsForEverException">The run waits for something that will never come.</exception>
    public Task<WorkflowResult> RunAsync(WorkflowDefinition definition, JqValue input, InterpreterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _events.Known = definition.EventTypes;
        return _time.RunAsync(() => WorkflowInterpreter.RunAsync(definition, input, this, options));
    }

    /// <inheritdoc />
    public Guid NewGuid()
    {
        var bytes = new byte[16];
        BitConverter.TryWriteBytes(bytes, ++_ids * 2_654_435_761L);
        return new Guid(bytes);
    }

    /// <inheritdoc />
    public Task<JqValue> CallFunctionAsync(FunctionCall call, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        _calls.Add(call);
        Decide($"call {call.Name} {call.Key} {call.Arguments}");
        var attempt = _attempts.GetValueOrDefault(call.Key);
        _attempts[call.Key] = attempt + 1;
        return _functions.TryGetValue(call.Name, out var script)
            ? Answer(script(call, attempt))
            : throw new InvalidOperationException($"no answer was scripted for the function '{call.Name}'");
    }

    /// <inheritdoc />
    public Task<JqValue> CallProtocolAsync(ProtocolCall call, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        _protocolCalls.Add(call);
        Decide($"call {call.Protocol} {call.Key} {call.Arguments}");
        var attempt = _attempts.GetValueOrDefault(call.Key);
        _attempts[call.Key] = attempt + 1;
        // On other threads: what is real waits for nothing here, or the two would wait for each other.
        if (_realProtocols is { } real) return Answer(Task.Run(() => real(call, cancellation), cancellation));
        return _protocols.TryGetValue(call.Protocol, out var script)
            ? Answer(script(call, attempt))
            : throw new InvalidOperationException($"no answer was scripted for calls by {call.Protocol}");
    }

    /// <inheritdoc />
    public Task<JqValue> DescribeSecretsAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(names);
        Decide($"secrets {string.Join(' ', names)}");
        if (names.FirstOrDefault(name => !_secrets.ContainsKey(name)) is { } missing)
            return Answer(FunctionAnswer.Failure(WorkflowError.Of(StandardErrors.Authorization, $"there is no secret '{missing}'")));
        return Answer(FunctionAnswer.Of(JqValue.FromObject(names.Select(name => KeyValuePair.Create(name, Marked(_secrets[name], $"secret:{name}"))))));

        static JqValue Marked(JqValue value, string mark) => value.Kind == JqKind.Object
            ? JqValue.FromObject(value.Properties.Select(p => KeyValuePair.Create(p.Key, Marked(p.Value, $"{mark}/{p.Key}"))))
            : JqValue.From(mark);
    }

    /// <inheritdoc />
    public Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellation)
    {
        Decide($"wait {due:O}");
        var done = new TaskCompletionSource();
        var operation = _time.Add(due, () => done.TrySetResult());
        cancellation.Register(() =>
        {
            _time.Remove(operation);
            done.TrySetCanceled(cancellation);
        });
        return done.Task;
    }

    /// <inheritdoc />
    public Task<JqValue> ReceiveEventAsync(string eventType, CancellationToken cancellation)
    {
        Decide($"receive {eventType}");
        return _events.ReceiveAsync(eventType, cancellation);
    }

    /// <inheritdoc />
    public Task<JqValue> RunWorkflowAsync(ChildWorkflow child, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(child);
        _children.Add(child);
        Decide($"run {child.Name} {child.Key} {child.Input}");
        var answer = _workflows.TryGetValue(child.Name, out var script)
            ? script(child)
            : throw new InvalidOperationException($"no answer was scripted for the workflow '{child.Name}'");
        return Answer(child.Await ? answer : FunctionAnswer.Of(JqValue.Null));
    }

    /// <inheritdoc />
    public Task EmitAsync(JqValue cloudEvent, string key, CancellationToken cancellation)
    {
        _emitted.Add(cloudEvent);
        Decide($"emit {key} {cloudEvent}");
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void PublishLifecycle(JqValue cloudEvent)
    {
        _lifecycle.Add(cloudEvent);
        Decide($"lifecycle {cloudEvent["type"].AsString()}");
    }

    /// <inheritdoc />
    public void SetStatus(WorkflowStatus status) => _statuses.Add(status);

    private Task<JqValue> Answer(FunctionAnswer answer)
    {
        var done = new TaskCompletionSource<JqValue>();
        _time.Add(_time.Now + answer.Takes, () => Complete(done, answer));
        return done.Task;
    }

    private Task<JqValue> Answer(Task<FunctionAnswer> answer)
    {
        var done = new TaskCompletionSource<JqValue>();
        _time.Outside(answer, () =>
        {
            if (answer.IsCanceled) done.TrySetCanceled();
            else if (answer.Exception is { } broken) done.TrySetException(broken.InnerExceptions);
            else Complete(done, answer.GetAwaiter().GetResult());
        });
        return done.Task;
    }

    private static void Complete(TaskCompletionSource<JqValue> done, FunctionAnswer answer)
    {
        if (answer.Error is { } error) done.TrySetException(new WorkflowErrorException(error));
        else done.TrySetResult(answer.Value!);
    }

    private void Decide(string decision) => _decisions.Add(decision);
}
