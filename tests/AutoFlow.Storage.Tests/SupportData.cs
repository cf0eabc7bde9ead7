using AutoFlow.Storage.Postgres;
using AutoFlow.Support.Messages;
using AutoFlow.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Storage.Tests;

/// <summary>A support database of its own, as the app composes it; it can be opened again as after a restart, and by other processes.</summary>
internal sealed class SupportData : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("autoflow-storage-").FullName;
    private ServiceProvider services;

    private SupportData(PostgresOptions? postgres)
    {
        Postgres = postgres;
        services = Compose();
    }

    public TestClock Clock { get; } = new();

    /// <summary>SQLite's file.</summary>
    public string Path => System.IO.Path.Combine(folder, "support.db");

    /// <summary>How the server is reached; null on SQLite.</summary>
    public PostgresOptions? Postgres { get; }

    public static async Task<SupportData> OpenAsync(On on)
    {
        var data = await EmptyAsync(on);
        await data.Get<SupportDatabase>().PrepareAsync(CancellationToken.None);
        return data;
    }

    /// <summary>Without any table yet.</summary>
    public static async Task<SupportData> EmptyAsync(On on)
    {
        if (on == On.Sqlite) return new SupportData(null);
        var server = await PostgresServer.StartedAsync();
        return new SupportData(new PostgresOptions { Host = "127.0.0.1", Port = server.Port, Database = "postgres", User = await server.NewSpaceAsync(), Password = PostgresServer.Password });
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A second composition on the same data, as another process has it.</summary>
    /// <param name="through">Another way to the same server.</param>
    public ServiceProvider Compose(PostgresOptions? through = null)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSupportStorage(options => (options.Folder, options.Postgres) = (Postgres is null ? folder : null, through ?? Postgres));
        return collection.BuildServiceProvider();
    }

    public async Task ReopenAsync()
    {
        await services.DisposeAsync();
        Close();
        services = Compose();
        await Get<SupportDatabase>().PrepareAsync(CancellationToken.None);
    }

    /// <summary>Runs a statement beside the app; gives the first column of what it returns.</summary>
    public async Task<List<string>> QueryAsync(string sql)
    {
        if (Postgres is { } postgres) return await (await PostgresServer.StartedAsync()).RunAsync(sql, postgres.User);
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Close();
        Directory.Delete(folder, recursive: true);
    }

    // Only this file's pool: the tests beside have theirs.
    private void Close()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path }.ToString());
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Runs the same work sixteen times at once.</summary>
    public static Task<T[]> SixteenTimesAsync<T>(Func<int, Task<T>> work) =>
        Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() => work(number))));

    /// <summary>Runs the same work four times at once in each of four processes.</summary>
    public async Task<T[]> FourProcessesAsync<TStore, T>(Func<TStore, int, Task<T>> work) where TStore : notnull
    {
        var others = Enumerable.Range(0, 4).Select(_ => Compose()).ToList();
        try
        {
            return await SixteenTimesAsync(number => work(others[number % 4].GetRequiredService<TStore>(), number));
        }
        finally
        {
            foreach (var other in others) await other.DisposeAsync();
        }
    }

    public static InboundMessage Mail(
        string id, string from = "anna@example.de", string? thread = null, string? inReplyTo = null, TimeSpan? after = null, Dictionary<string, string>? headers = null) => new()
        {
            Id = id,
            Channel = "mail",
            From = from,
            FromName = "Anna Beispiel",
            Subject = "Wo ist mein Paket?",
            Text = "Hallo, wo bleibt meine Bestellung 1042? Grüße",
            ThreadId = thread,
            InReplyTo = inReplyTo,
            ReceivedAt = TestClock.Start + (after ?? TimeSpan.Zero),
            Headers = headers ?? [],
        };
}
