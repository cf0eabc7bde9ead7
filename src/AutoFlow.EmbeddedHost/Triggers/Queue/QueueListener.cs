using AutoFlow.EmbeddedHost.Hosting;
using AutoFlow.EmbeddedHost.Queues;
using AutoFlow.EmbeddedHost.Strict;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Triggers.Queue;

/// <summary>Takes the messages of one queue function and runs it: a batch at a time, five tries, then the poison queue.</summary>
internal sealed class QueueListener(
    FunctionDescriptor function,
    QueueTrigger trigger,
    QueueConnections connections,
    IQueueIdle idle,
    FunctionInvoker invoker,
    QueueSettings settings,
    TimeProvider time,
    ILogger logger,
    DurableBacklog? backlog = null,
    Redelivery? redelivery = null) : ITriggerListener
{
    /// <summary>How long a message is hidden while its function runs; renewed at half time. Microsoft's host has the same.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestPauseAfterFault = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoning = new();
    private readonly PoisonQueue _poison = new(trigger, connections, logger);
    private QueueClient _queue = null!;
    private Task _listening = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken ct)
    {
        _queue = connections.Receiver(trigger.Connection, trigger.Queue, _poison.AddUndecodableAsync);
        await _queue.CreateIfNotExistsAsync(cancellationToken: ct);
        _listening = ListenAsync();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken grace)
    {
        await _stopping.CancelAsync();
        await using var abandon = grace.Register(_abandoning.Cancel);
        await _listening;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _abandoning.Dispose();
    }

    private async Task ListenAsync()
    {
        var running = new HashSet<Task>();
        var (empty, faults) = (0, 0);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await RoomAsync(running);
                if (backlog is not null)
                    await backlog.WaitAsync(_stopping.Token);

                // Taken before the look: what changes after it is not missed.
                var change = idle.NextChange();
                var messages = await TakeAsync();
                foreach (var message in messages)
                    running.Add(ProcessAsync(message));
                empty = messages.Count == 0 ? empty + 1 : 0;
                faults = 0;
                if (empty > 0)
                    await idle.WaitAsync(change, empty, _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
            }
            catch (Exception fault)
            {
                // Whatever it was (the network, a token, a full disk): a listener that ended would leave its queue unread until the next start.
                logger.LogWarning(fault, "The queue '{Queue}' of {Function} could not be read; trying again", trigger.Queue, function.Name);
                await PauseAsync(++faults);
            }
        }

        await Task.WhenAll(running);
    }

    private async Task RoomAsync(HashSet<Task> running)
    {
        running.RemoveWhere(static task => task.IsCompleted);
        while (running.Count > settings.Threshold)
        {
            await Task.WhenAny(running).WaitAsync(_stopping.Token);
            running.RemoveWhere(static task => task.IsCompleted);
        }
    }

    // Not cancelled half-way: messages that were taken but never seen would stay hidden for the whole lease.
    private async Task<IReadOnlyCollection<QueueMessage>> TakeAsync() =>
        (await _queue.ReceiveMessagesAsync(settings.BatchSize, Lease, CancellationToken.None)).Value;

    private async Task PauseAsync(int faults)
    {
        try
        {
            await Task.Delay(PollingQueueIdle.Delay(LongestPauseAfterFault, faults), time, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ProcessAsync(QueueMessage message)
    {
        await Task.Yield();
        try
        {
            if (message.DequeueCount > settings.MaxDequeueCount && _poison.Exists)
            {
                await _poison.AddAsync(message, "it was taken too often without an answer");
                await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                return;
            }

            using var lease = new MessageLease(_queue, message, Lease, time, logger);
            var outcome = await invoker.InvokeAsync(function, new QueueEvent(message, trigger.Queue), _abandoning.Token);
            await FinishAsync(message, await lease.EndAsync(), outcome);
        }
        catch (Exception fault)
        {
            logger.LogError(
                fault, "The message {MessageId} of the queue '{Queue}' could not be finished; it will be taken again", message.MessageId, trigger.Queue);
        }
    }

    private async Task FinishAsync(QueueMessage message, string receipt, InvocationOutcome outcome)
    {
        if (outcome.Failure is null && redelivery?.Again(message) is { } wait)
        {
            await _queue.UpdateMessageAsync(message.MessageId, receipt, (string?)null, wait);
        }
        else if (outcome.Failure is null)
        {
            await _queue.DeleteMessageAsync(message.MessageId, receipt);
        }
        else if (message.DequeueCount < settings.MaxDequeueCount)
        {
            await _queue.UpdateMessageAsync(message.MessageId, receipt, (string?)null, settings.VisibilityTimeout);
        }
        else if (_poison.Exists)
        {
            var reason = outcome.Failure is BindingException binding ? binding.Message : outcome.Failure.GetType().Name;
            await _poison.AddAsync(message, $"{function.Name} failed {message.DequeueCount} times, last with: {reason}");
            await _queue.DeleteMessageAsync(message.MessageId, receipt);
        }
    }
}
