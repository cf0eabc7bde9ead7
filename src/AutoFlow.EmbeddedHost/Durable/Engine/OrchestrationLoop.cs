using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Durable.Tracing;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Takes the turns of instances that are ready.</summary>
internal sealed class OrchestrationLoop(
    IOrchestrationStore store,
    DurableRegistry registry,
    ReadyInstances ready,
    ActivityLoop activities,
    TimerLoop timers,
    InstanceWatch watch,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);
    private readonly ILogger _logger = loggers.CreateLogger<DurableEngine>();

    /// <summary>Takes turns, one after the other, until stopped. Several run side by side.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (await ready.Reader.WaitToReadAsync(stop).ConfigureAwait(false))
        {
            while (!stop.IsCancellationRequested && ready.Reader.TryRead(out var key))
            {
                ready.Take(key);
                try
                {
                    await TakeTurnAsync(key).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    // The store failed, or the engine has a bug. Nothing of the turn is stored, so it can be taken again.
                    _logger.LogError(exception, "A turn of the instance with key {Key} could not be stored; it is tried again", key);
                    _ = SignalLaterAsync(key, stop);
                }
                finally
                {
                    ready.Done(key);
                }
            }
        }
    }

    private async Task TakeTurnAsync(long key)
    {
        if (store.Load(key) is not { } instance || instance.Input.Arrived.Count == 0)
            return;
        var orchestrator = registry.Orchestrator(instance.Name);
        if (OrchestrationTurn.Take(instance.Input, orchestrator, time.GetUtcNow().UtcDateTime, loggers) is not { } outcome)
        {
            if (orchestrator is null)
            {
                _logger.LogError(
                    "No orchestrator named '{Name}' is registered. Instance '{InstanceId}' waits until one is: add it and start again, or terminate the instance",
                    instance.Name,
                    instance.Input.InstanceId);
            }

            return;
        }

        if (outcome.Turn.Decided is [.., ExecutionFailed failed])
        {
            // The type only: messages may hold what customers wrote.
            _logger.LogWarning(
                "Orchestration '{Name}' ({InstanceId}) failed with {ErrorType}", instance.Name, instance.Input.InstanceId, failed.Failure.ErrorType);
        }

        if (await store.CommitAsync(instance, outcome).ConfigureAwait(false) is not { } receipt)
            return;
        foreach (var activity in receipt.Activities)
            activities.Add(activity);
        if (receipt.FirstTimer is { } first)
            timers.Notify(first);
        foreach (var woken in receipt.Woken)
            ready.Signal(woken);
        if (outcome.Turn.Decided is [.., ExecutionCompleted or ExecutionFailed or ContinuedAsNew] || outcome.Status is OrchestrationRuntimeStatus.Terminated)
            WriteSpan(instance.Input, outcome);
        watch.Notify(instance.Input.InstanceId);
    }

    /// <summary>After the commit: a turn that was killed before it is taken again and then writes the span. What a listener throws stops nothing.</summary>
    private void WriteSpan(TurnInput input, TurnOutcome outcome)
    {
        try
        {
            var first = input.History.Count > 0 ? input.History[0] : outcome.Turn;
            if (first.Received.OfType<ExecutionStarted>().FirstOrDefault() is { } started)
                DurableSpans.WriteOrchestration(started, input.InstanceId, first.At, outcome.Turn.At, outcome.Status);
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "The span of '{InstanceId}' could not be written", input.InstanceId);
        }
    }

    private async Task SignalLaterAsync(long key, CancellationToken stop)
    {
        try
        {
            await Task.Delay(RetryAfterFailure, time, stop).ConfigureAwait(false);
            ready.Signal(key);
        }
        catch (OperationCanceledException)
        {
            // The next start finds it in the inbox.
        }
    }
}
