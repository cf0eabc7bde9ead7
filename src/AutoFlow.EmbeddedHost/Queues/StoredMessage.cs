namespace AutoFlow.EmbeddedHost.Queues;

/// <summary>A message in the embedded queue.</summary>
/// <param name="Id">The id, unique.</param>
/// <param name="PopReceipt">The proof of the last reception or update; empty in a peek.</param>
/// <param name="Body">The text as it was sent, encoded.</param>
/// <param name="InsertedAt">When it was sent.</param>
/// <param name="ExpiresAt">When it is dropped.</param>
/// <param name="VisibleAt">When it can be received again.</param>
/// <param name="DequeueCount">How often it has been received.</param>
internal sealed record StoredMessage(
    string Id,
    string PopReceipt,
    string Body,
    DateTimeOffset InsertedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset VisibleAt,
    long DequeueCount);

/// <summary>How a call that names a queue or a message ended.</summary>
internal enum QueueOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>The queue was there already, with the same metadata.</summary>
    AlreadyThere,

    /// <summary>The queue is there with other metadata.</summary>
    OtherMetadata,

    /// <summary>There is no such queue.</summary>
    QueueNotFound,

    /// <summary>There is no such message, or it has expired.</summary>
    MessageNotFound,

    /// <summary>The message has been received again since: the receipt is no longer its own.</summary>
    PopReceiptMismatch,
}
