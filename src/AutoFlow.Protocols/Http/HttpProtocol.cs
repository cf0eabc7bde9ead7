using AutoFlow.Protocols.Authentication;
using AutoFlow.Workflows.Jq;
using Microsoft.Extensions.Options;

namespace AutoFlow.Protocols.Http;

/// <summary>
/// An HTTP call. Arguments: <c>{ method, endpoint: { uri, authentication? }, headers?, query?, body?, output?, redirect? }</c>.
/// </summary>
internal sealed class HttpProtocol(HttpExchange http, Authorizations authorizations, IOptions<ProtocolOptions> options) : IProtocol
{
    /// <inheritdoc />
    public string Name => Workflows.Execution.Protocols.Http;

    /// <inheritdoc />
    public async Task<JqValue> CallAsync(ProtocolRequest request, CancellationToken cancellation)
    {
        var arguments = request.Arguments;
        var authorization = authorizations.For(arguments["endpoint"]["authentication"], request.Secrets);
        var answer = await http.SendAsync(IdempotencyKey.Put(Read(arguments), request.Key), authorization, options.Value.LargestAnswer, cancellation);
        return HttpOutput.Of(answer.Expect(arguments["redirect"].IsTruthy), arguments["output"].AsString());
    }

    private static HttpCallRequest Read(JqValue arguments)
    {
        var method = arguments["method"].AsString()?.ToUpperInvariant() ?? "";
        if (!HttpFields.IsToken(method) || method == "CONNECT") throw Failures.Validation($"'{Failures.Shown(method)}' is no HTTP method");
        var uri = HttpFields.WithQuery(HttpFields.Address(arguments["endpoint"], "the call"), arguments["query"]);
        return HttpBody.Put(new HttpCallRequest(method, uri, HttpFields.Headers(arguments["headers"])), arguments["body"]);
    }
}
