using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Store;

namespace AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;

/// <summary>A store under test. What it must do: <see cref="InstanceConformance{TFixture}"/>, <see cref="HistoryConformance{TFixture}"/>, <see cref="MessageConformance{TFixture}"/>,
/// <see cref="WorkConformance{TFixture}"/> and <see cref="QueryConformance{TFixture}"/>.</summary>
public abstract class StoreFixture : IAsyncDisposable
{
    /// <summary>The store.</summary>
    internal abstract IOrchestrationStore Store { get; }

    /// <summary>True where the store can be closed and opened again with all that is in it.</summary>
    internal abstract bool IsKept { get; }

    /// <summary>Closes the store and opens it again, where it is kept.</summary>
    internal abstract Task ReopenAsync();

    /// <summary>Keeps everything that is added from becoming durable until disposed of: it then goes together.</summary>
    internal abstract IDisposable Hold();

    public abstract ValueTask DisposeAsync();
}

/// <summary>SQLite, in a file or in memory.</summary>
public abstract class SqliteFixture : StoreFixture
{
    private readonly bool _inMemory;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "autoflow-tests", Guid.NewGuid().ToString("N"));
    private HostDatabase _database;
    private SqliteOrchestrationStore _store;

    protected SqliteFixture(bool inMemory)
    {
        _inMemory = inMemory;
        (_database, _store) = Open();
    }

    internal override IOrchestrationStore Store => _store;

    internal override bool IsKept => !_inMemory;

    internal override async Task ReopenAsync()
    {
        if (_inMemory)
            return;
        await _database.DisposeAsync();
        (_database, _store) = Open();
    }

    internal override IDisposable Hold()
    {
        var hold = new Holding();
        _ = _database.WriteAsync(_ =>
        {
            hold.Begun.Set();
            hold.Released.Wait();
            return true;
        });
        hold.Begun.Wait();
        return hold;
    }

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private (HostDatabase Database, SqliteOrchestrationStore Store) Open()
    {
        var database = HostDatabase.Open(_inMemory ? ":memory:" : Path.Combine(_folder, "host.db"), new HostDatabaseOptions { FullSync = false });
        return (database, new SqliteOrchestrationStore(database));
    }

    private sealed class Holding : IDisposable
    {
        public ManualResetEventSlim Begun { get; } = new();

        public ManualResetEventSlim Released { get; } = new();

        public void Dispose() => Released.Set();
    }
}

public sealed class SqliteFileFixture() : SqliteFixture(inMemory: false);

public sealed class SqliteMemoryFixture() : SqliteFixture(inMemory: true);
