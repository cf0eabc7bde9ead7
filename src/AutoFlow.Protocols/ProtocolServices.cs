using AutoFlow.Protocols.A2A;
using AutoFlow.Protocols.AsyncApi;
using AutoFlow.Protocols.Authentication;
using AutoFlow.Protocols.Documents;
using AutoFlow.Protocols.Http;
using AutoFlow.Protocols.Mcp;
using AutoFlow.Protocols.OpenApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutoFlow.Protocols;

/// <summary>Registers the calls to the outside.</summary>
public static class ProtocolServices
{
    /// <summary>
    /// Adds <see cref="IProtocolCaller"/> and <see cref="SecretMarks"/>, configured by the section <c>Protocols</c>; the app adds its
    /// <see cref="ISecretSource"/>. A wrong section stops the start with a plain message.
    /// </summary>
    public static IServiceCollection AddProtocols(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ProtocolOptions>()
            .Bind(configuration.GetSection(ProtocolOptions.Section))
            .Validate(static o => o.Timeout > TimeSpan.Zero && o.Timeout <= TimeSpan.FromDays(1), "Protocols:Timeout is not between zero and one day.")
            .Validate(static o => o.LargestAnswer > 0, "Protocols:LargestAnswer is not above zero.")
            .Validate(static o => o.LargestDocument > 0, "Protocols:LargestDocument is not above zero.")
            .Validate(static o => o.DocumentLifetime >= TimeSpan.Zero, "Protocols:DocumentLifetime is below zero.")
            .Validate(static o => o.AllowedHosts.All(IsHost), "Protocols:AllowedHosts holds something else than host names, as api.example.com or *.example.com.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(Connections.HandlerName)
            .ConfigurePrimaryHttpMessageHandler(static () => Connections.Sender(null))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // pooled connections end by themselves
            .RemoveAllLoggers(); // addresses and headers may hold personal data and secrets
        services.AddSingleton<EgressPolicy>();
        services.AddSingleton<Connections>();
        services.AddSingleton<HttpExchange>();
        services.AddSingleton<OAuthTokens>();
        services.AddSingleton<Authorizations>();
        services.AddSingleton<DocumentStore>();
        services.AddSingleton<IProtocol, HttpProtocol>();
        services.AddSingleton<IProtocol, OpenApiProtocol>();
        services.AddSingleton<IProtocol, AsyncApiProtocol>();
        services.AddSingleton<IProtocol, A2AProtocol>();
        services.AddSingleton<IProtocol, McpProtocol>();
        services.AddSingleton<SecretMarks>();
        services.AddSingleton<IProtocolCaller, ProtocolCaller>();
        return services;
    }

    private static bool IsHost(string pattern) =>
        Uri.CheckHostName(pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern[2..] : pattern) != UriHostNameType.Unknown;
}
