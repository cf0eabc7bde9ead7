using AutoFlow.Support.Messages;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Storage.Tests;

/// <summary>A support database in a folder of its own, as the app composes it; it can be opened again as after a restart.</summary>
internal sealed class SupportFile : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("autoflow-storage-").FullName;
    private ServiceProvider services;

    private SupportFile() => services = Compose();

    public TestClock Clock { get; } = new();

    public string Path => System.IO.Path.Combine(folder, "support.db");

    public static async Task<SupportFile> OpenAsync()
    {
        var file = new SupportFile();
        await file.Get<SupportDatabase>().PrepareAsync(CancellationToken.None);
        return file;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A second composition on the same file, as another process has it.</summary>
    public ServiceProvider Compose()
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSupportStorage(options => options.Folder = folder);
        return collection.BuildServiceProvider();
    }

    public async Task ReopenAsync()
    {
        await services.DisposeAsync();
        Close();
        services = Compose();
        await Get<SupportDatabase>().PrepareAsync(CancellationToken.None);
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
