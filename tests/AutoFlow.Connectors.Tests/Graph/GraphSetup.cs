using AutoFlow.Connectors.Graph;
using AutoFlow.Connectors.Recorded;
using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Connectors.Tests.Graph;

/// <summary>Composes the adapter as the app does, with a token that the stub takes.</summary>
internal static class GraphSetup
{
    public static ServiceProvider Compose(GraphStub stub, string token = GraphStub.Token, string timeout = "00:00:30", string? own = null)
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton<TokenCredential>(GraphConnector.CredentialKey, new FixedToken(token));
        services.AddGraph(Configuration(
            ("Graph:Mailbox", GraphStub.Mailbox), ("Graph:ClientState", "secret"), ("Graph:BaseUrl", stub.BaseUrl.ToString()), ("Graph:Timeout", timeout),
            ("Mail:OwnAddresses:0", own)));
        services.AddRecordedReplies();
        return services.BuildServiceProvider();
    }

    public static IConfiguration Configuration(params (string Key, string? Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, value.Value)))
        .Build();

    private sealed class FixedToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
