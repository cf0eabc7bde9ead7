using System.Text.Json;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Steps;
using AutoFlow.Support.Events;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>The interpreter's port on a durable orchestration: every answer it gives is replayed alike.</summary>
/// <param name="run">See <see cref="WorkflowStart.Run"/>.</param>
/// <param name="lifecycle">What children are told to publish.</param>
/// <param name="seen">Events that were received before, by <see cref="Seen"/>; they are not received again.</param>
public sealed class DurableWorkflowContext(
    TaskOrchestrationContext context, string? run = null, LifecycleScope lifecycle = LifecycleScope.None, IEnumerable<string>? seen = null) : IWorkflowContext
{
    /// <summary>An activity that throws met broken infrastructure (a locked file, a lost connection): tried again before the workflow hears of it.</summary>
    internal static readonly TaskOptions OverBrokenInfrastructure = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 4, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 3));

    /// <summary>A workflow that waits for days can wait for its store to come back: there is no other way to hear of its event.</summary>
    internal static readonly TaskOptions UntilItIsThere = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 1_000, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromMinutes(5)));

    /// <summary>Others receive what is published in lists, and hand those on.</summary>
    private const int AroundEvents = 2;

    private readonly OrderedDictionary<string, bool> _seen = new((seen ?? []).Select(one => KeyValuePair.Create(one, true)), StringComparer.Ordinal);
    private readonly EventWaits _waits = new(context);
    private readonly Dictionary<string, Task> _subscriptions = new(StringComparer.Ordinal);

    /// <summary>Names of the events received so far, oldest first.</summary>
    public IReadOnlyList<string> Seen => _seen.Keys;

    /// <summary>True once the instance has subscribed to events; it then ends by <see cref="SubscribeToEvents.End"/>.</summary>
    public bool HasSubscribed => _subscriptions.Count > 0;

    public string InstanceId => context.InstanceId;

    public DateTimeOffset Now => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    public bool IsReplaying => context.IsReplaying;

    public ILogger Logger { get; } = context.CreateReplaySafeLogger<RunWorkflow>();

    public Guid NewGuid() => context.NewGuid();

    public async Task<JqValue> CallFunctionAsync(FunctionCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var step = new StepCall<JsonElement>(InstanceIds.RootOf(InstanceId), $"{InstanceId}{run}:{call.Key}", Element(call.Arguments));
        var outcome = await OrBrokenAsync(call.Name, () => context.CallActivityAsync<StepOutcome>(call.Name, step, OverBrokenInfrastructure));
        if (outcome.Failure is { } failure) throw new WorkflowErrorException(StepErrors.Of(call.Name, failure));
        return outcome.Output is { } output ? JqValue.FromElement(output) : JqValue.Null;
    }

    public async Task<JqValue> CallProtocolAsync(ProtocolCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var outside = new OutsideCall(call.Protocol, Element(call.Arguments), $"{InstanceId}{run}:{call.Key}", Element(call.Secrets));
        return (await OrBrokenAsync(call.Protocol, () => context.CallActivityAsync<WorkflowOutcome>(nameof(CallProtocol), outside, OverBrokenInfrastructure))).Value();
    }

    public async Task<JqValue> DescribeSecretsAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return (await OrBrokenAsync("secrets", () => context.CallActivityAsync<WorkflowOutcome>(nameof(DescribeSecrets), names, OverBrokenInfrastructure))).Value();
    }

    public void PublishLifecycle(JqValue cloudEvent)
    {
        // The event of an end holds the output: what cannot be told is no reason for the run to fail.
        if (StepJson.Fits(cloudEvent, AroundEvents)) _ = context.CallActivityAsync<object?>(nameof(EmitEvent), Element(cloudEvent), OverBrokenInfrastructure);
        else Logger.LogWarning("A lifecycle event of {Instance} nests too deep and is not published", InstanceId);
    }

    public Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellation) => context.CreateTimer(due.UtcDateTime, cancellation);

    public async Task<JqValue> ReceiveEventAsync(string eventType, CancellationToken cancellation)
    {
        if (!CloudEvent.IsDirect(eventType)) await SubscribedAsync(eventType);
        while (true)
        {
            var received = JqValue.FromElement(await _waits.NextAsync(eventType, cancellation));
            if (IsNew(received)) return received;
        }
    }

    /// <summary>The events that were raised to this orchestration and that nobody received, each once; they are received by this.</summary>
    public IReadOnlyList<JqValue> TakeUnread() => [.. _waits.TakeUnread().Select(JqValue.FromElement).Where(IsNew)];

    public async Task<JqValue> RunWorkflowAsync(ChildWorkflow child, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // "latest" is asked of a catalog that grows: recorded once, so that a replay starts the same version.
        var reference = new DefinitionReference(child.Namespace, child.Name, child.Version);
        var hash = await OrBrokenAsync(child.Name, () => context.CallActivityAsync<string?>(nameof(PinDefinition), reference, OverBrokenInfrastructure))
            ?? throw new WorkflowErrorException(WorkflowError.Of(
                StandardErrors.Configuration, $"There is no workflow {child.Namespace}/{child.Name} in version {child.Version}."));
        var start = new WorkflowStart { Workflow = child.Name, DefinitionHash = hash, Input = Element(child.Input), IsChild = true, Run = run, Lifecycle = lifecycle };
        if (child.Await)
        {
            var id = InstanceIds.ForChild(InstanceId, child.Key, run);
            var outcome = await OrBrokenAsync(
                child.Name, () => context.CallSubOrchestratorAsync<WorkflowOutcome>(nameof(RunWorkflow), start, new SubOrchestrationOptions(instanceId: id)));
            return outcome.Value();
        }

        var beside = new DetachedWorkflow(DetachedId(child), start with { IsChild = false });
        await OrBrokenAsync(child.Name, () => context.CallActivityAsync<object?>(nameof(StartWorkflow), beside, OverBrokenInfrastructure));
        return JqValue.Null;
    }

    public Task EmitAsync(JqValue cloudEvent, string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return OrBrokenAsync(nameof(EmitEvent), () => context.CallActivityAsync<object?>(nameof(EmitEvent), StepJson.Element(cloudEvent, AroundEvents), OverBrokenInfrastructure));
    }

    public void SetStatus(WorkflowStatus status) => context.SetCustomStatus(status);

    /// <summary>A trigger that was killed after raising raises again: the CloudEvent's source and id tell.</summary>
    private bool IsNew(JqValue received) => received["id"].AsString() is not { } id
        || _seen.TryAdd($"{received["type"].AsString()} {EventKey.Of(received["source"].AsString() ?? "", id)}", true);

    /// <summary>Once per type, however many tasks wait for it; it lasts until the run ends.</summary>
    private Task SubscribedAsync(string eventType)
    {
        if (!_subscriptions.TryGetValue(eventType, out var subscribed))
        {
            var subscription = new EventSubscription(InstanceId, eventType);
            subscribed = context.CallActivityAsync<object?>(nameof(SubscribeToEvents), subscription, UntilItIsThere);
            _subscriptions.Add(eventType, subscribed);
        }

        return subscribed;
    }

    /// <summary>What stays broken after its retries is an error of the workflow, so that its end is reported and its conversation let go.</summary>
    private static async Task<T> OrBrokenAsync<T>(string name, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (TaskFailedException exception)
        {
            throw new WorkflowErrorException(StepErrors.Broken(name, exception));
        }
    }

    private static JsonElement Element(JqValue value) => StepJson.Element(value);

    /// <summary>A detached workflow that names its matter (a ticket) has the matter's id, so that others find it; else the caller's.</summary>
    private string DetachedId(ChildWorkflow child) => child.Input["ticket"].AsString() is { } ticket
        ? InstanceIds.ForMatter(child.Name, ticket)
        : InstanceIds.ForChild(InstanceId, child.Key, run);
}
