using AutoFlow.EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Triggers.Timer;

/// <summary>Runs one timer function by its schedule, never twice at a time.</summary>
internal sealed class TimerListener(
    FunctionDescriptor function,
    TimerTrigger trigger,
    TimerStatusStore store,
    FunctionInvoker invoker,
    TimeProvider time,
    ILogger logger) : ITriggerListener
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoning = new();
    private Task _running = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken ct)
    {
        var monitored = trigger.UseMonitor && !trigger.Schedule.IsFrequent(Now());
        var plan = TimerPlan.AtStart(trigger.Schedule, monitored ? store.Find(function.Name) : null, Now());
        if (monitored)
            await store.SaveAsync(function.Name, plan.Status, ct);
        _running = RunAsync(plan, monitored);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken grace)
    {
        await _stopping.CancelAsync();
        await using var abandon = grace.Register(_abandoning.Cancel);
        await _running;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _abandoning.Dispose();
    }

    private async Task RunAsync(TimerPlan plan, bool monitored)
    {
        var status = plan.Status;
        try
        {
            if (plan.IsPastDue || trigger.RunOnStartup)
                status = await RunOnceAsync(status, monitored, plan.IsPastDue, scheduled: false);
            while (!_stopping.IsCancellationRequested)
            {
                await DelayUntilAsync(status.Next);
                status = await RunOnceAsync(status, monitored, isPastDue: false, scheduled: true);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        catch (Exception fault)
        {
            logger.LogCritical(fault, "The timer of {Function} has stopped: its status could not be stored", function.Name);
        }
    }

    private async Task<ScheduleStatus> RunOnceAsync(ScheduleStatus status, bool monitored, bool isPastDue, bool scheduled)
    {
        var ranAt = Now();
        var info = new TimerInfo { ScheduleStatus = monitored ? status : null, IsPastDue = isPastDue };
        var reason = isPastDue ? "past due" : scheduled ? "schedule" : "start-up";
        await invoker.InvokeAsync(function, new TimerEvent(info, reason), _abandoning.Token);
        var after = TimerPlan.AfterRun(trigger.Schedule, status, ranAt, scheduled);
        if (monitored)
            await store.SaveAsync(function.Name, after, CancellationToken.None);
        return after;
    }

    private async Task DelayUntilAsync(DateTime due)
    {
        // A platform timer holds 49 days at the most.
        var longest = TimeSpan.FromDays(24);
        for (var left = due - Now(); left > TimeSpan.Zero; left = due - Now())
            await Task.Delay(left < longest ? left : longest, time, _stopping.Token);
        _stopping.Token.ThrowIfCancellationRequested();
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
