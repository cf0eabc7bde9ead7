using AutoFlow.Connectors.AzureOpenAI;
using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Understanding;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AutoFlow.Connectors.Tests.AzureOpenAI;

public sealed class AzureOpenAIOptionsTests
{
    [Fact]
    public void Without_configuration_nothing_is_registered()
    {
        var services = new ServiceCollection();

        services.AddAzureOpenAI(Configuration(("Endpoint", " ")), ModelWorld.TaxonomyFile, _ => throw new InvalidOperationException());

        Assert.Empty(services);
    }

    [Theory]
    [InlineData("https://shop.openai.azure.com", "https://shop.openai.azure.com/openai/v1/")]
    [InlineData("https://shop.openai.azure.com/", "https://shop.openai.azure.com/openai/v1/")]
    [InlineData("https://shop.openai.azure.com/openai/v1", "https://shop.openai.azure.com/openai/v1/")]
    [InlineData("https://shop.services.ai.azure.com/openai/v1/", "https://shop.services.ai.azure.com/openai/v1/")]
    public void The_endpoint_may_be_given_short(string given, string endpoint)
    {
        var (options, mistakes) = AzureOpenAIOptions.Read(Configuration(("Endpoint", given), ("Deployment", "mini")))!.Value;

        Assert.Empty(mistakes);
        Assert.Equal(
            new AzureOpenAIOptions { Endpoint = new Uri(endpoint), Deployment = "mini" },
            options);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "key", true)]
    [InlineData("http://127.0.0.1:8080", null, false)]
    [InlineData("http://shop.openai.azure.com", "key", false)]
    [InlineData("https://shop.openai.azure.com/v1", "key", false)]
    [InlineData("https://user:secret@shop.openai.azure.com", "key", false)]
    [InlineData("shop.openai.azure.com", "key", false)]
    public void Plain_http_is_for_a_key_on_this_machine_and_another_path_is_a_mistake(string endpoint, string? key, bool good) =>
        Assert.Equal(good, AzureOpenAIOptions.Read(Configuration(("Endpoint", endpoint), ("Deployment", "mini"), ("ApiKey", key)))!.Value.Mistakes.Count == 0);

    [Fact]
    public void Everything_that_can_be_set_is_read()
    {
        var (options, mistakes) = AzureOpenAIOptions.Read(Configuration(
            ("Endpoint", "https://shop.openai.azure.com"), ("Deployment", "mini"), ("ManagedIdentityClientId", "id"), ("TokenScope", "scope"), ("Timeout", "00:00:05"),
            ("LongestWait", "00:03:00"), ("AbstainBelow", "0.65"), ("LongestText", "2000"), ("MostOutputTokens", "500"), ("ReasoningEffort", "low"),
            ("InputPrice", "0.15"), ("OutputPrice", "0.60"), ("Currency", "EUR")))!.Value;

        Assert.Empty(mistakes);
        Assert.Equal(
            new AzureOpenAIOptions
            {
                Endpoint = new Uri("https://shop.openai.azure.com/openai/v1/"),
                Deployment = "mini",
                ManagedIdentityClientId = "id",
                TokenScope = "scope",
                Timeout = TimeSpan.FromSeconds(5),
                LongestWait = TimeSpan.FromMinutes(3),
                AbstainBelow = 0.65,
                LongestText = 2000,
                MostOutputTokens = 500,
                ReasoningEffort = "low",
                // Without a price of its own, cached input costs what input costs.
                Prices = new ModelPrices(0.15m, 0.15m, 0.60m, "EUR"),
            },
            options);
    }

    [Fact]
    public void Every_mistake_is_one_line_at_start_and_no_secret_is_in_it()
    {
        var services = new ServiceCollection();
        services.AddAzureOpenAI(
            Configuration(
                ("Endpoint", "https://shop.openai.azure.com/openai/deployments/mini?api-version=2024-10-21"), ("ApiKey", "schlüssel"), ("ManagedIdentityClientId", "id"),
                ("Timeout", "soon"), ("LongestWait", "-00:01:00"), ("AbstainBelow", "50 %"), ("LongestText", "1"), ("MostOutputTokens", "many"),
                ("InputPrice", "cheap"), ("CachedInputPrice", "-1"), ("Currency", "euro"), ("Endpiont", "x")),
            "no-such-file.tsv",
            _ => throw new InvalidOperationException());
        using var provider = services.BuildServiceProvider();

        var failures = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).Failures.ToList();

        Assert.Equal(
            ["ApiKey", "AbstainBelow", "CachedInputPrice", "Currency", "Deployment", "Endpiont", "Endpoint", "InputPrice", "LongestText", "LongestWait", "ManagedIdentityClientId", "MostOutputTokens", "OutputPrice", "Timeout"],
            failures.Where(line => line.StartsWith("AzureOpenAI:", StringComparison.Ordinal)).Select(line => line["AzureOpenAI:".Length..line.IndexOf(' ', StringComparison.Ordinal)]).Order(StringComparer.OrdinalIgnoreCase).OrderBy(name => name == "ApiKey" ? 0 : 1));
        Assert.Contains("no-such-file.tsv", Assert.Single(failures, line => !line.StartsWith("AzureOpenAI:", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(failures, line => line.Contains("schlüssel", StringComparison.Ordinal) || line.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_good_section_the_model_is_the_understanding()
    {
        await using var world = await ModelWorld.StartAsync();

        Assert.Equal("AzureOpenAIUnderstanding", world.Understanding.GetType().Name);
        Assert.IsAssignableFrom<IUnderstanding>(world.Understanding);
    }

    private static IConfiguration Configuration(params (string Name, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"AzureOpenAI:{one.Name}", one.Value))).Build();
}
