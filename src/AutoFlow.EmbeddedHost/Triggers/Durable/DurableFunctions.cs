using System.Runtime.ExceptionServices;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Hosting;

namespace AutoFlow.EmbeddedHost.Triggers.Durable;

/// <summary>Gives orchestrator and activity functions to the durable engine.</summary>
internal static class DurableFunctions
{
    /// <summary>What is wrong with the names, one line each.</summary>
    /// <param name="functions">The functions.</param>
    public static IEnumerable<string> Faults(IEnumerable<FunctionDescriptor> functions) =>
        from function in functions
        let name = function.Trigger switch
        {
            OrchestrationTrigger orchestration => $"orchestrator '{orchestration.Orchestrator}'",
            ActivityTrigger activity => $"activity '{activity.Activity}'",
            _ => null,
        }
        where name is not null
        group function by name.ToUpperInvariant() into same
        where same.Count() > 1
        select $"{same.First().EntryPoint}: the name of this orchestrator or activity is also that of {same.Last().EntryPoint}; rename one.";

    /// <summary>Adds a function to the registry when it is an orchestrator or an activity.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="function">The function.</param>
    /// <param name="invoker">Runs it.</param>
    public static void Register(DurableRegistry registry, FunctionDescriptor function, FunctionInvoker invoker)
    {
        switch (function.Trigger)
        {
            case OrchestrationTrigger orchestration:
                registry.AddOrchestrator(orchestration.Orchestrator, context => invoker.InvokeBareAsync(function, new OrchestrationEvent(context)));
                break;
            case ActivityTrigger activity:
                registry.AddActivity(activity.Activity, (call, ct) => RunActivityAsync(function, call, invoker, ct));
                break;
            default:
                break;
        }
    }

    private static async Task<object?> RunActivityAsync(FunctionDescriptor function, ActivityInvocation call, FunctionInvoker invoker, CancellationToken ct)
    {
        var outcome = await invoker.InvokeAsync(function, new ActivityEvent(call), ct);
        if (outcome.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return outcome.Value;
    }
}
