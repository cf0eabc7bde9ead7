using System.Collections.Concurrent;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.EmbeddedHost.Queues;

/// <summary>
/// The queue services that connection settings name. A connection string (also <c>UseDevelopmentStorage=true</c>) or
/// <c>[name]__queueServiceUri</c> / <c>[name]__accountName</c> leads to a storage account; a setting that is not there, to the embedded queues.
/// </summary>
internal sealed class QueueConnections : IDisposable
{
    /// <summary>The setting that is used where a binding names none.</summary>
    public const string DefaultName = "AzureWebJobsStorage";

    private static readonly Uri EmbeddedAddress = new("http://embedded.queue.internal/");
    private readonly ConcurrentDictionary<(string Name, QueueMessageEncoding Encoding), QueueServiceClient> _clients = new();
    private readonly IConfiguration _configuration;
    private readonly QueueSettings _settings;
    private readonly HttpClient _embedded;

    public QueueConnections(IConfiguration configuration, QueueSettings settings, EmbeddedQueueStore embedded)
    {
        _configuration = configuration;
        _settings = settings;
        _embedded = new HttpClient(new EmbeddedQueueProtocol(embedded));
    }

    /// <summary>Whether a connection leads to the embedded queues.</summary>
    /// <param name="name">The connection's name; null for the default.</param>
    public bool IsEmbedded(string? name) => ConnectionString(name ?? DefaultName) is null && ServiceUri(name ?? DefaultName) is null;

    /// <summary>The service of a connection, with the message encoding of host.json.</summary>
    /// <param name="name">The connection's name; null for the default.</param>
    public QueueServiceClient Service(string? name) => Service(name, _settings.MessageEncoding);

    /// <summary>The service of a connection, with another message encoding.</summary>
    /// <param name="name">The connection's name; null for the default.</param>
    /// <param name="encoding">The encoding.</param>
    public QueueServiceClient Service(string? name, QueueMessageEncoding encoding) =>
        _clients.GetOrAdd((name ?? DefaultName, encoding), key => Create(key.Name, Options(key.Encoding)));

    /// <summary>A queue of a connection whose undecodable messages are handed over instead of failing the reception.</summary>
    /// <param name="name">The connection's name; null for the default.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="undecodable">Takes a message with its raw text.</param>
    public QueueClient Receiver(string? name, string queue, Func<QueueMessage, CancellationToken, Task> undecodable)
    {
        var options = Options(_settings.MessageEncoding);
        options.MessageDecodingFailed += args =>
            args.ReceivedMessage is { } message ? undecodable(message, args.CancellationToken) : Task.CompletedTask;
        return Create(name ?? DefaultName, options).GetQueueClient(queue);
    }

    /// <inheritdoc/>
    public void Dispose() => _embedded.Dispose();

    private QueueServiceClient Create(string name, QueueClientOptions options)
    {
        if (ConnectionString(name) is { } connectionString)
            return new QueueServiceClient(connectionString, options);
        if (ServiceUri(name) is { } address)
            return new QueueServiceClient(address, new DefaultAzureCredential(CredentialOptions(name)), options);
        options.Transport = new HttpClientTransport(_embedded);
        options.Retry.MaxRetries = 0;
        return new QueueServiceClient(EmbeddedAddress, options);
    }

    private DefaultAzureCredentialOptions CredentialOptions(string name)
    {
        var options = new DefaultAzureCredentialOptions();
        if (_configuration[$"{name}:clientId"] is { Length: > 0 } clientId)
            options.ManagedIdentityClientId = clientId;
        return options;
    }

    private string? ConnectionString(string name) =>
        //// As Microsoft's host: the setting itself, else with its old prefix, else a connection string.
        new[] { _configuration[name], _configuration[$"AzureWebJobs{name}"], _configuration.GetConnectionString(name) }
            .FirstOrDefault(static value => !string.IsNullOrWhiteSpace(value));

    private Uri? ServiceUri(string name)
    {
        if (_configuration[$"{name}:queueServiceUri"] is { Length: > 0 } address)
            return new Uri(address);
        return _configuration[$"{name}:accountName"] is { Length: > 0 } account ? new Uri($"https://{account}.queue.core.windows.net") : null;
    }

    private static QueueClientOptions Options(QueueMessageEncoding encoding) => new() { MessageEncoding = encoding };
}
