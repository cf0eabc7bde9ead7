using AutoFlow.Support;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Orders;

namespace AutoFlow.Functions.Messages;

/// <summary>Stands in while no mail service is configured.</summary>
public sealed class NoMailbox : IMailbox
{
    public Task<Result<Found<InboundMessage>>> FetchAsync(string? userId, string messageId, CancellationToken ct) =>
        Task.FromResult<Result<Found<InboundMessage>>>(new Failure("mail-refused", "Microsoft Graph is not configured; set Graph:Mailbox and Graph:ClientState."));
}
