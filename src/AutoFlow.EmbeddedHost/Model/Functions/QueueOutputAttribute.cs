using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Sends what the method returns, or the property's value, to a queue when the function has succeeded.</summary>
/// <param name="queueName">The queue's name; <c>%Setting%</c> is resolved from the configuration.</param>
public sealed class QueueOutputAttribute(string queueName) : OutputBindingAttribute
{
    /// <summary>The queue's name as it was written.</summary>
    public string QueueName { get; } = queueName;

    /// <summary>The name of the setting that holds the storage connection; null means AzureWebJobsStorage.</summary>
    public string? Connection { get; set; }
}
