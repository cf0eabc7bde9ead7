using System.Net;
using AutoFlow.Support.Health;

namespace AutoFlow.Connectors;

/// <summary>Tells <see cref="DependencyHealth"/> how each call of a service went. It changes nothing of the call.</summary>
internal sealed class HealthHandler(DependencyHealth health, string service) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (IsTrouble(response.StatusCode)) health.Failed(service, $"it answered {(int)response.StatusCode}");
            else health.Succeeded(service);
            return response;
        }
        catch (HttpRequestException exception)
        {
            health.Failed(service, $"it could not be reached ({exception.HttpRequestError})");
            throw;
        }
        catch (OperationCanceledException)
        {
            // The client's time limit cancels in the same way as a caller who stops; a stop is rare, and the next call mends it.
            health.Failed(service, "it did not answer in time");
            throw;
        }
    }

    // What a service says to a wrong order number is an answer; that it does not know our key, or has no room, is trouble.
    private static bool IsTrouble(HttpStatusCode status) => status
        is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or >= HttpStatusCode.InternalServerError;
}
