using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutoFlow.Functions.Messages;

/// <summary>The client with which the app enqueues. Without a storage account the embedded host registers its own.</summary>
public static class StorageQueues
{
    private const string Connection = "AzureWebJobsStorage";

    public static IServiceCollection AddStorageQueues(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetSection(Connection).Exists()) services.TryAddSingleton(_ => Open(configuration));
        return services;
    }

    // Base64 is what queue triggers expect unless host.json says otherwise, and ours does not.
    private static QueueServiceClient Open(IConfiguration configuration)
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        if (configuration[Connection] is { Length: > 0 } connection) return new QueueServiceClient(connection, options);
        var section = configuration.GetSection(Connection);
        var uri = section["queueServiceUri"] ?? (section["accountName"] is { } account ? $"https://{account}.queue.core.windows.net" : null)
            ?? throw new InvalidOperationException($"{Connection} is not set: give a connection string, or {Connection}__accountName.");
        var credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] });
        return new QueueServiceClient(new Uri(uri), credential, options);
    }
}
