using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Protocols.Http;

/// <summary>Clients of others that must not reach where calls may not reach either.</summary>
public static class GuardedClients
{
    /// <summary>
    /// Adds a named client that connects to no link-local address and to no cloud's metadata service, whatever a name resolves to.
    /// It follows no redirects and logs no addresses.
    /// </summary>
    public static IHttpClientBuilder AddGuardedHttpClient(this IServiceCollection services, string name, Action<HttpClient> configure) => services
        .AddHttpClient(name, configure)
        .ConfigurePrimaryHttpMessageHandler(static () => Connections.Sender(null))
        .RemoveAllLoggers();
}
