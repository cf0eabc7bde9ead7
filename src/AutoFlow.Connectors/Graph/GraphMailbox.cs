using AutoFlow.Support;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Orders;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;

namespace AutoFlow.Connectors.Graph;

/// <summary>Fetches messages from Exchange Online. Ids are immutable ones: they do not change when a rule moves the message (learn.microsoft.com/graph/outlook-immutable-id).</summary>
internal sealed class GraphMailbox(GraphServiceClient graph, GraphOptions options) : IMailbox
{
    internal const string ImmutableIds = "IdType=\"ImmutableId\"";

    public Task<Result<Found<InboundMessage>>> FetchAsync(string? userId, string messageId, CancellationToken ct) => GraphCall.TryAsync<Found<InboundMessage>>(
        async () =>
        {
            try
            {
                var message = await graph.Users[userId ?? options.Mailbox].Messages[messageId].GetAsync(
                    request =>
                    {
                        request.Headers.Add("Prefer", ImmutableIds);
                        request.QueryParameters.Select = GraphMessage.Select;
                        request.QueryParameters.Expand = GraphMessage.Expand;
                    },
                    ct);
                if (message is null || message.IsDraft == true)
                    return new Found<InboundMessage>(null);
                return GraphMessage.Read(message, options) is { } inbound
                    ? new Found<InboundMessage>(inbound)
                    : new Failure("mail-unreadable", "The message has no sender.");
            }
            catch (ODataError error) when (GraphCall.IsGone(error))
            {
                return new Found<InboundMessage>(null);
            }
        },
        ct);
}
