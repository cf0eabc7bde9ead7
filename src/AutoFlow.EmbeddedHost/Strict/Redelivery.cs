using Azure.Storage.Queues.Models;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>
/// Queue messages are at least once: one that was handled may not get deleted, and is delivered again with a higher dequeue
/// count, at once or a little later.
/// </summary>
internal sealed class Redelivery(StrictOptions strict, string queue, int maxDequeueCount)
{
    private const int LatestSeconds = 2;

    /// <summary>After how long a handled message is delivered again; null for never.</summary>
    /// <param name="message">The message as it was taken.</param>
    public TimeSpan? Again(QueueMessage message)
    {
        // One that is taken once too often goes to the poison queue, which here would be the fault's doing.
        var what = $"message {queue} {message.Body} {message.DequeueCount}";
        return message.DequeueCount < maxDequeueCount && Chance.Befalls(strict, strict.MessagesAgain, what)
            ? TimeSpan.FromSeconds(Chance.Draw(strict, $"wait {what}") % (LatestSeconds + 1))
            : null;
    }
}
