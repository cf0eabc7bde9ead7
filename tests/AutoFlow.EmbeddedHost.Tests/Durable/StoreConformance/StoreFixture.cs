using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;

/// <summary>A store under test. What it must do: <see cref="InstanceConformance{TFixture}"/>, <see cref="WorkConformance{TFixture}"/> and <see cref="QueryConformance{TFixture}"/>.</summary>
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
public abstract class SqliteFixture(bool inMemory) : StoreFixture
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "autoflow-tests", Guid.NewGuid().ToString("N"));
    private HostDatabase? _database;
    private SqliteOrchestrationStore? _store;

    internal override IOrchestrationStore Store => _store ??= new SqliteOrchestrationStore(Database);

    internal override bool IsKept => !inMemory;

    private HostDatabase Database => _database ??=
        HostDatabase.Open(inMemory ? ":memory:" : Path.Combine(_folder, "host.db"), new HostDatabaseOptions { FullSync = false });

    internal override async Task ReopenAsync()
    {
        if (inMemory)
            return;
        await Database.DisposeAsync();
        (_database, _store) = (null, null);
    }

    internal override IDisposable Hold()
    {
        var hold = new Holding();
        _ = Database.WriteAsync(_ =>
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
        if (_database is not null)
            await _database.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
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

/// <summary>Commits in few words.</summary>
internal static class Commits
{
    public static DateTime At { get; } = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>Adds a commit and waits for its end.</summary>
    public static Task AddAsync(this IOrchestrationStore store, string id, long key, Action<InstanceCommit> fill)
    {
        var (commit, done) = Make(id, key, fill);
        store.Add(commit);
        return done;
    }

    /// <summary>A commit that is not added yet, and its end.</summary>
    public static (InstanceCommit Commit, Task Done) Make(string id, long key, Action<InstanceCommit> fill)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var commit = new InstanceCommit
        {
            InstanceId = id,
            Instance = key,
            Ended = (_, failure) =>
            {
                if (failure is null)
                    done.SetResult();
                else
                    done.SetException(failure);
            },
        };
        fill(commit);
        return (commit, done.Task);
    }

    /// <summary>A commit that creates an instance.</summary>
    public static Task CreateAsync(
        this IOrchestrationStore store,
        string id,
        long key,
        OrchestrationRuntimeStatus status = OrchestrationRuntimeStatus.Running,
        TaskOf? parent = null,
        DateTime? at = null,
        Action<InstanceCommit>? more = null)
        => store.AddAsync(id, key, commit =>
        {
            commit.Created = Row(id, key, status, parent, at);
            more?.Invoke(commit);
        });

    public static InstanceRow Row(
        string id, long key, OrchestrationRuntimeStatus status = OrchestrationRuntimeStatus.Running, TaskOf? parent = null, DateTime? at = null)
        => new(key, id, "Flow", "1.2", 0, status, parent) { Input = "\"in\"", Tags = """{"order":"1001"}""", CreatedAt = at ?? At };

    public static StatusChange Status(OrchestrationRuntimeStatus status, string? output = null, (bool IsSet, string? Json) custom = default)
        => new(status, At.AddHours(1), custom, output, null);

    public static TurnRow Turn(int number, params HistoryEvent[] decided)
        => TurnRow.Of(new TurnRecord(number, At.AddMinutes(number), [new EventRaised($"e{number}", null)], decided));

    /// <summary>Histories as JSON, to be compared.</summary>
    public static IEnumerable<string> Json(this IEnumerable<TurnRecord>? turns) => (turns ?? []).Select(HistoryJson.Write);

    public static TurnRecord Record(int number, params HistoryEvent[] decided) => new(number, At.AddMinutes(number), [new EventRaised($"e{number}", null)], decided);
}
