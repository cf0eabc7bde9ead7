namespace AutoFlow.Connectors.Graph;

/// <summary>
/// A proxy or a load balancer can answer in Graph's place with a page of its own, which the SDK cannot read and would report
/// as a bug. An error keeps its status and loses the page; a page instead of a result counts as Graph being away.
/// </summary>
internal sealed class ForeignAnswers : DelegatingHandler
{
    /// <summary>Throws <see cref="HttpRequestException"/> for a success that is not JSON.</summary>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is not { } type || type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
            return response;
        if (response.IsSuccessStatusCode)
        {
            response.Dispose();
            throw new HttpRequestException($"{type} came instead of Graph's JSON.");
        }
        response.Content.Dispose();
        response.Content = new ByteArrayContent([]);
        return response;
    }
}
