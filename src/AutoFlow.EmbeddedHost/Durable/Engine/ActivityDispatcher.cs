using System.Collections.Concurrent;
using System.Diagnostics;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Durable.Tracing;
using AutoFlow.EmbeddedHost.Strict;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>
/// Runs activities that a durable turn has asked for. One that a crash interrupts runs again; one whose result is recorded never does.
/// </summary>
internal sealed class ActivityDispatcher(
    DurableRegistry registry, TurnDispatcher turns, Suspects suspects, WorkCount work, StrictOptions? strict, int mostAtOnce, ILogger logger) : IThreadPoolWorkItem, IDisposable
{
    /// <summary>The most results that wait for the disk: a kill loses no more, and a slow disk slows the activities.</summary>
    private const int MaxUnrecorded = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<ActivityTask> _waiting = new();
    private readonly ConcurrentQueue<ActivityTask> _begun = new();
    private readonly CancellationTokenSource _abort = new();
    private int _running;
    private int _unrecorded;
    private bool _stopped;
    private TaskCompletionSource? _ended;

    /// <summary>Called when the number of those that wait has fallen to <see cref="DrainedAt"/>.</summary>
    public Action? Drained { get; set; }

    public int DrainedAt { get; init; }

    /// <summary>How many wait for others to end.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Runs activities, a limited number at once.</summary>
    public void Add(IReadOnlyList<ActivityTask> activities)
    {
        foreach (var activity in strict is null ? activities : OutOfOrder.Of(strict, activities))
            Add(activity);
    }

    /// <summary>Begins no more; completes when those that run have ended.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            for (; _waiting.TryDequeue(out var waiting); work.Done())
                suspects.Leave(Of(waiting));
            return _running == 0
                ? Task.CompletedTask
                : (_ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Cancels those that run; they run again at the next start.</summary>
    public Task AbortAsync() => _abort.CancelAsync();

    public void Dispose()
    {
        lock (_gate)
        {
            // One that was left behind still holds the token.
            if (_running == 0)
                _abort.Dispose();
        }
    }

    private void Add(ActivityTask activity)
    {
        if (suspects.Any && !MayRun(activity))
            return;
        lock (_gate)
        {
            if (_stopped)
            {
                suspects.Leave(Of(activity));
                return;
            }

            work.Add();
            if (_running >= mostAtOnce || Volatile.Read(ref _unrecorded) >= MaxUnrecorded)
            {
                _waiting.Enqueue(activity);
                return;
            }

            _running++;
        }

        Run(activity);
    }

    /// <summary>A result is recorded, or cannot be.</summary>
    private void Recorded()
    {
        ActivityTask next;
        bool drained;
        lock (_gate)
        {
            Interlocked.Decrement(ref _unrecorded);
            if (_stopped || _running >= mostAtOnce || !_waiting.TryDequeue(out next!))
                return;
            _running++;
            drained = _waiting.Count == DrainedAt;
        }

        Run(next);
        if (drained)
            Drained?.Invoke();
    }

    private void Run(ActivityTask activity)
    {
        _begun.Enqueue(activity);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Runs the next that has begun; each has queued this once.</summary>
    public void Execute()
    {
        if (_begun.TryDequeue(out var activity))
            _ = RunAsync(activity);
    }

    private async Task RunAsync(ActivityTask? activity)
    {
        while (activity is not null)
        {
            try
            {
                if (await RunOneAsync(activity).ConfigureAwait(false) is { } result)
                {
                    suspects.Forgive(Of(activity));
                    Interlocked.Increment(ref _unrecorded);
                    turns.Post(new ResultMessage(activity.Invocation.InstanceId, activity.Of, strict is null ? result : FailureText.Crossed(result), this), here: true);
                }
            }
            catch (Exception exception)
            {
                // A listener of spans, or a bug. The activity runs again at the next start.
                logger.LogError(exception, "Activity '{Name}' of instance '{InstanceId}' could not be run", activity.Invocation.Name, activity.Invocation.InstanceId);
            }
            finally
            {
                suspects.Leave(Of(activity));
                work.Done();
            }

            activity = Next();
        }
    }

    // Apart from its caller, which would make the delegate each time.
    private bool MayRun(ActivityTask activity) => suspects.MayRun(Of(activity), () => Add(activity));

    private static Running Of(ActivityTask activity) => new(activity.Invocation.InstanceId, activity.Of.Generation, activity.Of.Task);

    private ActivityTask? Next()
    {
        ActivityTask? next = null;
        var drained = false;
        lock (_gate)
        {
            if (Volatile.Read(ref _unrecorded) < MaxUnrecorded && _waiting.TryDequeue(out next))
                drained = _waiting.Count == DrainedAt;
            else if (--_running == 0)
                _ended?.TrySetResult();
        }

        if (drained)
            Drained?.Invoke();
        return next;
    }

    /// <summary>The result or the failure; null where the host stopped it.</summary>
    private async ValueTask<HistoryEvent?> RunOneAsync(ActivityTask activity)
    {
        var call = activity.Invocation;
        if (registry.Activity(call.Name) is not { } run)
        {
            logger.LogError("No activity named '{Name}' is registered; instance '{InstanceId}' asked for it", call.Name, call.InstanceId);
            return new TaskFailed(call.TaskId, new TaskFailureDetails("ActivityTaskNotFound", $"No activity task named '{call.Name}' was found.", null, null));
        }

        var running = Of(activity);
        if (suspects.Failure(running, call.Name) is { } poison)
            return new TaskFailed(call.TaskId, poison);
        using var mark = suspects.Begin(running);
        using var span = DurableSpans.Run(call);
        try
        {
            var output = JsonDataConverter.Default.Serialize(await run(call, _abort.Token).ConfigureAwait(false));
            return output is { Length: > DurableLimits.MaxPayloadLength }
                ? new TaskFailed(call.TaskId, new TaskFailureDetails("PayloadTooLong", DurableLimits.TooLong($"The output of activity '{call.Name}'", output.Length), null, null))
                : new TaskCompleted(call.TaskId, output);
        }
        catch (Exception) when (_abort.IsCancellationRequested)
        {
            // What it says of itself then, such as that something is closed, may be the stop's doing: it runs again.
            return null;
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            return new TaskFailed(call.TaskId, BoundedFailure.Of(exception));
        }
    }

    /// <summary>The result of an activity, which tells when it is recorded.</summary>
    private sealed class ResultMessage(string instanceId, TaskOf of, HistoryEvent answer, ActivityDispatcher activities) : AnswerMessage(instanceId, of, answer)
    {
        private bool _told;

        public override void Acknowledge() => Tell();

        public override void Refuse(Exception exception) => Tell();

        private void Tell()
        {
            if (!Interlocked.Exchange(ref _told, true))
                activities.Recorded();
        }
    }
}
