using System.Net;
using AutoFlow.Protocols.Authentication;

namespace AutoFlow.Protocols.Http;

/// <summary>Opens clients whose every request is checked by the egress policy, bounded, and authenticated where that was asked for.</summary>
internal sealed class Connections(IHttpMessageHandlerFactory handlers, EgressPolicy egress)
{
    /// <summary>The name of the shared handler.</summary>
    public const string HandlerName = "AutoFlow.Protocols";

    /// <summary>The handler that sends: no redirects, no cookies, no proxy that would resolve names behind the policy's back.</summary>
    /// <param name="credentials">Credentials for a digest challenge; null without.</param>
    public static SocketsHttpHandler Sender(ICredentials? credentials) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = EgressPolicy.ConnectAsync,
        Credentials = credentials,
    };

    /// <summary>A client for one call; the caller disposes it. Its time limit is the token's.</summary>
    /// <param name="endpoint">Where credentials may go: they are sent to this scheme, host and port only.</param>
    /// <param name="authorization">The credentials; null without.</param>
    /// <param name="mostBytes">How long an answer may be.</param>
    /// <param name="outermost">A handler around all others; null without.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">The address may not be called.</exception>
    public HttpClient Open(Uri endpoint, IAuthorization? authorization, long mostBytes, DelegatingHandler? outermost = null)
    {
        egress.Check(endpoint);
        var digest = authorization?.Digest(endpoint);
        HttpMessageHandler handler = new EgressHandler(egress)
        {
            InnerHandler = digest is null ? new Shared(handlers.CreateHandler(HandlerName)) : Sender(digest),
        };
        if (authorization is not null) handler = new Authorizing(authorization, endpoint) { InnerHandler = handler };
        handler = new BoundedAnswers(mostBytes) { InnerHandler = handler };
        if (outermost is not null)
        {
            outermost.InnerHandler = handler;
            handler = outermost;
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Keeps the factory's handler when a client is disposed.</summary>
    private sealed class Shared(HttpMessageHandler inner) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(inner, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _inner.SendAsync(request, cancellationToken);
    }
}
