using Microsoft.Extensions.Configuration;

namespace AutoFlow.Functions.Tests.Definitions;

/// <summary>Secrets of workflows come from the settings.</summary>
public sealed class ConfiguredSecretsTests
{
    private readonly ConfiguredSecrets _secrets = new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Secrets:plain"] = "one",
        ["Secrets:crm:token"] = "two",
        ["Secrets:crm:login:user"] = "three",
        ["Shop:AccessToken"] = "not a workflow's",
    }).Build());

    [Theory]
    [InlineData("plain", "\"one\"")]
    [InlineData("crm", """{"login":{"user":"three"},"token":"two"}""")]
    public async Task A_secret_is_a_text_or_an_object_of_texts(string name, string json) => Assert.Equal(json, (await _secrets.FindAsync(name, default))!.ToJson());

    [Theory]
    [InlineData("missing")]
    [InlineData("crm:token")]
    [InlineData("")]
    [InlineData("Shop")]
    public async Task What_is_no_secret_of_that_name_is_not_found(string name) => Assert.Null(await _secrets.FindAsync(name, default));
}
