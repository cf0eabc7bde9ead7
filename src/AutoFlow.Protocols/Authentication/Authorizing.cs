using System.Net;

namespace AutoFlow.Protocols.Authentication;

/// <summary>Puts credentials on requests to the endpoint they are for, and tries once more where a service no longer takes a kept token.</summary>
internal sealed class Authorizing(IAuthorization authorization, Uri endpoint) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!SameOrigin(request.RequestUri!, endpoint)) return await base.SendAsync(request, cancellationToken);
        if (await authorization.HeaderAsync(cancellationToken) is { } header) request.Headers.Authorization = header;
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || await authorization.AnotherAsync(cancellationToken) is not { } another)
            return response;
        response.Dispose();
        request.Headers.Authorization = another;
        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>Whether two addresses have the same scheme, host and port.</summary>
    public static bool SameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
