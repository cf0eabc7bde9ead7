using AutoFlow.Protocols.Authentication;
using AutoFlow.Protocols.Documents;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Options;

namespace AutoFlow.Protocols.OpenApi;

/// <summary>
/// A call of an operation that an OpenAPI document describes. Arguments:
/// <c>{ document: { endpoint }, operationId, parameters?, authentication?, output?, redirect? }</c>.
/// </summary>
internal sealed class OpenApiProtocol(
    HttpExchange http, DocumentStore documents, Authorizations authorizations, IOptions<ProtocolOptions> options) : IProtocol
{
    /// <inheritdoc />
    public string Name => Workflows.Execution.Protocols.OpenApi;

    /// <inheritdoc />
    public async Task<JqValue> CallAsync(ProtocolRequest request, CancellationToken cancellation)
    {
        var arguments = request.Arguments;
        var document = await documents.GetAsync(arguments["document"]["endpoint"], "the OpenAPI document", request.Secrets, cancellation);
        var operation = OpenApiDocument.Of(document).Find(arguments["operationId"].AsString() ?? "");
        var sent = IdempotencyKey.Put(OpenApiRequest.Of(operation, arguments["parameters"]), request.Key);
        var authorization = authorizations.For(arguments["authentication"], request.Secrets);
        var answer = await http.SendAsync(sent, authorization, options.Value.LargestAnswer, cancellation);
        return HttpOutput.Of(answer.Expect(arguments["redirect"].IsTruthy), arguments["output"].AsString());
    }
}
