using AutoFlow.Storage.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AutoFlow.Storage.Tests;

public sealed class PostgresOptionsTests
{
    [Fact]
    public void Without_settings_the_data_lies_in_the_folder() => Assert.Null(PostgresOptions.Read(Settings(("Host", " "))));

    [Fact]
    public void A_host_and_a_user_are_enough()
    {
        var (options, mistakes) = PostgresOptions.Read(Settings(("Host", "shop.postgres.database.azure.com"), ("User", "autoflow-app")))!.Value;

        Assert.Empty(mistakes);
        Assert.Equal("autoflow-app@shop.postgres.database.azure.com:5432/autoflow", options.ToString());
        Assert.Equal((null, "https://ossrdbms-aad.database.windows.net/.default"), (options.Password, options.TokenScope));
    }

    [Fact]
    public void Every_mistake_is_one_line_that_names_its_setting()
    {
        var (_, mistakes) = PostgresOptions.Read(Settings(
            ("Host", "postgres://shop:5432"), ("Port", "70000"), ("TokenScope", "scope"), ("MostConnections", "1"), ("Passwort", "very-secret")))!.Value;

        Assert.Equal(
            [
                "Postgres:Port is not a whole number from 1 to 65535.",
                "Postgres:User is missing (the role; with Entra ID the identity's name).",
                "Postgres:MostConnections is not a whole number from 2 to 1000.",
                "Postgres:Host is not a server's name like shop.postgres.database.azure.com; the port is a setting of its own.",
                "Postgres:TokenScope is not a scope like https://ossrdbms-aad.database.windows.net/.default.",
                "Postgres:Passwort is no setting that is known.",
            ],
            mistakes);
    }

    [Fact]
    public void Settings_without_a_host_are_a_mistake_and_not_SQLite()
    {
        var (_, mistakes) = PostgresOptions.Read(Settings(("User", "autoflow-app")))!.Value;

        Assert.StartsWith("Postgres:Host is missing", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_stop_the_start()
    {
        var services = new ServiceCollection().AddSupportStorage(Settings(("User", "autoflow-app")), "unused").BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Single(refused.Failures);
    }

    [Theory]
    [InlineData("shop.postgres.database.azure.com", SslMode.VerifyFull)]
    [InlineData("10.1.2.3", SslMode.VerifyFull)]
    [InlineData("localhost.example.com", SslMode.VerifyFull)]
    [InlineData("localhost", SslMode.Prefer)]
    [InlineData("127.0.0.1", SslMode.Prefer)]
    [InlineData("::1", SslMode.Prefer)]
    [InlineData("/var/run/postgresql", SslMode.Prefer)]
    public void Only_this_machine_is_reached_without_a_checked_certificate(string host, SslMode mode)
    {
        var (options, mistakes) = PostgresOptions.Read(Settings(("Host", host), ("User", "u"), ("Password", "very-secret")))!.Value;

        Assert.Empty(mistakes);
        Assert.Equal(mode, options.ToConnection().SslMode);
        Assert.DoesNotContain("very-secret", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_read_as_it_is() =>
        Assert.Equal(" very secret ", PostgresOptions.Read(Settings(("Host", "localhost"), ("User", "u"), ("Password", " very secret ")))!.Value.Options.Password);

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"Postgres:{one.Name}", (string?)one.Value))).Build();
}
