using System.Collections.Concurrent;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>
/// Takes messages to their instances and lets those take turns. A turn goes ahead of the disk: what it sends to other instances they take at
/// once, and all that follows shares a commit where it can. What leaves the process waits for the commit: activities, and what clients are told.
/// </summary>
internal sealed class TurnDispatcher(
    TurnServices services, InstanceDirectory directory, InstanceWatch watch, WorkCount work, int mostAtOnce) : IThreadPoolWorkItem
{
    /// <summary>The most messages that one turn takes; a longer queue makes several.</summary>
    private const int MessagesPerTurn = 1_000;

    /// <summary>How much one turn takes, in characters of payload; what goes beyond makes several.</summary>
    private const int SizePerTurn = 64 * 1024 * 1024;

    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<HotInstance> _ready = new();
    private readonly ConcurrentDictionary<HotInstance, bool> _postponed = new();
    private readonly ILogger _logger = services.Loggers.CreateLogger<DurableEngine>();
    private int _workers;

    /// <summary>Called on the writer's thread when a commit with activities or timers is durable.</summary>
    public Action<InstanceCommit>? Durable { get; set; }

    /// <summary>Gives a message to its instance.</summary>
    /// <param name="message">The message.</param>
    /// <param name="here">True to take the turn on this thread, where it can be taken now.</param>
    public void Post(Message message, bool here = false)
    {
        if (Deposit(message) is { } instance)
            Queue(instance, here);
    }

    /// <summary>
    /// Gives messages to their instances, and lets those go on when all have theirs: nothing that follows from one of them overtakes another.
    /// Starts come before what is sent to the started.
    /// </summary>
    public void Post(IEnumerable<Message> messages)
    {
        List<HotInstance>? woken = null;
        foreach (var message in StartsFirst(messages))
        {
            if (Deposit(message) is { } instance)
                (woken ??= []).Add(instance);
        }

        foreach (var instance in woken ?? [])
            Queue(instance);
    }

    /// <summary>The order in which instances get what a turn sends.</summary>
    public static IEnumerable<Message> StartsFirst(IEnumerable<Message> messages) => messages.OrderBy(message => message is StartMessage ? 0 : 1);

    /// <summary>Gives a message to its instance; the instance where it has to be queued by the caller.</summary>
    public HotInstance? Deposit(Message message)
    {
        while (true)
        {
            var instance = directory.Get(message.InstanceId);
            if (instance.TryPost(message, out var queue))
                return queue ? instance : null;
        }
    }

    /// <summary>Lets an instance take a turn for what waits in it.</summary>
    public void Queue(HotInstance instance, bool here = false)
    {
        work.Add();
        if (here)
        {
            Run(instance);
            return;
        }

        _ready.Enqueue(instance);
        AddWorker();
    }

    /// <summary>Reads again at once what could not be read: before the store is closed, for what waits in them.</summary>
    public void Hurry()
    {
        foreach (var instance in _postponed.Keys)
            Retry(instance);
    }

    /// <summary>Takes turns until none is ready.</summary>
    public void Execute()
    {
        do
        {
            while (_ready.TryDequeue(out var instance))
                Run(instance);
            Interlocked.Decrement(ref _workers);
        }
        while (!_ready.IsEmpty && TryBecomeWorker());
    }

    private void AddWorker()
    {
        if (TryBecomeWorker())
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryBecomeWorker()
    {
        while (true)
        {
            var workers = Volatile.Read(ref _workers);
            if (workers >= mostAtOnce)
                return false;
            if (Interlocked.CompareExchange(ref _workers, workers + 1, workers) == workers)
                return true;
        }
    }

    private void Run(HotInstance instance)
    {
        if (services.Suspects.Any && !MayRun(instance))
        {
            work.Done();
            return;
        }

        do
        {
            var messages = instance.Begin(MessagesPerTurn, SizePerTurn);
            try
            {
                Take(instance, messages);
            }
            catch (Exception exception)
            {
                Fail(instance, messages, exception);
            }
        }
        while (instance.End());

        services.Suspects.Leave(Running.TurnOf(instance.Id));
        if (instance.IsSpent || directory.KeepsNone)
            directory.Forget(instance);
        work.Done();
    }

    // Apart from its caller, which would make the delegate each time.
    private bool MayRun(HotInstance instance) => services.Suspects.MayRun(Running.TurnOf(instance.Id), () => Queue(instance));

    private void Take(HotInstance instance, List<Message> messages)
    {
        if (instance.Broken is { } broken)
        {
            Refuse(messages, broken);
            return;
        }

        if (messages.Count == 0)
            return;
        using var mark = services.Suspects.Begin(Running.TurnOf(instance.Id));
        var commit = new TurnCommit(this, instance) { InstanceId = instance.Id };
        var turn = commit.Of = new InstanceTurn(instance, services, commit);
        try
        {
            turn.Take(messages);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && StorageFault.IsOfTheDisk(exception))
        {
            // It reads, nothing else: what could not be read now can be read again.
            Postpone(instance, turn.Messages, exception);
            return;
        }

        if (commit.NextGeneration is not null)
            instance.PostFirst(commit.Sent.Where(sent => sent.IsFirst));
        if (turn.Outcome is { Turn.Decided: [.., ExecutionFailed failed] })
        {
            // The type only: messages may hold what customers wrote.
            _logger.LogWarning("Orchestration '{Name}' ({InstanceId}) failed with {ErrorType}", instance.State!.Name, instance.Id, failed.Failure.ErrorType);
        }

        // Only what goes on is forgiven: each start lets the instance run its activities again, and that alone proves nothing.
        if (turn.Outcome is not null)
            services.Suspects.Forgive(Running.TurnOf(instance.Id));
        turn.Remember();
        work.Add();
        instance.CommitBegins();
        services.Store.Add(commit);

        // After the sender's commit has its place in the queue: what follows from the messages comes after it.
        if (commit.Sent.Count > 0)
            Post(commit.Sent.Where(sent => !sent.IsFirst));
        directory.Trim();
    }

    /// <summary>A turn is on the disk, or cannot be. On the writer's thread.</summary>
    public void End(HotInstance instance, InstanceTurn turn, InstanceCommit commit, Exception? failure)
    {
        try
        {
            if (failure is null)
            {
                Durable?.Invoke(commit);
                foreach (var message in commit.Taken)
                    message.Acknowledge();
                foreach (var message in commit.Parked)
                    message.Acknowledge();
                if (commit.Status is { } change)
                {
                    instance.DurableStatus = change.Status;
                    watch.Notify(instance.Id, change, turn.Birth);
                }

                turn.WriteSpan(_logger);
            }
            else
            {
                Refuse([.. commit.Taken, .. commit.Parked], Break(instance, failure, "what it did could not be stored"));
            }
        }
        finally
        {
            if (instance.CommitEnds())
                Queue(instance);
            else if (turn.IsLast || directory.KeepsNone)
                directory.Forget(instance);
            work.Done();
        }
    }

    private void Fail(HotInstance instance, List<Message> messages, Exception exception)
    {
        if (instance.IsLoaded || exception is ObjectDisposedException)
        {
            // The store cannot be read any more, or the engine has a bug: what is in memory cannot be relied on.
            Refuse(messages, Break(instance, exception, "a turn of it failed in the engine"));
            return;
        }

        Postpone(instance, messages, exception);
    }

    private void Postpone(HotInstance instance, IReadOnlyList<Message> messages, Exception exception)
    {
        _logger.LogError(exception, "Instance '{InstanceId}' could not be read; it is tried again", instance.Id);

        // Clients are told; what nobody would send again stays, in its order.
        var stay = messages.ToLookup(message => message.IsInternal || message is AnswerMessage or TimerMessage or ResumeMessage);
        foreach (var message in stay[false])
            message.Refuse(exception);
        instance.Postpone(stay[true]);
        _postponed[instance] = true;
        _ = RetryAsync(instance);
    }

    private async Task RetryAsync(HotInstance instance)
    {
        await Task.Delay(RetryAfterFailure, services.Time, CancellationToken.None).ConfigureAwait(false);
        Retry(instance);
    }

    private void Retry(HotInstance instance)
    {
        if (_postponed.TryRemove(instance, out _) && instance.Retry())
            Queue(instance);
    }

    /// <summary>Sets an instance aside; what its callers are told.</summary>
    private InstanceUnavailableException Break(HotInstance instance, Exception exception, string why)
    {
        if (instance.Broken is { } broken)
            return broken;
        var stops = exception is ObjectDisposedException;
        instance.Broken = stops ? InstanceUnavailableException.NotRunning(instance.Id, exception) : InstanceUnavailableException.SetAside(instance.Id, why, exception);
        if (!stops)
            _logger.LogError(exception, "Instance '{InstanceId}' is set aside as it was before, until the next start: {Why}", instance.Id, why);
        return instance.Broken;
    }

    private static void Refuse(List<Message> messages, Exception exception)
    {
        foreach (var message in messages)
            message.Refuse(exception);
    }
}
