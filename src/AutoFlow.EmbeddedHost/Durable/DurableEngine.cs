using AutoFlow.EmbeddedHost.Store;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable;

/// <summary>Runs orchestrations and activities of a <see cref="HostDatabase"/>.</summary>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly Task _running = Task.CompletedTask;

    /// <summary>An engine that has not started.</summary>
    /// <param name="database">Where everything is kept; not disposed of here.</param>
    /// <param name="registry">The app's functions.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock of timers and of the orchestrations' time.</param>
    /// <param name="loggers">Loggers of the engine and of the orchestrations.</param>
    public DurableEngine(HostDatabase database, DurableRegistry registry, DurableOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(database);
        Client = null!;
    }

    /// <summary>Starts, asks and ends orchestrations. Usable before the engine starts: what is asked for waits.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Goes on with everything that waits, and returns.</summary>
    public Task StartAsync(CancellationToken ct) => _running;

    /// <summary>Ends the turns that run, gives activities their grace, and leaves the rest for the next start.</summary>
    /// <param name="ct">Cuts the grace short.</param>
    public Task StopAsync(CancellationToken ct) => _running;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
