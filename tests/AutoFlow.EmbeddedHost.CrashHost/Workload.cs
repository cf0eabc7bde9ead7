using System.Globalization;
using System.Text;
using AutoFlow.EmbeddedHost.Durable;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.CrashHost;

/// <summary>A small workload that uses activities, retries, timers, children, events and continue-as-new.</summary>
public static class Workload
{
    /// <summary>How many orchestrations there are.</summary>
    public const int Count = 200;

    /// <summary>The rounds of each.</summary>
    public const int Rounds = 3;

    /// <summary>The id of an orchestration.</summary>
    public static string IdOf(int number) => $"flow-{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What an orchestration returns in the end.</summary>
    public static string OutcomeOf(int number) => string.Join(' ', Enumerable.Range(0, Rounds).Select(round => $"{round}:{3 * number}+{number}:go"));

    /// <summary>Registers the functions.</summary>
    /// <param name="registry">Where.</param>
    /// <param name="effects">Gets a line for each run of an activity: instance, task, run.</param>
    /// <param name="run">The number of this process's run.</param>
    public static void Register(DurableRegistry registry, Stream effects, int run)
    {
        registry.AddOrchestrator("Flow", FlowAsync);
        registry.AddOrchestrator("Child", async context => await context.CallActivityAsync<int>(
            "Flaky", context.GetInput<int>(), TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(5)))));
        registry.AddActivity("Add", (call, _) =>
        {
            Note(effects, call, run);
            return Task.FromResult<object?>(int.Parse(call.InputJson!, CultureInfo.InvariantCulture));
        });
        registry.AddActivity("Flaky", (call, _) =>
        {
            Note(effects, call, run);
            return call.TaskId == 0
                ? throw new TimeoutException("The first attempt always fails.")
                : Task.FromResult<object?>(int.Parse(call.InputJson!, CultureInfo.InvariantCulture));
        });
    }

    /// <summary>Starts what has not been started, raises the events, and waits for the end.</summary>
    public static async Task DriveAsync(DurableTaskClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        await Task.WhenAll(Enumerable.Range(0, Count).Select(async number =>
        {
            var id = IdOf(number);
            if (await client.GetInstanceAsync(id) is null)
            {
                try
                {
                    await client.ScheduleNewOrchestrationInstanceAsync("Flow", new FlowState(number, []), new StartOrchestrationOptions(id));
                }
                catch (OrchestrationAlreadyExistsException)
                {
                    // An earlier run was killed after it was stored.
                }
            }

            // Again in each run: a wait takes one, and what is left over is dropped at the end.
            for (var round = 0; round < Rounds; round++)
                await client.RaiseEventAsync(id, $"round-{round}", "go");
            await client.WaitForInstanceCompletionAsync(id);
        }));
    }

    private static async Task<object?> FlowAsync(TaskOrchestrationContext context)
    {
        var state = context.GetInput<FlowState>()!;
        var round = state.Done.Count;
        var sums = await Task.WhenAll(
            context.CallActivityAsync<int>("Add", state.Number), context.CallActivityAsync<int>("Add", state.Number), context.CallActivityAsync<int>("Add", state.Number));
        var child = await context.CallSubOrchestratorAsync<int>("Child", state.Number);
        await context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        var reply = await context.WaitForExternalEvent<string>($"round-{round}");
        state.Done.Add($"{round}:{sums.Sum()}+{child}:{reply}");
        if (state.Done.Count == Rounds)
            return string.Join(' ', state.Done);
        context.ContinueAsNew(state);
        return null;
    }

    private static void Note(Stream effects, ActivityInvocation call, int run)
    {
        // One write of one line: what is in the file has happened, whatever happens next.
        var line = Encoding.UTF8.GetBytes($"{call.InstanceId}#{call.TaskId} {call.Name} {run}\n");
        lock (effects)
        {
            effects.Write(line);
            Console.Out.WriteLine(call.InstanceId);
        }
    }

    private sealed record FlowState(int Number, List<string> Done);
}
