using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Decides what a failed instance, and the failed children that made it fail, are taken back to. It only reads.</summary>
internal sealed class RewindPlan(IOrchestrationStore store, DurableRegistry registry, ILoggerFactory loggers)
{
    /// <summary>The instances to take back, callers before their children.</summary>
    /// <exception cref="ArgumentException">No such instance.</exception>
    /// <exception cref="InvalidOperationException">It has not failed, or it cannot be replayed as far as its failure.</exception>
    public IReadOnlyList<InstanceRewind> Of(string instanceId)
    {
        var instance = store.Get(instanceId, payloads: false)
            ?? throw new ArgumentException($"There is no orchestration instance with the id '{instanceId}'.", nameof(instanceId));
        if (instance.RuntimeStatus != OrchestrationRuntimeStatus.Failed)
            throw new InvalidOperationException($"The instance '{instanceId}' is {instance.RuntimeStatus}; only a failed one can be rewound.");
        var family = new List<InstanceRewind>();
        Add(family, instance.Name, instanceId, store.History(instanceId) ?? []);
        return family;
    }

    private void Add(List<InstanceRewind> family, string name, string instanceId, IReadOnlyList<TurnRecord> history)
    {
        if (registry.Orchestrator(name) is not { } orchestrator)
            throw new InvalidOperationException($"There is no orchestrator '{name}' in this app, so the instance '{instanceId}' cannot be rewound.");
        RewoundHistory rewound;
        try
        {
            rewound = RewoundHistory.Of(instanceId, history, orchestrator, loggers);
        }
        catch (NonDeterministicOrchestrationException exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }

        family.Add(new InstanceRewind(instanceId, rewound, history.Count));
        foreach (var child in rewound.Pending.OfType<ChildScheduled>())
        {
            // An id can be somebody else's by now: then the call that failed for that is made again.
            if (store.Get(child.InstanceId, payloads: false) is { RuntimeStatus: OrchestrationRuntimeStatus.Failed } failed
                && store.History(child.InstanceId) is [{ Received: var first }, ..] turns
                && first.OfType<ExecutionStarted>().FirstOrDefault()?.Parent?.InstanceId == instanceId)
            {
                Add(family, failed.Name, child.InstanceId, turns);
            }
        }
    }
}
