using System.Globalization;
using System.Text;
using System.Text.Json;
using AutoFlow.Functions.Settings;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AutoFlow.Functions.Tests.Settings;

/// <summary>The catalog of settings is what the code reads, no more and no less; the pages and samples are what the catalog says.</summary>
public class SettingCatalogTests
{
    /// <summary>Parts of the configuration that are the platform's own: .NET's logging, the host's other ways to name a storage account. OpenTelemetry reads all of its specification's variables.</summary>
    private static readonly string[] Platform = ["Logging", "Kestrel", "ConnectionStrings", "urls", "http_ports", "AzureWebJobsAzureWebJobsStorage", "AzureMonitorExporter"];

    [Fact]
    public async Task Everything_that_the_app_asks_for_is_in_the_catalog()
    {
        var asked = await AskedAsync();
        Assert.Contains("Shop:AccessToken", asked);
        var unknown = asked.Where(key => !IsPlatform(key) && !SettingCatalog.All.Any(setting => setting.Is(key) || IsAbove(setting, key)));
        Assert.True(!unknown.Any(), string.Join(", ", unknown));
    }

    [Fact]
    public void Everything_that_the_sources_name_is_in_the_catalog()
    {
        var unknown = Named().Where(key => !IsPlatform(key) && !SettingCatalog.All.Any(setting => setting.Is(key) || IsAbove(setting, key)));
        Assert.True(!unknown.Any(), string.Join(", ", unknown));
    }

    [Fact]
    public async Task Everything_in_the_catalog_is_read()
    {
        var read = (await AskedAsync()).Concat(Named()).ToList();
        Assert.Empty(SettingCatalog.All.Where(setting => !setting.IsForHost && !read.Any(setting.Is)).Select(setting => setting.Name));
    }

    [Fact]
    public void Defaults_are_what_the_code_has()
    {
        Assert.Equal(Default("Shop:Timeout"), new Connectors.Shop.ShopOptions().Timeout.ToString());
        Assert.Equal(Default("Shop:ApiVersion"), new Connectors.Shop.ShopOptions().ApiVersion);
        Assert.Equal(Default("Shop:OrderNumberPattern"), new Understanding.UnderstandingOptions().OrderNumberPattern);
        Assert.Equal(Default("SeventeenTrack:BaseUrl"), new Connectors.SeventeenTrack.SeventeenTrackOptions().BaseUrl);
        Assert.Equal(Default("Workflows:KeepEventsFor"), new Functions.Definitions.WorkflowSettings().KeepEventsFor.ToString());
        Assert.Equal(Default("Workflows:KeepInstancesFor"), new Functions.Definitions.WorkflowSettings().KeepInstancesFor.ToString());
        Assert.Equal(Default("AzureOpenAI:LongestText"), new Connectors.AzureOpenAI.AzureOpenAIOptions().LongestText.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(Default("Protocols:Timeout"), new Protocols.ProtocolOptions().Timeout.ToString());
    }

    [Fact]
    public void The_page_of_settings_is_written_from_the_catalog()
    {
        var page = new StringBuilder(
            """
            # Settings

            Every setting, in the environment, in `local.settings.json` (`functions/local.settings.sample.json` is one to copy) or as
            user secrets; on Azure an app setting. Parts are joined by `__`. A wrong value stops the start with one line that names it.
            Secrets never lie in a file of the repository: on Azure each is a reference to the key vault.

            The last column says who sets it on Azure: *Bicep* (`infra/`), *you* (where you want something other than the default),
            *no* (it counts on one machine only) or *host*.


            """);
        foreach (var (subject, settings) in SettingCatalog.BySubject)
        {
            page.Append("## ").Append(subject).Append("\n\n| setting | what | default | on Azure |\n|---|---|---|---|\n");
            foreach (var setting in settings)
                page.Append(CultureInfo.InvariantCulture, $"| `{setting.EnvironmentName}` | {setting.What}{(setting.IsSecret ? " **Secret.**" : "")} | {(setting.Default is { } value ? $"`{value}`" : "")} | {Who(setting.By)} |\n");
            page.Append('\n');
        }

        Workflows.Tests.Conformance.GeneratedDocument.IsCurrent("settings.md", page.ToString().TrimEnd() + "\n");

        static string Who(SetBy by) => by switch { SetBy.Infrastructure => "Bicep", SetBy.Anyone => "you", SetBy.OneMachine => "no", _ => "host" };
    }

    [Fact]
    public void The_sample_of_local_settings_sets_what_there_is_and_no_secret()
    {
        using var sample = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Workflows.Tests.Repository.Root, "functions", "local.settings.sample.json")),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        Assert.False(sample.RootElement.GetProperty("IsEncrypted").GetBoolean());
        foreach (var value in sample.RootElement.GetProperty("Values").EnumerateObject())
        {
            if (value.Name == "FUNCTIONS_WORKER_RUNTIME") continue; // the Functions tools' own
            var setting = Assert.Single(SettingCatalog.All, one => one.Is(value.Name));
            Assert.True(!setting.IsSecret || value.Value.GetString() is "" or "UseDevelopmentStorage=true", $"{value.Name} holds a secret");
        }
    }

    private static string? Default(string name) => SettingCatalog.All.Single(setting => setting.Name == name).Default;

    private static bool IsPlatform(string key) => key.StartsWith("OTEL_", StringComparison.Ordinal) || Platform.Any(part => key.Equals(part, StringComparison.OrdinalIgnoreCase) || key.StartsWith(part + ":", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the key is a section that holds the setting.</summary>
    private static bool IsAbove(Setting setting, string key)
    {
        var parts = setting.Name.Split(':');
        return Enumerable.Range(1, parts.Length - 1).Any(count => new Setting(string.Join(':', parts[..count]), "", setting.By).Is(key));
    }

    /// <summary>The keys that composing the app asks for: with every adapter configured, with identities and without.</summary>
    private static async Task<IReadOnlySet<string>> AskedAsync()
    {
        var asked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var full = SettingCatalog.All
            .Where(setting => setting.By is not SetBy.OneMachine && Sample(setting) is not null)
            .ToDictionary(
                setting => setting.Name.Replace("<n>", "0", StringComparison.Ordinal).Replace("<name>", setting.Name.Contains("<part>", StringComparison.Ordinal) ? "crm" : "shop", StringComparison.Ordinal),
                Sample);
        var onOneMachine = new Dictionary<string, string?>(full.Where(value => !value.Key.StartsWith("AzureWebJobsStorage", StringComparison.Ordinal)))
        {
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        };
        var byAccount = new Dictionary<string, string?>(full.Where(value => !value.Key.EndsWith("queueServiceUri", StringComparison.Ordinal)));
        foreach (var values in new[] { full, byAccount, onOneMachine })
        {
            var keys = new ReadKeys(values);
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.Configuration.Sources.Clear();
            builder.Configuration.Sources.Add(keys);
            Assert.NotNull(Demo.DemoOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new("AUTOFLOW_DEMO", "true")]).Add(keys).Build()));
            Assert.True(builder.AddAutoFlow());
            await using var services = builder.Services.BuildServiceProvider();
            services.GetService<IStartupValidator>()?.Validate();
            _ = services.GetService<QueueServiceClient>();
            _ = services.GetService<IOptions<Protocols.ProtocolOptions>>()?.Value;
            await services.GetRequiredService<Protocols.ISecretSource>().FindAsync("shop", default);
            await services.GetRequiredService<Protocols.ISecretSource>().FindAsync("crm", default);
            asked.UnionWith(keys.Asked.Keys);
        }

        return asked;
    }

    private static string? Sample(Setting setting) => setting.Name switch
    {
        "AUTOFLOW_DATA" => Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n")),
        "AUTOFLOW_WORKFLOWS" => Path.Combine(Workflows.Tests.Repository.Root, "workflows"),
        "AUTOFLOW_SEEDS" or "AUTOFLOW_FROZEN" or "AUTOFLOW_UNDERSTANDING" or "Graph:ClientSecret" or "Graph:TenantId" or "AzureOpenAI:ApiKey" => null,
        "AzureWebJobsStorage:accountName" => "account",
        "AzureWebJobsStorage:queueServiceUri" => "https://account.queue.core.windows.net",
        "Postgres:Password" or "OTEL_EXPORTER_OTLP_HEADERS" or "OTEL_TRACES_SAMPLER_ARG" => null,
        "APPLICATIONINSIGHTS_CONNECTION_STRING" => "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://localhost/",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING" => "Authorization=AAD",
        "OTEL_EXPORTER_OTLP_ENDPOINT" => "http://localhost:4317",
        "Shop:BaseUrl" or "Replies:Address" => "https://shop.example",
        "AzureOpenAI:Endpoint" => "https://model.openai.azure.com",
        "AzureOpenAI:InputPrice" or "AzureOpenAI:CachedInputPrice" or "AzureOpenAI:OutputPrice" => "1",
        "AzureOpenAI:Currency" => "EUR",
        { } name when name.StartsWith("Mail:", StringComparison.Ordinal) => "shop@example.com",
        { } name when name.EndsWith("<n>", StringComparison.Ordinal) => "example.com",
        _ => setting.Default ?? "text",
    };

    private static IEnumerable<string> Named()
    {
        var root = Workflows.Tests.Repository.Root;
        return new[] { "functions", "src", "samples/demo" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj", StringComparison.Ordinal))
            .SelectMany(file => NamedKeys.In(File.ReadAllText(file)))
            .Where(key => !key.Contains('.', StringComparison.Ordinal));
    }
}
