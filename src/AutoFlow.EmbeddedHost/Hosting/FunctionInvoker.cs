using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Queues;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Triggers.Queue;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>How a run ended.</summary>
/// <param name="InvocationId">The run's id.</param>
/// <param name="Value">What the function returned; null after a failure.</param>
/// <param name="Failure">Why it failed; null when it succeeded.</param>
internal sealed record InvocationOutcome(string InvocationId, object? Value, Exception? Failure);

/// <summary>Runs functions: makes their class in a scope of its own, fills their parameters, runs them through the middleware, sends their outputs.</summary>
internal class FunctionInvoker
{
    private readonly IServiceScopeFactory _scopes;
    private readonly QueueOutputs _outputs;
    private readonly HostJsonSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly FunctionExecutionDelegate _pipeline;

    public FunctionInvoker(
        IServiceScopeFactory scopes,
        QueueOutputs outputs,
        HostJsonSettings settings,
        TimeProvider time,
        ILoggerFactory loggers,
        FunctionMiddleware middleware)
    {
        _scopes = scopes;
        _outputs = outputs;
        _settings = settings;
        _time = time;
        _loggers = loggers;
        _pipeline = middleware.Around(RunAsync);
    }

    /// <summary>Runs a function. Its failure is logged here and told in the outcome, never thrown.</summary>
    /// <param name="function">The function.</param>
    /// <param name="triggerEvent">What starts it.</param>
    /// <param name="ct">Cancels the run.</param>
    public virtual async Task<InvocationOutcome> InvokeAsync(FunctionDescriptor function, TriggerEvent triggerEvent, CancellationToken ct)
    {
        using var timeout = Timeout(triggerEvent);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout?.Token ?? CancellationToken.None);
        await using var scope = triggerEvent.Http is null ? _scopes.CreateAsyncScope() : default(AsyncServiceScope?);
        var services = triggerEvent.Http?.RequestServices ?? scope!.Value.ServiceProvider;
        var span = InvocationSpans.Start(function, triggerEvent);
        var context = new EmbeddedFunctionContext(function, triggerEvent, services, linked.Token);
        var logger = _loggers.CreateLogger(function.LogCategory);
        var started = _time.GetTimestamp();
        if (logger.IsEnabled(LogLevel.Debug))
            logger.LogDebug("Executing '{Function}' (Reason='{Reason}', Id={InvocationId})", function.Name, triggerEvent.Reason, context.InvocationId);
        try
        {
            await _pipeline(context);
            await _outputs.SendAsync(function, context.Result, linked.Token);
        }
        catch (Exception failure)
        {
            InvocationSpans.End(span, context.InvocationId, failure);
            // What the caller got wrong, and a caller who has gone, are no faults of the function: no stack trace for them.
            // What the disk refuses is told once, where the fault begins and ends.
            var unavailable = StorageUnavailableException.IsBehind(failure);
            var callers = unavailable || failure is BindingException or InstanceUnavailableException || (failure is OperationCanceledException && ct.IsCancellationRequested);
            logger.Log(
                callers ? LogLevel.Warning : LogLevel.Error,
                callers ? null : failure,
                "Executed '{Function}' (Failed, Id={InvocationId}, Duration={Duration}ms): {Reason}",
                function.Name,
                context.InvocationId,
                (long)_time.GetElapsedTime(started).TotalMilliseconds,
                failure is BindingException or InstanceUnavailableException ? failure.Message : unavailable ? nameof(StorageUnavailableException) : failure.GetType().Name);
            return new InvocationOutcome(context.InvocationId, null, failure);
        }

        InvocationSpans.End(span, context.InvocationId, null);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            logger.LogDebug(
                "Executed '{Function}' (Succeeded, Id={InvocationId}, Duration={Duration}ms)",
                function.Name,
                context.InvocationId,
                (long)_time.GetElapsedTime(started).TotalMilliseconds);
        }

        return new InvocationOutcome(context.InvocationId, context.Result, null);
    }

    /// <summary>Runs a function in a scope without middleware and without logging: a turn of an orchestrator, which must stay deterministic.</summary>
    /// <param name="function">The function.</param>
    /// <param name="triggerEvent">What starts it.</param>
    public async Task<object?> InvokeBareAsync(FunctionDescriptor function, TriggerEvent triggerEvent)
    {
        using var scope = _scopes.CreateScope();
        var context = new EmbeddedFunctionContext(function, triggerEvent, scope.ServiceProvider, CancellationToken.None);
        await RunAsync(context);
        return context.Result;
    }

    private static async Task RunAsync(FunctionContext context)
    {
        var run = (EmbeddedFunctionContext)context;
        var arguments = new object?[run.Function.Parameters.Count];
        for (var index = 0; index < arguments.Length; index++)
            arguments[index] = await BindAsync(run, run.Function.Parameters[index]);

        var instance = run.Function.Make(run.InstanceServices);
        try
        {
            run.Result = await Returned.AwaitAsync(run.Function.Call(instance, arguments));
        }
        finally
        {
            if (instance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (instance as IDisposable)?.Dispose();
        }
    }

    private static async ValueTask<object?> BindAsync(EmbeddedFunctionContext run, ParameterBinding binding) => binding.Source switch
    {
        ParameterSource.FunctionContext => run,
        ParameterSource.CancellationToken => run.CancellationToken,
        ParameterSource.DurableClient => run.InstanceServices.GetRequiredService<DurableEngine>().Client,
        _ => await run.Event.BindAsync(binding.Parameter, binding.Source, run.CancellationToken),
    };

    /// <summary>An activity's time is the orchestration's own affair, an HTTP request's that of its caller.</summary>
    private CancellationTokenSource? Timeout(TriggerEvent triggerEvent) =>
        _settings.FunctionTimeout is { } limit && triggerEvent is TimerEvent or QueueEvent
            ? new CancellationTokenSource(limit, _time)
            : null;
}
