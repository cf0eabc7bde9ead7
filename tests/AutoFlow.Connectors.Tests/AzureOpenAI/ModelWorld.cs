using AutoFlow.Connectors.AzureOpenAI;
using AutoFlow.Support.Messages;
using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Understanding;
using AutoFlow.Tests;
using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Connectors.Tests.AzureOpenAI;

/// <summary>The adapter as the app composes it, on a stub of the service and a built-in understanding that is told what to say.</summary>
internal sealed class ModelWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ModelWorld(ModelStub stub, ModelWorld? beside, (string Name, string? Value)[] settings)
    {
        (Stub, Time, Waits) = (stub, beside?.Time ?? new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)), beside?.Waits ?? new());
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureOpenAI:Endpoint"] = stub.Address,
            ["AzureOpenAI:Deployment"] = "support-mini",
            ["AzureOpenAI:ApiKey"] = "the-key",
            ["AzureOpenAI:InputPrice"] = "0.15",
            ["AzureOpenAI:CachedInputPrice"] = "0.075",
            ["AzureOpenAI:OutputPrice"] = "0.60",
            ["AzureOpenAI:Currency"] = "USD",
        }).AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"AzureOpenAI:{one.Name}", one.Value))).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IModelCalls>(Book);
        services.AddSingleton<IModelWaits>(Waits);
        services.AddSingleton<HidePersonalData>(text => text.Replace("anna@example.de", "[mail]", StringComparison.Ordinal));
        services.AddKeyedSingleton<TokenCredential>(AzureOpenAIConnector.CredentialKey, Token);
        services.AddAzureOpenAI(configuration, TaxonomyFile, _ => new Said(this));
        services.AddHttpClient(AzureOpenAIConnector.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == ModelStub.Certificate.GetCertHashString() },
        });
        _services = services.BuildServiceProvider();
    }

    public static string TaxonomyFile => Path.Combine(AppContext.BaseDirectory, "understanding", "intents.tsv");

    public ModelStub Stub { get; }
    public VirtualTime Time { get; }
    public FakeWaits Waits { get; }
    public FakeBook Book { get; } = new();
    public FakeToken Token { get; } = new();
    public IUnderstanding Understanding => _services.GetRequiredService<IUnderstanding>();

    /// <summary>What the built-in understanding says of every message.</summary>
    public UnderstoodMessage BuiltIn { get; set; } = new()
    {
        Kind = MessageKind.Person,
        Language = "de",
        LanguageProbability = 0.97,
        VisibleText = "",
        Intents = [new ScoredIntent("complaint", 0.41)],
        Abstained = true,
        Entities = new MessageEntities { OrderNumbers = ["1042"] },
        Sentiment = -0.3,
        ModelVersion = "seeds-1",
    };

    public static async Task<ModelWorld> StartAsync(params (string Name, string? Value)[] settings) =>
        new(await ModelStub.StartAsync(tls: settings.Contains(("ApiKey", null))), null, settings);

    /// <summary>Another worker with the same store, and the same service.</summary>
    public ModelWorld Beside() => new(Stub, this, []);

    public Task<UnderstandingResult> AskAsync(string text, string? subject = "Frage", string id = "<1@example.de>", CancellationToken ct = default)
    {
        BuiltIn = BuiltIn with { VisibleText = text };
        return Understanding.UnderstandAsync(Mail(text, subject, id), ct);
    }

    public static InboundMessage Mail(string text, string? subject = "Frage", string id = "<1@example.de>") => new()
    {
        Id = id,
        Channel = "mail",
        From = "anna@example.de",
        Subject = subject,
        Text = text,
        ReceivedAt = new DateTimeOffset(2026, 3, 2, 11, 59, 0, TimeSpan.Zero),
    };

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Stub.DisposeAsync();
    }

    private sealed class Said(ModelWorld world) : IUnderstanding
    {
        public Task<UnderstandingResult> UnderstandAsync(InboundMessage message, CancellationToken ct) => Task.FromResult(new UnderstandingResult(world.BuiltIn));
    }
}

/// <summary>A book that keeps calls in order.</summary>
internal sealed class FakeBook : IModelCalls
{
    public List<ModelCall> Calls { get; } = [];

    public Task RecordAsync(ModelCall call, CancellationToken ct)
    {
        Calls.Add(call);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ModelCall>> ListAsync(int skip, int take, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<ModelCallSum>> SumsAsync(CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>Waits as the store keeps them for all workers.</summary>
internal sealed class FakeWaits : IModelWaits
{
    private readonly Dictionary<string, DateTimeOffset> _until = [];

    public Task<DateTimeOffset?> UntilAsync(string deployment, CancellationToken ct) =>
        Task.FromResult<DateTimeOffset?>(_until.TryGetValue(deployment, out var until) ? until : null);

    public Task BeginAsync(string deployment, DateTimeOffset until, CancellationToken ct)
    {
        if (_until.GetValueOrDefault(deployment) < until) _until[deployment] = until;
        return Task.CompletedTask;
    }
}

/// <summary>A credential that gives one token, or fails.</summary>
internal sealed class FakeToken : TokenCredential
{
    public List<string> Scopes { get; } = [];

    public Exception? Failure { get; set; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Scopes.AddRange(requestContext.Scopes);
        return Failure is null ? new AccessToken("entra-token", DateTimeOffset.MaxValue) : throw Failure;
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
