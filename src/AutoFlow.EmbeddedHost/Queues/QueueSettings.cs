using Azure.Storage.Queues;

namespace AutoFlow.EmbeddedHost.Queues;

/// <summary>How queue functions take messages: host.json, <c>extensions.queues</c>. Defaults are Microsoft's.</summary>
internal sealed record QueueSettings
{
    /// <summary>The longest wait between two looks into an empty queue of a storage account. The embedded queue never polls.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a message waits after a failed try.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>How many messages are taken at once, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>New messages are taken when no more than this many are running; null means half a batch.</summary>
    public int? NewBatchThreshold { get; init; }

    /// <summary>How often a message is tried before it goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How message texts are encoded.</summary>
    public QueueMessageEncoding MessageEncoding { get; init; } = QueueMessageEncoding.Base64;

    /// <summary>The number of running messages at and below which new ones are taken.</summary>
    public int Threshold => NewBatchThreshold ?? BatchSize / 2;
}
