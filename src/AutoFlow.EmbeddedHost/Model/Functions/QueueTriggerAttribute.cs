using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function by a queue message.</summary>
/// <param name="queueName">The queue's name; <c>%Setting%</c> is resolved from the configuration.</param>
public sealed class QueueTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    /// <summary>The queue's name as it was written.</summary>
    public string QueueName { get; } = queueName;

    /// <summary>The name of the setting that holds the storage connection; null means AzureWebJobsStorage.</summary>
    public string? Connection { get; set; }
}
