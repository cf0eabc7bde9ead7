using System.Diagnostics;
using System.Threading.Channels;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Durable.Tracing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Runs activities. One that a crash interrupts runs again; one whose result is recorded never does.</summary>
internal sealed class ActivityLoop(
    IOrchestrationStore store, DurableRegistry registry, ReadyInstances ready, WorkCount work, ILogger logger)
{
    private readonly Channel<ActivityTask> _queue = Channel.CreateUnbounded<ActivityTask>();

    public void Add(ActivityTask activity)
    {
        work.Add();
        _queue.Writer.TryWrite(activity);
    }

    /// <summary>Runs activities, one after the other, until stopped. Several run side by side.</summary>
    /// <param name="stop">No activity begins after it.</param>
    /// <param name="abort">Given to the activities; their work then runs again at the next start.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        while (await _queue.Reader.WaitToReadAsync(stop).ConfigureAwait(false))
        {
            while (!stop.IsCancellationRequested && _queue.Reader.TryRead(out var activity))
            {
                try
                {
                    if (await RunOneAsync(activity, abort).ConfigureAwait(false) is { } result
                        && await store.RecordResultAsync(activity, result).ConfigureAwait(false) is { } instance)
                    {
                        ready.Signal(instance);
                    }
                }
                catch (Exception exception)
                {
                    logger.LogError(
                        exception,
                        "The result of activity '{Name}' (#{TaskId} of '{InstanceId}') could not be stored; it runs again at the next start",
                        activity.Invocation.Name,
                        activity.Invocation.TaskId,
                        activity.Invocation.InstanceId);
                }
                finally
                {
                    work.Done();
                }
            }
        }
    }

    /// <summary>The result or the failure; null where the host stopped it.</summary>
    private async Task<HistoryEvent?> RunOneAsync(ActivityTask activity, CancellationToken abort)
    {
        var call = activity.Invocation;
        if (registry.Activity(call.Name) is not { } run)
        {
            logger.LogError("No activity named '{Name}' is registered; instance '{InstanceId}' asked for it", call.Name, call.InstanceId);
            return new TaskFailed(call.TaskId, new TaskFailureDetails("ActivityTaskNotFound", $"No activity task named '{call.Name}' was found.", null, null));
        }

        using var span = DurableSpans.Run(call);
        try
        {
            var output = await run(call, abort).ConfigureAwait(false);
            return new TaskCompleted(call.TaskId, JsonDataConverter.Default.Serialize(output));
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            return new TaskFailed(call.TaskId, TaskFailureDetails.FromException(exception));
        }
    }
}
