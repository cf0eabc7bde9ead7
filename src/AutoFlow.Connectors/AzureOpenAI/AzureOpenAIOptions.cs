using AutoFlow.Support.ModelCalls;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>A model's deployment in an Azure OpenAI (Microsoft Foundry) resource; configuration section <c>AzureOpenAI</c>.</summary>
public sealed record AzureOpenAIOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AzureOpenAI";

    private static readonly Uri None = new("about:blank");

    /// <summary>The resource's v1 endpoint, <c>https://{resource}.openai.azure.com/openai/v1/</c>; the resource's address alone is completed. Plain HTTP is accepted on this machine only.</summary>
    public Uri Endpoint { get; init; } = None;

    /// <summary>The deployment's name. Its model must know structured outputs.</summary>
    public string Deployment { get; init; } = "";

    /// <summary>Null uses Microsoft Entra ID. Never logged.</summary>
    public string? ApiKey { get; init; }

    /// <summary>A user-assigned managed identity; null leaves the choice to <c>DefaultAzureCredential</c>.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>What Entra ID is asked a token for; another in national clouds.</summary>
    public string TokenScope { get; init; } = "https://ai.azure.com/.default";

    /// <summary>For one call, the token included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a message waits for a service that has no room, counted from when it was stored; then the built-in model serves.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Below this probability of the best intent a person decides, 0 to 1.</summary>
    public double AbstainBelow { get; init; } = 0.5;

    /// <summary>UTF-16 characters of a message's text that are sent at most.</summary>
    public int LongestText { get; init; } = 6_000;

    /// <summary>Tokens of an answer; a reasoning model's thoughts count.</summary>
    public int MostOutputTokens { get; init; } = 2_000;

    /// <summary>For reasoning models only: <c>minimal</c>, <c>low</c>, …; null sends nothing.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>Null when no prices are configured: then calls are counted without cost.</summary>
    public ModelPrices? Prices { get; init; }

    /// <summary>Reads the section; null when it has no value at all. Every mistake is one line that names its setting.</summary>
    public static (AzureOpenAIOptions Options, IReadOnlyList<string> Mistakes)? Read(IConfiguration configuration)
    {
        var settings = new SectionReader(configuration.GetSection(Section));
        if (settings.IsEmpty) return null;
        var usual = new AzureOpenAIOptions();
        var options = new AzureOpenAIOptions
        {
            Endpoint = V1EndpointOf(settings),
            Deployment = settings.Text(nameof(Deployment)) ?? settings.Missing(nameof(Deployment), "the deployment's name"),
            ApiKey = settings.Text(nameof(ApiKey)),
            ManagedIdentityClientId = settings.Text(nameof(ManagedIdentityClientId)),
            TokenScope = settings.Text(nameof(TokenScope)) ?? usual.TokenScope,
            Timeout = settings.Duration(nameof(Timeout)) ?? usual.Timeout,
            LongestWait = settings.Duration(nameof(LongestWait)) ?? usual.LongestWait,
            AbstainBelow = (double)(settings.Number(nameof(AbstainBelow), 0, 1) ?? (decimal)usual.AbstainBelow),
            LongestText = settings.Whole(nameof(LongestText), 100, 100_000) ?? usual.LongestText,
            MostOutputTokens = settings.Whole(nameof(MostOutputTokens), 100, 100_000) ?? usual.MostOutputTokens,
            ReasoningEffort = settings.Text(nameof(ReasoningEffort)),
            Prices = PricesOf(settings),
        };
        if (options.ApiKey is not null && !BaseAddress.IsHeader(options.ApiKey)) settings.Mistake(nameof(ApiKey), "is not plain ASCII");
        if (options is { ApiKey: not null, ManagedIdentityClientId: not null })
            settings.Mistake(nameof(ManagedIdentityClientId), "is of no use beside an ApiKey: give one of the two");
        if (options is { ApiKey: null, Endpoint.Scheme: "http" }) settings.Mistake(nameof(Endpoint), "must be https for Entra ID: a token is not sent in the clear");
        return (options, settings.Mistakes());
    }

    private static Uri V1EndpointOf(SectionReader settings)
    {
        const string Path = "/openai/v1";
        if (settings.Text(nameof(Endpoint)) is not { } text)
        {
            settings.Missing(nameof(Endpoint), "https://<resource>.openai.azure.com/openai/v1/");
            return None;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "https" } or { Scheme: "http", IsLoopback: true }
            && uri is { Query: "", Fragment: "", UserInfo: "" } && uri.AbsolutePath.TrimEnd('/') is "" or Path)
            return new Uri(uri!, Path + "/");
        settings.Mistake(nameof(Endpoint), "is not an https address like https://<resource>.openai.azure.com/openai/v1/");
        return None;
    }

    private static ModelPrices? PricesOf(SectionReader settings)
    {
        const string Of = " of a million tokens";
        var (input, cached, output) = (settings.Number("InputPrice", 0, 1_000_000), settings.Number("CachedInputPrice", 0, 1_000_000), settings.Number("OutputPrice", 0, 1_000_000));
        var currency = settings.Text("Currency");
        if (currency is not null && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))) settings.Mistake("Currency", "is not a code like EUR");
        if ((settings.Text("InputPrice") ?? settings.Text("CachedInputPrice") ?? settings.Text("OutputPrice") ?? currency) is null) return null;
        foreach (var (name, what) in new[] { ("InputPrice", "the price" + Of), ("OutputPrice", "the price" + Of), ("Currency", "prices need one") })
        {
            if (settings.Text(name) is null) settings.Missing(name, what);
        }

        return new ModelPrices(input ?? 0, cached ?? input ?? 0, output ?? 0, currency ?? "");
    }
}
