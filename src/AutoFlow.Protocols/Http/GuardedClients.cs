using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Protocols.Http;

/// <summary>Clients of others that must not reach where calls may not reach either.</summary>
public static class GuardedClients
{
    /// <summary>
    /// Adds a named client that connects to no link-local address and to no cloud's metadata service, whatever a name resolves to,
    /// and only to <see cref="ProtocolOptions.AllowedHosts"/>; for others it throws a
    /// <see cref="Workflows.Execution.WorkflowErrorException"/>. It needs <see cref="ProtocolServices.AddProtocols"/>. It follows no redirects and logs no addresses.
    /// </summary>
    public static IHttpClientBuilder AddGuardedHttpClient(this IServiceCollection services, string name, Action<HttpClient> configure) => services
        .AddHttpClient(name, configure)
        .ConfigurePrimaryHttpMessageHandler(static () => Connections.Sender(null))
        .AddHttpMessageHandler(static provider => new EgressHandler(provider.GetRequiredService<EgressPolicy>()))
        .RemoveAllLoggers();
}
