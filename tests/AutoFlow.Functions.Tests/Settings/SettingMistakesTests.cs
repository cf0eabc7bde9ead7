using AutoFlow.Functions.Settings;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.Functions.Tests.Settings;

/// <summary>Settings that cannot be right stop the start, one line for each, and no line shows a value.</summary>
public sealed class SettingMistakesTests
{
    private const string Reference = "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/one)";

    [Theory]
    [InlineData("Shop:AccessToken", "Shop__AccessToken")]
    [InlineData("SeventeenTrack:ApiKey", "SeventeenTrack__ApiKey")]
    [InlineData("Secrets:crm", "Secrets__crm")]
    [InlineData("Secrets:erp:token", "Secrets__erp__token")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS")]
    public void A_secret_that_is_still_a_reference_is_named(string key, string name)
    {
        var line = Assert.Single(Mistakes((key, Reference)));

        Assert.StartsWith(name + ": its reference to the key vault is not resolved.", line, StringComparison.Ordinal);
        Assert.DoesNotContain("vault.example", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_unresolved_secret_has_a_line_and_what_is_no_secret_has_none() => Assert.Equal(
        ["Secrets__crm", "Shop__AccessToken"],
        Mistakes(("Shop:AccessToken", Reference), ("Secrets:crm", Reference), ("Shop:BaseUrl", Reference), ("SeventeenTrack:ApiKey", "a key")).Select(line => line.Split(':')[0]));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "/collector")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "secret")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "key=secret,Key=secret")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a key=secret")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "secret")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "IngestionEndpoint=https://secret.example/")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=secret;InstrumentationKey=secret")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=secret;IngestionEndpoint=secret")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=secret")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "Authorization=secret")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "Authorization=AAD;ClientId=secret;clientid=secret")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "Authorization=AAD;Client=secret")]
    public void A_setting_of_telemetry_that_cannot_be_right_has_one_line(string name, string value)
    {
        var line = Assert.Single(Mistakes((name, value)));

        Assert.StartsWith(name + ": give ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void A_half_filled_mailbox_has_one_line()
    {
        var line = Assert.Single(Mistakes(("Graph:Mailbox", "support@shop.example")));

        Assert.Contains("Graph:ClientState is missing", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Right_settings_have_none() => Assert.Empty(Mistakes(
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example:4317"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=a=b%20c, x-team=shop"),
        ("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://westeurope.in.example/;LiveEndpoint=https://live.example/;"),
        ("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=00000000-0000-0000-0000-000000000002;Authorization=AAD"),
        ("Shop:AccessToken", "a token"),
        ("Graph:Mailbox", "")));

    private static IReadOnlyList<string> Mistakes(params (string Key, string? Value)[] settings) =>
        SettingMistakes.In(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, one.Value))).Build());
}
