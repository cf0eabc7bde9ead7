using System.ClientModel;
using System.ClientModel.Primitives;
using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Understanding;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Chat;

namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>Registers a model of Azure OpenAI as the understanding.</summary>
public static class AzureOpenAIConnector
{
    /// <summary>The key under which the <see cref="TokenCredential"/> is registered; one registered before is used instead.</summary>
    public const string CredentialKey = "azure-openai";

    /// <summary>The name of the <see cref="HttpClient"/> that calls the service.</summary>
    public const string HttpClientName = "azure-openai";

    /// <summary>
    /// Adds <see cref="IUnderstanding"/> by the model when the section <c>AzureOpenAI</c> is filled; else nothing. It needs
    /// <see cref="IModelCalls"/>, <see cref="IModelWaits"/> and <see cref="HidePersonalData"/>. A wrong section stops the start with one line for each mistake.
    /// </summary>
    /// <param name="taxonomyFile">The labels in words; see <see cref="IntentTaxonomy.Read"/>.</param>
    /// <param name="builtIn">What understands first, and alone where the model does not answer.</param>
    public static IServiceCollection AddAzureOpenAI(
        this IServiceCollection services, IConfiguration configuration, string taxonomyFile, Func<IServiceProvider, IUnderstanding> builtIn)
    {
        if (AzureOpenAIOptions.Read(configuration) is not var (options, mistakes)) return services;
        var (taxonomy, broken) = Taxonomy(taxonomyFile);
        services.AddSingleton<IValidateOptions<AzureOpenAIOptions>>(new Checked(broken is null ? mistakes : [.. mistakes, broken]));
        services.AddOptions<AzureOpenAIOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton<TokenCredential>(
            CredentialKey, (_, _) => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ManagedIdentityClientId }));
        // The key or token goes to the configured host and, without redirects, to no other. Failures are data and are logged without the request.
        services.AddHttpClient(HttpClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton<IUnderstanding>(provider => new AzureOpenAIUnderstanding(
            builtIn(provider),
            new ChatCall(Client(options, provider), options.Timeout, provider.GetRequiredService<TimeProvider>()),
            taxonomy,
            provider.GetRequiredService<HidePersonalData>(),
            provider.GetRequiredService<IModelCalls>(),
            provider.GetRequiredService<IModelWaits>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AzureOpenAIUnderstanding>>()));
        return services;
    }

    // No retries: the queue asks again, durably and with its own patience. The one deadline is that of the whole call.
    private static ChatClient Client(AzureOpenAIOptions options, IServiceProvider provider)
    {
        AuthenticationPolicy authentication = options.ApiKey is { } key
            ? ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(key), "api-key")
            : new BearerTokenPolicy(provider.GetRequiredKeyedService<TokenCredential>(CredentialKey), options.TokenScope);
#pragma warning disable OPENAI001 // Microsoft's documented way to Entra ID; the package still marks it as one that may change.
        return new ChatClient(options.Deployment, authentication, new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)),
        });
#pragma warning restore OPENAI001
    }

    private static (IntentTaxonomy Taxonomy, string? Mistake) Taxonomy(string file)
    {
        try
        {
            return (IntentTaxonomy.Read(file), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return (new IntentTaxonomy([]), exception.Message);
        }
    }

    /// <summary>What was found when the section was read, told when the app starts.</summary>
    private sealed class Checked(IReadOnlyList<string> mistakes) : IValidateOptions<AzureOpenAIOptions>
    {
        public ValidateOptionsResult Validate(string? name, AzureOpenAIOptions options) =>
            mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
