using AutoFlow.Support.Orders;

namespace AutoFlow.Support.Messages;

/// <summary>The mail service's side of incoming mail.</summary>
public interface IMailbox
{
    /// <summary>
    /// Fetches a message that a notification named. The item is null when there is nothing to answer: the message was
    /// deleted meanwhile, or it is a draft. Fails with <c>mail-unavailable</c> or <c>mail-throttled</c> (transient),
    /// <c>mail-unauthorized</c>, <c>mail-refused</c> or <c>mail-unreadable</c>.
    /// </summary>
    /// <param name="userId">Whose mailbox; null for the configured one.</param>
    /// <param name="messageId">The message's id in that mailbox.</param>
    Task<Result<Found<InboundMessage>>> FetchAsync(string? userId, string messageId, CancellationToken ct);
}
