using AutoFlow.EmbeddedHost.Hosting;
using AutoFlow.EmbeddedHost.Queues;
using AutoFlow.EmbeddedHost.Triggers.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>Runs functions as Azure's host may: an activity twice when its first result was lost, a timer without its schedule's status.</summary>
internal sealed class StrictInvoker(
    IServiceScopeFactory scopes,
    QueueOutputs outputs,
    HostJsonSettings settings,
    TimeProvider time,
    ILoggerFactory loggers,
    FunctionMiddleware middleware,
    StrictOptions strict) : FunctionInvoker(scopes, outputs, settings, time, loggers, middleware)
{
    /// <inheritdoc/>
    public override async Task<InvocationOutcome> InvokeAsync(FunctionDescriptor function, TriggerEvent triggerEvent, CancellationToken ct)
    {
        switch (triggerEvent)
        {
            case ActivityEvent { Call: var call } when Chance.Befalls(strict, strict.ActivitiesTwice, $"activity {call.InstanceId} {call.TaskId} {call.Name} {call.InputJson}"):
                // All that it did is done; only what it returned, or threw, is lost.
                await base.InvokeAsync(function, triggerEvent, ct);
                ct.ThrowIfCancellationRequested();
                break;
            case TimerEvent timer:
                triggerEvent = timer with { Info = new TimerInfo { IsPastDue = timer.Info.IsPastDue } };
                break;
        }

        return await base.InvokeAsync(function, triggerEvent, ct);
    }
}
