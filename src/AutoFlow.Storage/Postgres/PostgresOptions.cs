using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace AutoFlow.Storage.Postgres;

/// <summary>A PostgreSQL server for the support data; configuration section <c>Postgres</c>.</summary>
public sealed record PostgresOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Postgres";

    /// <summary>The server's name, such as <c>shop.postgres.database.azure.com</c>, or a Unix socket's folder.</summary>
    public string Host { get; init; } = "";

    public int Port { get; init; } = 5432;

    public string Database { get; init; } = "autoflow";

    /// <summary>The role. With Entra ID: the identity's name as the server knows it.</summary>
    public string User { get; init; } = "";

    /// <summary>Null uses a token of Microsoft Entra ID. Never logged.</summary>
    public string? Password { get; init; }

    /// <summary>What Entra ID is asked a token for; another in national clouds.</summary>
    public string TokenScope { get; init; } = "https://ossrdbms-aad.database.windows.net/.default";

    /// <summary>Connections that one process opens at most: the server has a limit for all of them together.</summary>
    public int MostConnections { get; init; } = 20;

    /// <summary>A session that does nothing for so long within a transaction is ended by the server: its worker is frozen, and keeps others from what it locked. Shorter than they wait for it.</summary>
    internal TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>True for a server on this machine: only there may a connection go without TLS.</summary>
    internal bool IsLocal => Host.StartsWith('/') || Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Reads the section; null when it has no value at all, then the data lies in SQLite. Every mistake is one line that names its setting.</summary>
    public static (PostgresOptions Options, IReadOnlyList<string> Mistakes)? Read(IConfiguration configuration)
    {
        var settings = new SectionReader(configuration.GetSection(Section));
        if (settings.IsEmpty) return null;
        var usual = new PostgresOptions();
        var options = new PostgresOptions
        {
            Host = settings.Text(nameof(Host)) ?? settings.Missing(nameof(Host), "the server's name; without any of these settings the data lies in SQLite"),
            Port = settings.Whole(nameof(Port), 1, 65_535) ?? usual.Port,
            Database = settings.Text(nameof(Database)) ?? usual.Database,
            User = settings.Text(nameof(User)) ?? settings.Missing(nameof(User), "the role; with Entra ID the identity's name"),
            // As it is: a blank may be part of it.
            Password = settings.Text(nameof(Password)) is null ? null : configuration.GetSection(Section)[nameof(Password)],
            TokenScope = settings.Text(nameof(TokenScope)) ?? usual.TokenScope,
            MostConnections = settings.Whole(nameof(MostConnections), 2, 1_000) ?? usual.MostConnections,
        };
        if (options.Host.Length > 0 && !options.Host.StartsWith('/') && Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
            settings.Mistake(nameof(Host), "is not a server's name like shop.postgres.database.azure.com; the port is a setting of its own");
        if (!Uri.TryCreate(options.TokenScope, UriKind.Absolute, out _))
            settings.Mistake(nameof(TokenScope), $"is not a scope like {usual.TokenScope}");
        return (options, settings.Mistakes());
    }

    /// <summary>Without the password, so that it can be shown.</summary>
    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";

    /// <summary>Certificate and name are checked: whoever answers gets the password or the token.</summary>
    internal NpgsqlConnectionStringBuilder ToConnection() => new()
    {
        Host = Host,
        Port = Port,
        Database = Database,
        Username = User,
        SslMode = IsLocal ? SslMode.Prefer : SslMode.VerifyFull,
        MaxPoolSize = MostConnections,
        Timeout = 15,
        CommandTimeout = 30,
        // A connection that nobody uses is cut by gateways on the way after some minutes (Azure: four).
        TcpKeepAlive = true,
        TcpKeepAliveTime = 60,
        TcpKeepAliveInterval = 10,
        ApplicationName = "AutoFlow",
        // A lock that is not had in time is tried for again (55P03).
        Options = string.Create(CultureInfo.InvariantCulture, $"-c idle_in_transaction_session_timeout={LongestPause.TotalMilliseconds:0} -c lock_timeout=10s"),
    };
}
