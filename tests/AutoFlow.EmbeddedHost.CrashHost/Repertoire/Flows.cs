using System.Collections.Frozen;
using System.Globalization;
using AutoFlow.EmbeddedHost.Durable;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.CrashHost.Repertoire;

/// <summary>
/// Orchestrations that together use every transition of the engine. What each comes to does not depend on when it runs or on what interrupts it.
/// The custom status of each says what it wants the outside to do, see <see cref="Outside"/>.
/// </summary>
/// <param name="hour">The unit of all waits: an hour under virtual time, milliseconds in a process that is killed.</param>
/// <param name="prefix">Put before the ids, so that several can stand side by side.</param>
public sealed class Flows(TimeSpan hour, string prefix = "")
{
    private static readonly FrozenDictionary<string, Func<TaskOrchestrationContext, TimeSpan, Task<object?>>> All =
        new[] { TaskFlows.All, WaitFlows.All, FamilyFlows.All, LifeFlows.All }.SelectMany(flows => flows)
            .ToFrozenDictionary(flow => flow.Name, flow => flow.Run, StringComparer.Ordinal);

    /// <summary>The unit of all waits.</summary>
    public TimeSpan Hour => hour;

    /// <summary>What all ids begin with.</summary>
    public string Prefix => prefix;

    /// <summary>What the outside starts, id and orchestrator, in this order.</summary>
    public IReadOnlyList<(string Id, string Flow)> Starts =>
    [
        .. new (string Id, string Flow)[]
        {
            ("fan-out", "FanOut"), ("failure-caught", "FailureCaught"), ("retry-then-success", "RetryThenSuccess"), ("retry-exhausted", "RetryExhausted"),
            ("retry-handler", "RetryHandler"), ("timer", "Timer"), ("timer-cancelled", "TimerCancelled"), ("event", "Event"),
            ("event-buffered", "EventBuffered"), ("event-in-time", "EventInTime"), ("event-timeout", "EventTimeout"), ("race", "Race"),
            ("child", "Child"), ("child-failure", "ChildFailure"), ("child-retried", "ChildRetried"), ("child-terminated", "ChildTerminated"),
            ("carried-events", "CarriedEvents"), ("dropped-events", "DroppedEvents"), ("events-sent", "EventsSent"), ("suspended", "Suspended"),
            ("terminated", "Terminated"), ("failed", "Failed"), ("scheduled-start", "ScheduledStart"), ("stable-values", "StableValues"),
            ("started-again", "StartedAgain"), ("purged", "Purged"), ("slow-activity", "SlowActivity"),
        }.Select(start => (prefix + start.Id, start.Flow)),
    ];

    /// <summary>The code of an orchestrator; null where there is none of that name.</summary>
    public Func<TaskOrchestrationContext, Task<object?>>? Find(string name)
        => All.TryGetValue(name, out var run) ? context => run(context, hour) : null;

    /// <summary>Registers orchestrators and activities.</summary>
    /// <param name="registry">Where.</param>
    /// <param name="before">Called at each run of an activity, before its work.</param>
    public void Register(DurableRegistry registry, Func<ActivityInvocation, CancellationToken, Task> before)
    {
        ArgumentNullException.ThrowIfNull(registry);
        foreach (var name in All.Keys)
            registry.AddOrchestrator(name, Find(name)!);
        foreach (var name in new[] { "Echo", "Slow" })
        {
            registry.AddActivity(name, async (call, ct) =>
            {
                await before(call, ct).ConfigureAwait(false);
                return System.Text.Json.JsonDocument.Parse(call.InputJson!).RootElement;
            });
        }

        registry.AddActivity("Fail", async (call, ct) =>
        {
            await before(call, ct).ConfigureAwait(false);
            throw new InvalidOperationException("It never works.");
        });

        // The number of the task tells attempts apart, so that it is the same whenever and wherever it runs.
        registry.AddActivity("FailTwice", async (call, ct) =>
        {
            await before(call, ct).ConfigureAwait(false);
            return call.TaskId < 4 ? throw new TimeoutException("Try again.") : "at last";
        });
    }

    /// <summary>One run of an activity in words: who called it, as which task, with what.</summary>
    public static string Describe(ActivityInvocation call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return $"{call.InstanceId}#{call.TaskId.ToString(CultureInfo.InvariantCulture)} {call.Name}({call.InputJson})";
    }
}
