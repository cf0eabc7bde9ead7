using AutoFlow.Protocols.Authentication;
using AutoFlow.Protocols.Documents;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Options;

namespace AutoFlow.Protocols.AsyncApi;

/// <summary>
/// Publishes a message to a channel that an AsyncAPI document describes, over HTTP. Arguments:
/// <c>{ document: { endpoint }, channel?, operation?, server?: { name, variables? }, protocol?, message: { headers?, payload? }, authentication? }</c>.
/// The output is what the server answers, null when it only accepts.
/// </summary>
internal sealed class AsyncApiProtocol(
    HttpExchange http, DocumentStore documents, Authorizations authorizations, IOptions<ProtocolOptions> options) : IProtocol
{
    /// <inheritdoc />
    public string Name => Workflows.Execution.Protocols.AsyncApi;

    /// <inheritdoc />
    public async Task<JqValue> CallAsync(ProtocolRequest request, CancellationToken cancellation)
    {
        var arguments = request.Arguments;
        var document = await documents.GetAsync(arguments["document"]["endpoint"], "the AsyncAPI document", request.Secrets, cancellation);
        var operation = AsyncApiDocument.Of(document).Find(arguments["channel"].AsString(), arguments["operation"].AsString());
        var server = AsyncApiServer.Choose(operation.Servers, arguments["server"]["name"].AsString(), arguments["protocol"].AsString());
        var start = server.At(arguments["server"]["variables"]).AbsoluteUri.TrimEnd('/');
        var uri = HttpFields.Address(operation.Address.Length > 0 ? $"{start}/{operation.Address.TrimStart('/')}" : start, "the channel");
        var message = arguments["message"];
        var bare = new HttpCallRequest(operation.Method, uri, HttpFields.Headers(message["headers"]));
        var sent = IdempotencyKey.Put(HttpBody.Put(bare, message["payload"], operation.ContentType), request.Key);
        var answer = await http.SendAsync(sent, authorizations.For(arguments["authentication"], request.Secrets), options.Value.LargestAnswer, cancellation);
        return HttpOutput.Content(answer.Expect(redirect: false));
    }
}
