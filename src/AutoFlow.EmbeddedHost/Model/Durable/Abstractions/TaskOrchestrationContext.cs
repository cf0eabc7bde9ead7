using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>What orchestrator code may do. Everything it learns and asks for goes through here, so that it can be replayed.</summary>
public abstract class TaskOrchestrationContext
{
    /// <summary>The orchestrator's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of this instance.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The caller; null where a client started it.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The orchestration's time in UTC: that of the turn, the same at every replay.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>True while code runs again over what has already happened.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>The version it was started with; empty for none.</summary>
    public virtual string Version => string.Empty;

    /// <summary>Settings of the orchestration; empty here.</summary>
    public virtual IReadOnlyDictionary<string, object?> Properties => ImmutableDictionary<string, object?>.Empty;

    /// <summary>Where replay-safe loggers come from.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>The input; the default where there was none.</summary>
    public abstract T? GetInput<T>();

    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null)
        => CallActivityAsync<object>(name, input, options);

    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options) => CallActivityAsync<TResult>(name, null, options);

    /// <summary>Calls an activity. It runs at least once; its result is recorded once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="input">Its input as JSON; null for none.</param>
    /// <param name="options">Retries; null for none.</param>
    /// <exception cref="TaskFailedException">It threw, and retries did not help.</exception>
    /// <exception cref="InvalidOperationException">Called from another thread than the orchestrator's.</exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>A durable timer.</summary>
    /// <param name="delay">How long from now.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken)
        => CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>A durable timer.</summary>
    /// <param name="fireAt">When, in UTC.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for an event. Events are kept until somebody waits, and each completes one wait; events of one name come in the order they were
    /// raised. Where several wait for the same name, the last to wait is served first.
    /// </summary>
    /// <param name="eventName">Its name, case-insensitive.</param>
    /// <param name="cancellationToken">Ends the wait; no event goes to it afterwards.</param>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="WaitForExternalEvent{T}(string, TimeSpan, CancellationToken)"/>
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout)
        => WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <summary>Waits for an event, up to a time.</summary>
    /// <param name="eventName">Its name, case-insensitive.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TaskCanceledException">The time is over, or the wait was cancelled.</exception>
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var over = CreateTimer(timeout, timer.Token);
        var raised = WaitForExternalEvent<T>(eventName, wait.Token);
        if (await Task.WhenAny(over, raised) == raised)
            timer.Cancel(); // Not CancelAsync: its callbacks run on other threads.
        else
            wait.Cancel();
        return await raised;
    }

    /// <summary>Raises an event of another instance. It is dropped where that instance is unknown or finished.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Sets what queries see of this instance; null clears it.</summary>
    /// <exception cref="ArgumentException">Its JSON is longer than 16 KB in UTF-16.</exception>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Calls a child orchestration.</summary>
    /// <param name="orchestratorName">Its name.</param>
    /// <param name="input">Its input as JSON; null for none.</param>
    /// <param name="options">Retries, and its id by <see cref="SubOrchestrationOptions"/>; null for none.</param>
    /// <exception cref="TaskFailedException">It failed, and retries did not help.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, TaskOptions options)
        => CallSubOrchestratorAsync<TResult>(orchestratorName, null, options);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, TaskOptions options)
        => CallSubOrchestratorAsync(orchestratorName, null, options);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
        => CallSubOrchestratorAsync<object>(orchestratorName, input, options);

    /// <summary>Starts over with a new input and an empty history, once the orchestrator has returned. What it still waits for is dropped.</summary>
    /// <param name="newInput">The new input; null for none.</param>
    /// <param name="preserveUnprocessedEvents">Whether events that nobody has waited for go over.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <inheritdoc cref="ContinueAsNew(object?, bool)"/>
    public virtual void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ContinueAsNew(options.NewInput, options.PreserveUnprocessedEvents);
    }

    /// <summary>A new id that is the same at every replay: a name-based UUID (version 5, RFC 4122 section 4.3).</summary>
    public abstract Guid NewGuid();

    /// <summary>A logger that writes only while not replaying.</summary>
    public virtual ILogger CreateReplaySafeLogger(string categoryName) => new ReplaySafeLogger(this, LoggerFactory.CreateLogger(categoryName));

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    public virtual ILogger CreateReplaySafeLogger(Type type) => new ReplaySafeLogger(this, LoggerFactory.CreateLogger(type));

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    public virtual ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(this, LoggerFactory.CreateLogger<T>());

    private sealed class ReplaySafeLogger(TaskOrchestrationContext context, ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => !context.IsReplaying && logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!context.IsReplaying)
                logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
