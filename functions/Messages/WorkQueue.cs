using System.Collections.Concurrent;
using AutoFlow.Functions.Telemetry;
using Azure.Storage.Queues;

namespace AutoFlow.Functions.Messages;

/// <summary>Enqueues keys. A queue is made on first use.</summary>
public sealed class WorkQueue(QueueServiceClient queues)
{
    private readonly ConcurrentDictionary<string, Task<QueueClient>> _clients = new(StringComparer.Ordinal);

    public async Task SendAsync(string queue, string key, CancellationToken ct)
    {
        using var span = Spans.Send(queue);
        var client = await _clients.GetOrAdd(queue, OpenAsync).WaitAsync(ct);
        await client.SendMessageAsync(key, ct);
    }

    /// <summary>Enqueues a key that is delivered after a while; whole seconds, rounded up.</summary>
    public async Task SendLaterAsync(string queue, string key, TimeSpan wait, CancellationToken ct)
    {
        using var span = Spans.Send(queue);
        var client = await _clients.GetOrAdd(queue, OpenAsync).WaitAsync(ct);
        await client.SendMessageAsync(key, visibilityTimeout: TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)), cancellationToken: ct);
    }

    private async Task<QueueClient> OpenAsync(string queue)
    {
        try
        {
            var client = queues.GetQueueClient(queue);
            await client.CreateIfNotExistsAsync();
            return client;
        }
        catch
        {
            _clients.TryRemove(queue, out _);
            throw;
        }
    }
}
