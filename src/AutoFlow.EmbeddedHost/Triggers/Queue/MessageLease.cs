using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Triggers.Queue;

/// <summary>Keeps a message hidden while its function runs.</summary>
internal sealed class MessageLease : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Task<string> _renewing;

    /// <summary>Begins to renew.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="length">How long it is hidden each time; renewed at half of it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told when a renewal fails.</param>
    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan length, TimeProvider time, ILogger logger) =>
        _renewing = RenewAsync(queue, message, length, time, logger);

    /// <summary>Ends the renewal.</summary>
    /// <returns>The message's last pop receipt.</returns>
    public async Task<string> EndAsync()
    {
        await _ended.CancelAsync();
        return await _renewing;
    }

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();

    private async Task<string> RenewAsync(QueueClient queue, QueueMessage message, TimeSpan length, TimeProvider time, ILogger logger)
    {
        var receipt = message.PopReceipt;
        while (true)
        {
            try
            {
                await Task.Delay(length / 2, time, _ended.Token);
            }
            catch (OperationCanceledException)
            {
                return receipt;
            }

            try
            {
                // Not cancelled by the end: a renewal that was sent has a receipt that must be known.
                receipt = (await queue.UpdateMessageAsync(message.MessageId, receipt, (string?)null, length, CancellationToken.None)).Value.PopReceipt;
            }
            catch (Exception fault)
            {
                logger.LogWarning(fault, "The message {MessageId} could not be kept hidden; it may be taken twice", message.MessageId);
            }
        }
    }
}
