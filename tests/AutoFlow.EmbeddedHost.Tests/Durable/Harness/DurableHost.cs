using System.Collections.Concurrent;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Durable.Engine;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;
using AutoFlow.Tests;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Harness;

/// <summary>An engine under virtual time. It can be crashed and opened again on the same file.</summary>
internal sealed class DurableHost : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "autoflow-tests", Guid.NewGuid().ToString("N"));
    private readonly bool _inMemory;
    private HostDatabase? _database;
    private DurableEngine? _engine;
    private FaultLog? _faults;

    public DurableHost(bool inMemory = true) => _inMemory = inMemory;

    public VirtualTime Time { get; init; } = new();

    public DurableRegistry Registry { get; set; } = new();

    public DurableOptions Options { get; init; } = new() { MaxConcurrentActivities = 4, MaxConcurrentOrchestrations = 4 };

    /// <summary>1 makes a commit of every write: the most places to be interrupted at.</summary>
    public int MaxWritesPerCommit { get; init; } = 256;

    /// <summary>The database file where it is not in memory; its folder is the host's own unless it is given.</summary>
    public string FilePath
    {
        get => field ??= Path.Combine(_folder, "host.db");
        init;
    }

    /// <summary>Changes how the database is opened.</summary>
    public Func<HostDatabaseOptions, HostDatabaseOptions> Configure { get; set; } = options => options;

    /// <summary>Changes what the engine sees of its store; null for nothing.</summary>
    public Func<IOrchestrationStore, IOrchestrationStore>? Wrap { get; set; }

    public LogList Logs { get; } = new();

    public ConcurrentQueue<string> Ran { get; } = new();

    public DurableTaskClient Client => Engine.Client;

    public DurableEngine Engine => _engine ?? throw new InvalidOperationException("Not open.");

    public HostDatabase Database => _database ?? throw new InvalidOperationException("Not open.");

    /// <summary>Adds an orchestrator.</summary>
    public DurableHost Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run)
    {
        Registry.AddOrchestrator(name, run);
        return this;
    }

    /// <summary>Adds an activity that notes each of its runs as "name(input)".</summary>
    public DurableHost Activity(string name, Func<string?, object?> run)
    {
        Registry.AddActivity(name, (call, _) =>
        {
            Ran.Enqueue($"{name}({call.InputJson})");
            return Task.FromResult(run(call.InputJson));
        });
        return this;
    }

    /// <summary>True after the crash that was asked for: the store takes nothing more.</summary>
    public bool Crashed { get; private set; }

    /// <summary>Opens and starts.</summary>
    /// <param name="crashAfter">The commit after which everything ends, before anybody learns of it; null for none.</param>
    public async Task<DurableHost> StartAsync(long? crashAfter = null)
    {
        Open(crashAfter);
        await Engine.StartAsync(CancellationToken.None);
        return this;
    }

    /// <summary>Opens without starting: what the client asks for waits.</summary>
    public void Open(long? crashAfter = null)
    {
        Crashed = false;
        void Committed(long number)
        {
            if (crashAfter is null || number < crashAfter)
                return;
            Crashed = true;
            throw new IOException("The process was killed here.");
        }

        var options = new HostDatabaseOptions { FullSync = false, MaxWritesPerCommit = MaxWritesPerCommit, Committed = Committed };
        _database = HostDatabase.Open(_inMemory ? ":memory:" : FilePath, Configure(options));
        var database = _database;
        if (Wrap is null)
        {
            _engine = new DurableEngine(database, Registry, Options, Time, Logs);
            return;
        }

        _engine = new DurableEngine(Wrap(new SqliteOrchestrationStore(database)), Registry, Options, Time, Logs, () => database.Fault, database.MarksPath);
        _faults = new FaultLog(database, Logs.CreateLogger<DurableEngine>());
    }

    /// <summary>Starts an orchestration and lets it go as far as it goes without time.</summary>
    public async Task<string> RunAsync(string name, object? input = null, string? id = null)
    {
        var started = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), CancellationToken.None);
        await Engine.WhenIdleAsync();
        return started;
    }

    public async Task RaiseAsync(string id, string name, object? payload = null)
    {
        await Client.RaiseEventAsync(id, name, payload);
        await Engine.WhenIdleAsync();
    }

    public async Task IdleAsync() => await Engine.WhenIdleAsync();

    /// <summary>Moves the clock, letting everything happen that falls due on the way.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var until = Time.GetUtcNow() + by;
        await Engine.WhenIdleAsync();
        while (!Crashed && Time.Step(until))
            await Engine.WhenIdleAsync();
    }

    public async Task<OrchestrationMetadata> GetAsync(string id)
        => await Client.GetInstanceAsync(id, getInputsAndOutputs: true) ?? throw new InvalidOperationException($"No instance '{id}'.");

    public IReadOnlyList<TurnRecord> History(string id) => Engine.Store.History(id) ?? throw new InvalidOperationException($"No instance '{id}'.");

    /// <summary>Stops and opens again on the same file.</summary>
    public async Task ReopenAsync(long? crashAfter = null)
    {
        await CloseAsync();
        await StartAsync(crashAfter);
    }

    public async Task CloseAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        _faults?.Dispose();
        if (_database is not null)
            await _database.DisposeAsync();
        _engine = null;
        _faults = null;
        _database = null;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Logs as lines "Category Level message".</summary>
internal sealed class LogList : ILoggerFactory, ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(LogList list, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => list.Lines.Enqueue($"{category} {logLevel} {formatter(state, exception)}{(exception is null ? "" : " | " + exception)}");
    }
}
