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
    private readonly ReadyInstances _ready;
    private readonly ActivityLoop _activities;
    private readonly TimerLoop _timers;
    private readonly OrchestrationLoop _orchestrations;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private Task[] _turns = [];
    private Task[] _running = [];
    private int _state;

    /// <summary>An engine that has not started.</summary>
    /// <param name="database">Where everything is kept; not disposed of here.</param>
    /// <param name="registry">The app's functions.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock of timers and of the orchestrations' time.</param>
    /// <param name="loggers">Loggers of the engine and of the orchestrations.</param>
    public DurableEngine(HostDatabase database, DurableRegistry registry, DurableOptions options, TimeProvider time, ILoggerFactory loggers)
        : this(new SqliteOrchestrationStore(database), registry, options, time, loggers)
    {
    }

    internal DurableEngine(IOrchestrationStore store, DurableRegistry registry, DurableOptions options, TimeProvider time, ILoggerFactory loggers)
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
        var watch = new InstanceWatch();
        _ready = new ReadyInstances(_work);
        _activities = new ActivityLoop(store, registry, _ready, _work, logger);
        _timers = new TimerLoop(store, _ready, _work, time, logger);
        _orchestrations = new OrchestrationLoop(store, registry, _ready, _activities, _timers, watch, time, loggers);
        Client = new EmbeddedDurableClient(store, new RewindPlan(store, registry, loggers), _ready, _activities, _timers, watch, time);
        if (options.Strict is { } strict)
            Client = new StrictClient(Client, strict, time);
    }

    /// <summary>Starts, asks and ends orchestrations. Usable before the engine starts: what is asked for waits.</summary>
    public DurableTaskClient Client { get; }

    internal IOrchestrationStore Store { get; }

    /// <summary>Goes on with everything that waits, and returns.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public Task StartAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _state, 1) != 0)
            throw new InvalidOperationException("The engine can be started once.");
        ct.ThrowIfCancellationRequested();
        foreach (var activity in Store.WaitingActivities())
            _activities.Add(activity);
        foreach (var instance in Store.ReadyInstances())
            _ready.Signal(instance);
        _timers.Begin();
        _turns = [.. Enumerable.Range(0, _options.MaxConcurrentOrchestrations).Select(_ => Loop(() => _orchestrations.RunAsync(_stop.Token)))];
        _running =
        [
            Loop(() => _timers.RunAsync(_stop.Token)),
            .. Enumerable.Range(0, _options.MaxConcurrentActivities).Select(_ => Loop(() => _activities.RunAsync(_stop.Token, _abort.Token))),
        ];
        return Task.CompletedTask;
    }

    /// <summary>Ends the turns that run, gives activities their grace, and leaves the rest for the next start.</summary>
    /// <param name="ct">Cuts the grace short.</param>
    public async Task StopAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _state, 2) != 1)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_turns).ConfigureAwait(false);
        var running = Task.WhenAll(_running);
        try
        {
            await running.WaitAsync(_options.StopGrace, _time, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // An activity that does not heed its token is left behind: its result is not recorded, and it runs again.
            await _abort.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops without grace where it has not been stopped.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);

    /// <summary>Completes when nothing is ready, nothing runs, and the next thing to happen is a timer or a call of the client. For tests.</summary>
    internal Task WhenIdleAsync() => _work.WhenZeroAsync();

    private static Task Loop(Func<Task> run) => Task.Run(async () =>
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The engine stops.
        }
    });
}
