using AutoFlow.Protocols.Authentication;
using AutoFlow.Protocols.Documents;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Options;

namespace AutoFlow.Protocols.A2A;

/// <summary>
/// A method of an agent (OWS dsl-reference.md, "A2A Call"). Arguments:
/// <c>{ agentCard?: { endpoint }, server?: { endpoint }, method, parameters? }</c>. The output is the JSON-RPC result; of
/// <c>message/stream</c> and <c>tasks/resubscribe</c> the list of all results. Credentials of a card's endpoint go to the agent
/// too, where the agent is on the same host.
/// </summary>
internal sealed class A2AProtocol(
    HttpExchange http, DocumentStore documents, Authorizations authorizations, IOptions<ProtocolOptions> options) : IProtocol
{
    private static readonly string[] Streams = ["message/stream", "tasks/resubscribe"];

    /// <inheritdoc />
    public string Name => Workflows.Execution.Protocols.A2A;

    /// <inheritdoc />
    public async Task<JqValue> CallAsync(ProtocolRequest request, CancellationToken cancellation)
    {
        var arguments = request.Arguments;
        var (uri, authorization) = await AgentAsync(arguments, request.Secrets, cancellation);
        var method = arguments["method"].AsString() ?? "";
        var parameters = arguments["parameters"];
        if (parameters.Kind is not (JqKind.Object or JqKind.Null))
            throw Failures.Validation($"the parameters of an agent's method are an object, not {parameters.TypeName}");
        var id = StableId.Of(request.Key);
        var sent = IdempotencyKey.Put(JsonRpc.Request(uri, id, method, parameters), request.Key);
        var answer = await http.SendAsync(sent, authorization, options.Value.LargestAnswer, cancellation);
        var results = await JsonRpc.ResultsAsync(answer, id, request.Secrets, cancellation);
        if (Streams.Contains(method)) return JqValue.FromArray(results);
        return results.Count > 0 ? results[^1] : throw Failures.BadAnswer($"the agent at {answer.Origin} answered nothing");
    }

    private async Task<(Uri Uri, IAuthorization? Authorization)> AgentAsync(JqValue arguments, RevealedSecrets secrets, CancellationToken cancellation)
    {
        var card = arguments["agentCard"]["endpoint"];
        if (card.IsNull)
        {
            var server = arguments["server"]["endpoint"];
            return (HttpFields.Address(server, "the agent"), authorizations.For(server["authentication"], secrets));
        }

        var endpoint = AgentCard.Endpoint(card);
        var document = await documents.GetAsync(endpoint, "the agent's card", secrets, cancellation);
        var uri = AgentCard.Address(document);
        var same = Authorizing.SameOrigin(uri, HttpFields.Address(endpoint, "the agent's card"));
        return (uri, same ? authorizations.For(endpoint["authentication"], secrets) : null);
    }
}
