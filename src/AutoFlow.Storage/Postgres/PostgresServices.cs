using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AutoFlow.Storage.Postgres;

/// <summary>Registers the way to a PostgreSQL server.</summary>
public static class PostgresServices
{
    /// <summary>The key under which the <see cref="TokenCredential"/> is registered; one registered before is used instead.</summary>
    public const string CredentialKey = "postgres";

    internal static void AddPostgres(this IServiceCollection services, PostgresOptions options)
    {
        // Reads AZURE_CLIENT_ID itself, which names a user-assigned identity.
        services.TryAddKeyedSingleton<TokenCredential>(CredentialKey, (_, _) => new DefaultAzureCredential());
        services.AddSingleton(provider => Source(options, provider));
        services.AddSingleton<Dialect>(provider => new PostgresDialect(provider.GetRequiredService<NpgsqlDataSource>(), options));
    }

    private static NpgsqlDataSource Source(PostgresOptions options, IServiceProvider provider)
    {
        var connection = options.ToConnection();
        connection.Password = options.Password;
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString).UseLoggerFactory(provider.GetService<ILoggerFactory>());
        if (options.Password is null)
        {
            var password = new EntraPassword(
                provider.GetRequiredKeyedService<TokenCredential>(CredentialKey), options.TokenScope, provider.GetRequiredService<TimeProvider>());
            builder.UsePasswordProvider(_ => password.Now(), (_, ct) => password.NowAsync(ct));
        }

        return builder.Build();
    }
}
