using System.Globalization;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using AutoFlow.Tests;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential;

/// <summary>Runs a plan as an orchestration of the engine.</summary>
internal static class Interpreter
{
    public const string Orchestrator = "Plan";
    private const string Activity = "Work";

    /// <summary>The clock of a new host.</summary>
    public static DateTimeOffset Epoch { get; } = new VirtualTime().GetUtcNow();

    /// <summary>Registers the orchestrator and its activity, each run of which is noted by its own id.</summary>
    public static void Register(DurableHost host)
    {
        host.Registry.AddOrchestrator(Orchestrator, RunAsync);
        host.Registry.AddActivity(Activity, (call, _) =>
        {
            host.Ran.Enqueue($"{call.InstanceId}#{call.TaskId} {call.Name}({call.InputJson})");
            var work = System.Text.Json.JsonSerializer.Deserialize<Work>(call.InputJson!, System.Text.Json.JsonSerializerOptions.Web)!;
            if (work.Failure is { } failure && host.Time.GetUtcNow() < work.FailsUntil)
                throw new InvalidOperationException(failure);
            return Task.FromResult<object?>(work.Number * work.Number);
        });
    }

    /// <summary>What a client gives to start a plan.</summary>
    public static Input First(Plan plan) => new(plan, 0, []);

    public static async Task<object?> RunAsync(TaskOrchestrationContext context)
    {
        var input = context.GetInput<Input>()!;
        List<string> done = [.. input.Done, await RunAsync(context, input.Plan.Body)];
        if (input.Round == input.Plan.Loops)
            return string.Join(';', done);
        context.ContinueAsNew(new Input(input.Plan, input.Round + 1, done), input.Plan.Preserve);
        return null;
    }

    private static async Task<string> RunAsync(TaskOrchestrationContext context, Step step)
    {
        switch (step)
        {
            case Call call:
                return await WorkAsync(context, new Work(context.NewGuid(), call.Number, null, default), null);
            case FailingCall failing:
                return await WorkAsync(context, new Work(context.NewGuid(), 0, failing.Message, DateTimeOffset.MaxValue), null);
            case RetriedCall retried:
                var ready = new DateTimeOffset(context.CurrentUtcDateTime).AddMinutes(retried.ReadyAfter);
                return await WorkAsync(context, new Work(context.NewGuid(), 1, "not yet", ready), Retry(retried));
            case Sleep sleep:
                await context.CreateTimer(TimeSpan.FromMinutes(sleep.Minutes), CancellationToken.None);
                return "z";
            case CancelledSleep cancelled:
                return await CancelAsync(context, cancelled);
            case Listen listen:
                return await context.WaitForExternalEvent<string>(listen.Name);
            case ListenFor listen:
                try
                {
                    return await context.WaitForExternalEvent<string>(listen.Name, TimeSpan.FromMinutes(listen.Minutes));
                }
                catch (OperationCanceledException)
                {
                    return "timeout";
                }

            case Race race:
                return await RaceAsync(context, race);
            case Sequence sequence:
                var parts = new List<string>();
                foreach (var each in sequence.Steps)
                    parts.Add(await RunAsync(context, each));
                return string.Join(',', parts);
            case Parallel parallel:
                return $"[{string.Join('|', await Task.WhenAll(parallel.Steps.Select(each => RunAsync(context, each))))}]";
            case Child child:
                return $"({await ChildAsync(context, child)})";
            case Try attempt:
                try
                {
                    return await RunAsync(context, attempt.Step);
                }
                catch (Exception exception)
                {
                    return $"caught {Failures.Root(exception)}";
                }

            case Fail fail:
                throw new InvalidOperationException(fail.Message);
            case Status status:
                context.SetCustomStatus(status.Text);
                return "";
            case Send send:
                context.SendEvent(send.Target, send.Name, send.Payload);
                return "";
            case Now:
                return Math.Floor((context.CurrentUtcDateTime - Epoch.UtcDateTime).TotalMinutes).ToString(CultureInfo.InvariantCulture);
            default:
                throw new NotSupportedException(step.ToString());
        }
    }

    private static async Task<string> WorkAsync(TaskOrchestrationContext context, Work work, TaskOptions? options)
        => (await context.CallActivityAsync<int>(Activity, work, options)).ToString(CultureInfo.InvariantCulture);

    private static TaskOptions Retry(RetriedCall retried) => retried.ByHandler
        ? TaskOptions.FromRetryHandler(async retry =>
        {
            if (retry.LastAttemptNumber >= retried.Attempts)
                return false;
            var delay = Math.Min(60, retried.Delay * Math.Pow(2, retry.LastAttemptNumber - 1));
            await retry.OrchestrationContext.CreateTimer(TimeSpan.FromMinutes(delay), CancellationToken.None);
            return true;
        })
        : TaskOptions.FromRetryPolicy(new RetryPolicy(retried.Attempts, TimeSpan.FromMinutes(retried.Delay), 2));

    private static Task<string> ChildAsync(TaskOrchestrationContext context, Child child) => context.CallSubOrchestratorAsync<string>(
        Orchestrator,
        First(child.Plan),
        child.Attempts > 1
            ? new SubOrchestrationOptions(new RetryPolicy(child.Attempts, TimeSpan.FromMinutes(child.Delay), 2), child.Id)
            : child.Id is { } id ? new SubOrchestrationOptions(instanceId: id) : null);

    private static async Task<string> CancelAsync(TaskOrchestrationContext context, CancelledSleep cancelled)
    {
        using var stop = new CancellationTokenSource();
        var far = context.CreateTimer(TimeSpan.FromMinutes(cancelled.Long), stop.Token);
        await context.CreateTimer(TimeSpan.FromMinutes(cancelled.Short), CancellationToken.None);
        stop.Cancel();
        return far.IsCanceled ? "cancelled" : "fired";
    }

    private static async Task<string> RaceAsync(TaskOrchestrationContext context, Race race)
    {
        using var stop = new CancellationTokenSource();
        var runners = race.Of.Select(each => each switch
        {
            Sleep sleep => SleepAsync(context, sleep, stop.Token),
            Listen listen => context.WaitForExternalEvent<string>(listen.Name, stop.Token),
            _ => RunAsync(context, each),
        }).ToList();
        var first = await Task.WhenAny(runners);
        if (race.CancelLosers)
            stop.Cancel();
        return $"{runners.IndexOf(first).ToString(CultureInfo.InvariantCulture)}:{await first}";
    }

    private static async Task<string> SleepAsync(TaskOrchestrationContext context, Sleep sleep, CancellationToken stop)
    {
        await context.CreateTimer(TimeSpan.FromMinutes(sleep.Minutes), stop);
        return "z";
    }

    /// <summary>The input of an orchestration.</summary>
    internal sealed record Input(Plan Plan, int Round, List<string> Done);

    private sealed record Work(Guid Id, int Number, string? Failure, DateTimeOffset FailsUntil);
}
