using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>Queues that only list what was enqueued.</summary>
internal sealed class FakeQueues(Gate gate) : QueueServiceClient
{
    /// <summary>Queue and text, in order.</summary>
    public List<(string Queue, string Text)> Sent { get; } = [];

    /// <summary>What was enqueued to be delivered after a while.</summary>
    public List<(string Queue, string Text, TimeSpan Wait)> Later { get; } = [];

    /// <summary>Takes out everything of a queue.</summary>
    public List<string> Drain(string queue)
    {
        var texts = Sent.FindAll(one => one.Queue == queue).ConvertAll(one => one.Text);
        Sent.RemoveAll(one => one.Queue == queue);
        return texts;
    }

    public override QueueClient GetQueueClient(string queueName) => new FakeQueue(this, gate, queueName);

    private sealed class FakeQueue(FakeQueues queues, Gate gate, string name) : QueueClient
    {
        public override Task<Response> CreateIfNotExistsAsync(IDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default) =>
            Task.FromResult<Response>(null!);

        public override async Task<Response<SendReceipt>> SendMessageAsync(string messageText, CancellationToken cancellationToken)
        {
            await gate.PassAsync($"queue.{name}");
            queues.Sent.Add((name, messageText));
            return null!;
        }

        public override async Task<Response<SendReceipt>> SendMessageAsync(
            string messageText, TimeSpan? visibilityTimeout = null, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default)
        {
            await gate.PassAsync($"queue.{name}");
            queues.Later.Add((name, messageText, visibilityTimeout ?? TimeSpan.Zero));
            return null!;
        }
    }
}
