using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Queues;
using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.EmbeddedHost.Triggers.Durable;
using AutoFlow.EmbeddedHost.Triggers.Queue;
using AutoFlow.EmbeddedHost.Triggers.Timer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>
/// Runs what starts functions beside HTTP. It is started after the app's own hosted services and before the web server,
/// and stopped after the web server and before them.
/// </summary>
internal sealed class FunctionsRuntime(
    FunctionSet functions,
    FunctionInvoker invoker,
    QueueOutputs outputs,
    QueueConnections connections,
    EmbeddedQueueStore queues,
    QueueSignals signals,
    TimerStatusStore timers,
    DurableRegistry registry,
    DurableEngine engine,
    HostJsonSettings settings,
    IHostEnvironment environment,
    IOptions<EmbeddedHostOptions> options,
    TimeProvider time,
    ILoggerFactory loggers) : IHostedService
{
    // Microsoft's host looks every two seconds at the latest while one develops.
    private static readonly TimeSpan DevelopmentPolling = TimeSpan.FromSeconds(2);
    private readonly List<ITriggerListener> _listeners = [];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in functions.All)
        {
            DurableFunctions.Register(registry, function, invoker);
            await outputs.PrepareAsync(function, cancellationToken);
        }

        await queues.ReleaseTakenAsync(cancellationToken);
        await engine.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);

    /// <summary>Starts the queue and timer functions. Last of all, when everything that they may call is there.</summary>
    /// <param name="ct">Cancels.</param>
    public async Task ListenAsync(CancellationToken ct)
    {
        foreach (var listener in functions.All.Select(Listener).OfType<ITriggerListener>())
        {
            await listener.StartAsync(ct);
            _listeners.Add(listener);
        }
    }

    /// <summary>Takes nothing new and waits for queue and timer functions that run.</summary>
    /// <param name="grace">Cuts the wait short.</param>
    public async Task StopListeningAsync(CancellationToken grace)
    {
        await Task.WhenAll(_listeners.Select(listener => listener.StopAsync(grace)));
        _listeners.ForEach(static listener => listener.Dispose());
        _listeners.Clear();
    }

    private ITriggerListener? Listener(FunctionDescriptor function) => function.Trigger switch
    {
        QueueTrigger queue => new QueueListener(
            function, queue, connections, Idle(queue), invoker, settings.Queues, time, loggers.CreateLogger("Host.Triggers.Queue"),
            function.Parameters.Any(static parameter => parameter.Source == ParameterSource.DurableClient) ? new DurableBacklog(() => engine.WaitingActivities, time) : null,
            options.Value.Strict is { } strict ? new Redelivery(strict, queue.Queue, settings.Queues.MaxDequeueCount) : null),
        TimerTrigger timer => new TimerListener(
            function, timer, timers, invoker, time, loggers.CreateLogger("Host.Triggers.Timer")),
        _ => null,
    };

    private IQueueIdle Idle(QueueTrigger queue)
    {
        if (connections.IsEmbedded(queue.Connection))
            return new EmbeddedQueueIdle(queue.Queue, queues, signals, time);
        var longest = settings.Queues.MaxPollingInterval;
        return new PollingQueueIdle(environment.IsDevelopment() && longest > DevelopmentPolling ? DevelopmentPolling : longest, time);
    }
}

/// <summary>The functions of this host.</summary>
internal sealed class FunctionSet
{
    /// <summary>The functions, by name. Set once, before anything starts.</summary>
    public IReadOnlyList<FunctionDescriptor> All { get; set; } = [];
}
