using AutoFlow.Support.Health;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Graph;
using Microsoft.Graph.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

namespace AutoFlow.Connectors.Graph;

/// <summary>Registers the mailbox and the reply channel <c>mail</c>.</summary>
public static class GraphConnector
{
    /// <summary>The key under which the <see cref="TokenCredential"/> for Graph is registered; one registered before is used instead.</summary>
    public const string CredentialKey = "graph";

    /// <summary>
    /// Adds <see cref="GraphOptions"/>, <see cref="IMailbox"/> and <see cref="IReplyChannel"/> when the section <c>Graph</c> is
    /// filled; else nothing. Throws <see cref="InvalidOperationException"/> when it is half filled.
    /// </summary>
    public static IServiceCollection AddGraph(this IServiceCollection services, IConfiguration configuration)
    {
        if (GraphOptions.Read(configuration) is not { } options)
            return services;
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DependencyHealth>();
        services.TryAddKeyedSingleton(CredentialKey, (_, _) => Credential(options));
        services.AddSingleton(provider => Client(
            options, provider.GetRequiredKeyedService<TokenCredential>(CredentialKey), provider.GetRequiredService<DependencyHealth>()));
        services.AddSingleton<IMailbox, GraphMailbox>();
        services.AddSingleton<IReplyChannel, GraphReplyChannel>();
        return services;
    }

    private static TokenCredential Credential(GraphOptions options) => options switch
    {
        { ClientSecret: { } secret, TenantId: { } tenant, ClientId: { } client } => new ClientSecretCredential(tenant, client, secret),
        { ClientId: { } client } => new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client)),
        _ => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
    };

    // The SDK's own retries are left out: the outbox and the workflow retry, durably and with their own patience, and a
    // wait inside the call would hold a worker. The token goes to the configured host and to no other.
    private static GraphServiceClient Client(GraphOptions options, TokenCredential credential, DependencyHealth health)
    {
        var http = GraphClientFactory.Create(
            GraphClientFactory.CreateDefaultHandlers().Where(handler => handler is not RetryHandler).Append(new ForeignAnswers()).Append(new HealthHandler(health, OutsideServices.Mail)),
            finalHandler: new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                AutomaticDecompression = System.Net.DecompressionMethods.All,
                AllowAutoRedirect = false,
            });
        http.Timeout = options.Timeout;
        var scope = new Uri(options.BaseUrl, "/.default").ToString();
        return new GraphServiceClient(
            http,
            new AzureIdentityAuthenticationProvider(credential, [options.BaseUrl.Host], null, false, scope),
            options.BaseUrl.ToString().TrimEnd('/'));
    }
}
