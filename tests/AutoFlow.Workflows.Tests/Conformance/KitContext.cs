using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>Runs the kit's definitions with real calls. The kit waits for no time and no events, and calls no other workflow.</summary>
internal sealed class KitContext(KitServices services) : IWorkflowContext
{
    private readonly List<WorkflowStatus> _statuses = [];

    public string InstanceId => "kit";

    public DateTimeOffset Now { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public bool IsReplaying => false;

    public ILogger Logger => NullLogger.Instance;

    /// <summary>The names of the tasks in the order in which they began.</summary>
    public IReadOnlyList<string> Order => [.. _statuses.Where(static s => s.WaitingFor is null).Select(static s => s.Name)];

    public Guid NewGuid() => Guid.NewGuid();

    public Task<JqValue> CallProtocolAsync(ProtocolCall call, CancellationToken cancellation) => services.CallAsync(call, cancellation);

    public Task EmitAsync(JqValue cloudEvent, string key, CancellationToken cancellation) => Task.CompletedTask;

    public void PublishLifecycle(JqValue cloudEvent)
    {
    }

    public void SetStatus(WorkflowStatus status) => _statuses.Add(status);

    public Task<JqValue> CallFunctionAsync(FunctionCall call, CancellationToken cancellation) => throw Unused();

    public Task<JqValue> DescribeSecretsAsync(IReadOnlyList<string> names, CancellationToken cancellation) => throw Unused();

    public Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellation) => throw Unused();

    public Task<JqValue> ReceiveEventAsync(string eventType, CancellationToken cancellation) => throw Unused();

    public Task<JqValue> RunWorkflowAsync(ChildWorkflow child, CancellationToken cancellation) => throw Unused();

    private static InvalidOperationException Unused() => new("no scenario of the kit asks for this");
}
