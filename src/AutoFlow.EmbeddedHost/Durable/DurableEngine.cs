using AutoFlow.EmbeddedHost.Durable.Engine;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Strict;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable;

/// <summary>
/// Runs orchestrations and activities. All it knows is in the store, so that it can end at any moment, however it ends,
/// and a next one on the same store goes on.
/// </summary>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly DurableOptions _options;
    private readonly TimeProvider _time;
    private readonly WorkCount _work = new();
    private readonly RunningMarks _marks;
    private readonly Suspects _suspects;
    private readonly TurnServices _services;
    private readonly InstanceDirectory _directory;
    private readonly TurnDispatcher _turns;
    private readonly ActivityDispatcher _activities;
    private readonly TimerClock _timers;
    private readonly FaultLog? _faults;
    private int _state;

    /// <summary>An engine that has not started.</summary>
    /// <param name="database">Where everything is kept; not disposed of here.</param>
    /// <param name="registry">The app's functions.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock of timers and of the orchestrations' time.</param>
    /// <param name="loggers">Loggers of the engine and of the orchestrations.</param>
    public DurableEngine(HostDatabase database, DurableRegistry registry, DurableOptions options, TimeProvider time, ILoggerFactory loggers)
        : this(new SqliteOrchestrationStore(database), registry, options, time, loggers, () => database.Fault, database.MarksPath)
        => _faults = new FaultLog(database, loggers.CreateLogger<DurableEngine>());

    internal DurableEngine(
        IOrchestrationStore store, DurableRegistry registry, DurableOptions options, TimeProvider time, ILoggerFactory loggers, Func<Exception?> fault, string? marks)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxConcurrentActivities);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxConcurrentOrchestrations);
        if (options.Strict is { } faults)
            store = new StrictStore(store, faults, time);
        Store = store;
        _options = options;
        _time = time;
        var logger = loggers.CreateLogger<DurableEngine>();
        _marks = new RunningMarks(marks);
        _suspects = new Suspects(store, _marks, logger);
        _services = new TurnServices(store, registry, _suspects, options.Strict, time, loggers);
        _directory = new InstanceDirectory(options.MaxInstancesInMemory);
        var watch = new InstanceWatch(store, options.Strict is null ? _directory : null);
        _turns = new TurnDispatcher(_services, _directory, watch, _work, options.MaxConcurrentOrchestrations) { Durable = Durable };
        _activities = new ActivityDispatcher(registry, _turns, _suspects, _work, options.Strict, options.MaxConcurrentActivities, logger) { DrainedAt = options.MaxTimersAtOnce * TimerClock.BacklogPerTimer / 2 };
        _timers = new TimerClock(store, _turns, () => _activities.Waiting, options.MaxTimersAtOnce, _work, time, logger);
        _activities.Drained = _timers.GoOn;
        Client = new EmbeddedDurableClient(store, _turns, watch, fault);
        if (options.Strict is { } strict)
            Client = new StrictClient(Client, strict, time);
    }

    /// <summary>Starts, asks and ends orchestrations. Usable before the engine starts: what is asked for waits.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Activities that were asked for and have not begun: how far the work is behind.</summary>
    public int WaitingActivities => _activities.Waiting;

    internal IOrchestrationStore Store { get; }

    /// <summary>Timers that have been given to their instances and are not done with. For tests.</summary>
    internal int PostedTimers => _timers.Posted;

    /// <summary>Goes on with everything that waits, and returns.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _state, 1) != 0)
            throw new InvalidOperationException("The engine can be started once.");
        ct.ThrowIfCancellationRequested();
        await _suspects.ReadAsync(ct).ConfigureAwait(false);
        var keys = _services.Keys;
        var left = Store.LeftWork();
        foreach (var id in left.Busy)
            _services.LeftBusy.TryAdd(id, true);

        // Everybody has what is left before anybody goes on: nothing that follows from one message overtakes another. And what came before
        // the start waits in memory.
        var woken = left.Inbox.Where(message => !keys.IsOwn(message.InboxKey))
            .Concat(left.Busy.Concat(_directory.Ids).Select(id => new ResumeMessage(id)))
            .Select(_turns.Deposit)
            .OfType<HotInstance>()
            .ToList();
        _services.Runs = true;
        foreach (var instance in woken)
            _turns.Queue(instance);
        _activities.Add(left.Orphans);
        _timers.Start();
    }

    /// <summary>
    /// Ends the turns that run, gives activities their grace, and leaves the rest for the next start. What clients ask for afterwards is
    /// stored, and waits for that.
    /// </summary>
    /// <param name="ct">Cuts the grace short.</param>
    public async Task StopAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _state, 2) != 1)
            return;
        _services.Runs = false;
        _timers.Stop();
        try
        {
            await EndAsync().WaitAsync(_options.StopGrace, _time, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // An activity that does not heed its token is left behind: its result is not recorded, and it runs again.
            await _activities.AbortAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops without grace where it has not been stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _timers.Dispose();
        _activities.Dispose();
        _marks.Dispose();
        _faults?.Dispose();
    }

    /// <summary>Completes when nothing is ready, nothing runs, and the next thing to happen is a timer or a call of the client. For tests.</summary>
    internal Task WhenIdleAsync() => _work.WhenZeroAsync();

    /// <summary>Gives an instance a message, as activities do. For tests.</summary>
    internal void Post(Message message) => _turns.Post(message);

    /// <summary>Activities end, and what they brought is recorded.</summary>
    private async Task EndAsync()
    {
        await _activities.StopAsync().ConfigureAwait(false);
        _turns.Hurry();
        await _work.WhenZeroAsync().ConfigureAwait(false);
    }

    private void Durable(InstanceCommit commit)
    {
        if (commit.Activities.Count > 0)
            _activities.Add(commit.Activities);
        if (commit.TimersSet.Count > 0)
            _timers.Add(commit.InstanceId, commit.Instance, commit.TimersSet);
    }
}
