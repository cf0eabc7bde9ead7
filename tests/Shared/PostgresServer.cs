using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace AutoFlow.Tests;

/// <summary>
/// A real PostgreSQL for the tests of this process, begun when the first one asks: on a free port, its data in a folder of its own that
/// is gone at the end. It dies with this process, however that ends: a shell holds the other end of a pipe.
/// </summary>
public sealed class PostgresServer
{
    /// <summary>Azure's servers sort by language too: what the storage compares as text must not depend on it.</summary>
    private const string Script = """
        dir=$(mktemp -d) || exit 1
        "$1/initdb" -D "$dir" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US --no-sync >"$dir.log" 2>&1 || { cat "$dir.log" >&2; exit 1; }
        printf 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 password\n' >"$dir/pg_hba.conf"
        "$1/postgres" -D "$dir" -p "$2" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c full_page_writes=off \
          -c synchronous_commit=off -c password_encryption=md5 -c max_connections=400 -c log_min_messages=fatal >>"$dir.log" 2>&1 &
        server=$!
        echo started
        cat >/dev/null
        kill -QUIT $server
        wait $server
        rm -rf "$dir" "$dir.log"
        """;

    private static readonly Lazy<Task<PostgresServer>> One = new(StartAsync);
    private static int s_spaces;

    /// <summary>Of every role but the administrator's, which needs none.</summary>
    public const string Password = "secret";

    private readonly Process _keeper;

    private PostgresServer(Process keeper, int port) => (_keeper, Port) = (keeper, port);

    /// <summary>Why tests on PostgreSQL cannot run here; null when they can.</summary>
    public static string? Absence { get; } =
        OperatingSystem.IsWindows() ? "the tests start PostgreSQL with a shell"
        : Binaries() is null ? "PostgreSQL is not installed (initdb and postgres are neither on PATH nor in /usr/lib/postgresql)"
        : Environment.IsPrivilegedProcess && User() is null ? "PostgreSQL does not run as root, and there is no other user"
        : null;

    public int Port { get; }

    /// <summary>The server of this process.</summary>
    public static Task<PostgresServer> StartedAsync() => One.Value;

    /// <summary>A role with a schema of its own, which is where its tables go: as good as a database, and made in no time. It may do nothing else.</summary>
    public async Task<string> NewSpaceAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"space{Interlocked.Increment(ref s_spaces)}");
        await RunAsync($"CREATE ROLE {name} LOGIN PASSWORD '{Password}'; CREATE SCHEMA AUTHORIZATION {name}");
        return name;
    }

    /// <summary>Runs statements as the administrator; gives the first column of what they return.</summary>
    public async Task<List<string>> RunAsync(string sql, string? role = null)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Database = "postgres",
            Username = role ?? "postgres",
            Password = role is null ? null : Password,
            Pooling = false,
            SslMode = SslMode.Disable,
        }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return rows;
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var port = FreePort.Take();
        string[] asOther = Environment.IsPrivilegedProcess ? ["runuser", "-u", User()!, "--"] : [];
        string[] all = [.. asOther, "sh", "-c", Script, "sh", Binaries()!, port.ToString(CultureInfo.InvariantCulture)];
        var keeper = Process.Start(new ProcessStartInfo(all[0], all.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/tmp",
        })!;
        if (await keeper.StandardOutput.ReadLineAsync() != "started")
            throw new InvalidOperationException($"PostgreSQL did not start: {await keeper.StandardError.ReadToEndAsync()}");
        var server = new PostgresServer(keeper, port);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var looks = 0; ; looks++)
        {
            try
            {
                await server.RunAsync("SELECT 1");
                return server;
            }
            catch (NpgsqlException) when (looks < 1_200 && !keeper.HasExited)
            {
                await pause.WaitForNextTickAsync();
            }
        }
    }

    private static string? Binaries()
    {
        var versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin"))
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(versions)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private static string? User() =>
        new[] { "postgres", "nobody" }.FirstOrDefault(user => File.ReadLines("/etc/passwd").Any(line => line.StartsWith(user + ":", StringComparison.Ordinal)));
}
