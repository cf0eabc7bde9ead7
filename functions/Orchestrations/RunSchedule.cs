using System.Text.Json;
using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Steps;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>
/// Keeps a definition's schedule for ever: each round waits, starts one run of the newest version, and begins anew. After an
/// outage one missed round is made up for; the others are left out.
/// </summary>
public sealed class RunSchedule(WorkflowLibrary workflows)
{
    /// <summary>The event that says that another version was published.</summary>
    public const string Changed = "autoflow.schedule.changed";

    /// <summary>More than are ever on their way at once.</summary>
    private const int SeenAtMost = 200;

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    [Function(nameof(RunSchedule))]
    public async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var turn = context.GetInput<ScheduleTurn>() ?? throw new InvalidOperationException("RunSchedule was started without input.");
        try
        {
            if (await RoundAsync(context, turn) is { } next) context.ContinueAsNew(next);
        }
        catch (Exception exception) when (exception is TaskFailedException or WorkflowErrorException)
        {
            await AfterTroubleAsync(context, exception);
            context.ContinueAsNew(turn);
        }
    }

    private static Task AfterTroubleAsync(TaskOrchestrationContext context, Exception exception)
    {
        context.CreateReplaySafeLogger<RunSchedule>().LogWarning("A round of {Schedule} failed and is tried again: {Reason}", context.InstanceId, Kind(exception));
        return context.CreateTimer(AfterTrouble, CancellationToken.None);
    }

    /// <summary>For the log: never the text, which can hold what customers wrote.</summary>
    private static string Kind(Exception exception) => exception switch
    {
        TaskFailedException { FailureDetails: { } details } failed => $"{failed.TaskName}: {details.ErrorType}",
        TaskFailedException failed => failed.TaskName,
        WorkflowErrorException { Error.Type: var type } => type,
        _ => exception.GetType().Name,
    };

    /// <summary>One round; null ends the schedule.</summary>
    private async Task<ScheduleTurn?> RoundAsync(TaskOrchestrationContext context, ScheduleTurn turn)
    {
        if (turn.Pending is { } pending)
        {
            await BeginAsync(context, pending, DurableWorkflowContext.UntilItIsThere);
            turn = turn with { Pending = null };
        }

        var pinned = await PinAsync(context, turn, DurableWorkflowContext.OverBrokenInfrastructure);
        if (pinned is null)
        {
            if (turn.DefinitionHash is not null) await context.CallActivityAsync(SubscribeToEvents.End, context.InstanceId, DurableWorkflowContext.UntilItIsThere);
            return null;
        }

        // Content-addressed and immutable: the same hash is the same text on every replay and on every machine.
        var definition = workflows.Find(pinned.DefinitionHash) ?? throw new InvalidOperationException($"Definition {turn.Name} with hash {pinned.DefinitionHash} is not in the store.");
        var schedule = definition.Schedule!;
        // Taken into a round of its own, so that whatever befalls the next one the count begins here.
        if (turn.DefinitionHash != pinned.DefinitionHash)
        {
            await SubscribeAnewAsync(context, turn.DefinitionHash is { } before ? workflows.Find(before)?.Schedule : null, schedule);
            return turn with { DefinitionHash = pinned.DefinitionHash, From = schedule.Kind == ScheduleKind.After ? turn.From : Now(context) };
        }

        return schedule.Kind == ScheduleKind.On
            ? await OnEventsAsync(context, turn, pinned, definition)
            : await InTimeAsync(context, turn, pinned, schedule);
    }

    /// <summary>First to what the new version waits for, then no longer to what only the old one did: no event falls between the two.</summary>
    private static async Task SubscribeAnewAsync(TaskOrchestrationContext context, WorkflowSchedule? before, WorkflowSchedule now)
    {
        if (before is null) return; // The listener subscribes by itself.
        foreach (var type in now.EventTypes.Except(before.EventTypes).Where(static type => !CloudEvent.IsDirect(type))) await ChangeAsync(nameof(SubscribeToEvents), type);
        foreach (var type in before.EventTypes.Except(now.EventTypes)) await ChangeAsync(SubscribeToEvents.EndOne, type);

        Task<object?> ChangeAsync(string activity, string type) =>
            context.CallActivityAsync<object?>(activity, new EventSubscription(context.InstanceId, type), DurableWorkflowContext.UntilItIsThere);
    }

    private static async Task<ScheduleTurn?> InTimeAsync(TaskOrchestrationContext context, ScheduleTurn turn, PinnedSchedule pinned, WorkflowSchedule schedule)
    {
        // "after" counts from the end of the run before; the first run waits for nothing.
        if ((turn.From is { } from ? schedule.NextAfter(from) : Now(context)) is not { } due) return null; // The calendar ends.
        context.SetCustomStatus(new ScheduleStatus(pinned.DefinitionHash, due));
        if (!await ComesAsync(context, turn, due)) return turn;

        var id = InstanceIds.ForRound(turn.Namespace, turn.Name, due);
        var start = Start(turn, pinned, Element(JqValue.EmptyObject));
        if (schedule.Kind != ScheduleKind.After)
        {
            await BeginAsync(context, new DetachedWorkflow(id, start), DurableWorkflowContext.OverBrokenInfrastructure);
            return turn with { Round = turn.Round + 1, From = Caught(schedule, due, Now(context)) };
        }

        context.SetCustomStatus(new ScheduleStatus(pinned.DefinitionHash, null));
        try
        {
            await context.CallSubOrchestratorAsync<WorkflowOutcome>(nameof(RunWorkflow), start, new SubOrchestrationOptions(instanceId: id));
        }
        catch (TaskFailedException exception)
        {
            // Killed, or broken: it has ended all the same.
            context.CreateReplaySafeLogger<RunSchedule>().LogWarning("{Run} ended badly: {Reason}", id, Kind(exception));
        }

        return turn with { Round = turn.Round + 1, From = Now(context) };
    }

    /// <summary>Whatever befalls the round, the next one gets what was received: an event comes but once.</summary>
    private static async Task<ScheduleTurn?> OnEventsAsync(TaskOrchestrationContext context, ScheduleTurn turn, PinnedSchedule pinned, WorkflowDefinition definition)
    {
        context.SetCustomStatus(new ScheduleStatus(pinned.DefinitionHash, null));
        using var over = new CancellationTokenSource();
        var port = new DurableWorkflowContext(context, seen: turn.Seen);
        var listener = new ScheduleListener(definition, port, turn.Kept.Select(JqValue.FromElement));
        try
        {
            var waiting = listener.NextAsync(over.Token);
            // Only another version is worth giving up what this round has consumed.
            if (await ChangesAsync(context, turn, waiting)) return After(turn);
            var start = Start(turn, pinned, Element(await waiting));
            // Begun by the next round, which has it in its input and so cannot lose it.
            var begin = new DetachedWorkflow(InstanceIds.ForRound(turn.Namespace, turn.Name, Now(context), turn.Round), start);
            return After(turn with { Round = turn.Round + 1, From = Now(context), Pending = begin });
        }
        catch (Exception exception) when (exception is TaskFailedException or WorkflowErrorException)
        {
            await AfterTroubleAsync(context, exception);
            return After(turn);
        }
        finally
        {
            over.Cancel();
        }

        ScheduleTurn After(ScheduleTurn round)
        {
            IReadOnlyList<JsonElement> kept = [.. listener.Kept.Concat(port.TakeUnread()).Select(Element)];
            return round with { Seen = [.. port.Seen.TakeLast(SeenAtMost)], Kept = kept };
        }
    }

    /// <summary>From when to count on after a round: from its due time, unless the next one was due before now; then the last that was.</summary>
    private static DateTimeOffset Caught(WorkflowSchedule schedule, DateTimeOffset due, DateTimeOffset now)
    {
        if (!(schedule.NextAfter(due) <= now)) return due;
        return schedule.Interval is { } interval ? due + (interval * Math.Floor((now - due) / interval)) : now;
    }

    private static JsonElement Element(JqValue value) => StepJson.Element(value);

    /// <summary>Waits until a time; false when another version counts before it comes.</summary>
    private static async Task<bool> ComesAsync(TaskOrchestrationContext context, ScheduleTurn turn, DateTimeOffset due)
    {
        using var over = new CancellationTokenSource();
        var timer = context.CreateTimer(due.UtcDateTime, over.Token);
        if (!await ChangesAsync(context, turn, timer)) return true;
        over.Cancel();
        return false;
    }

    /// <summary>
    /// Waits until something else has come, or another version counts. What is told of this version is passed over here: while a run
    /// of <c>after</c> was under way it was told each minute, and a round for each would be a storm.
    /// </summary>
    private static async Task<bool> ChangesAsync(TaskOrchestrationContext context, ScheduleTurn turn, Task other)
    {
        while (true)
        {
            // Never cancelled, see EventWaits; each round asks for the newest version, so that an event that this swallows costs nothing.
            var changed = context.WaitForExternalEvent<JsonElement>(Changed);
            if (await Task.WhenAny(other, changed) == other) return false;
            if (await changed is { ValueKind: JsonValueKind.String } hash && hash.ValueEquals(turn.DefinitionHash)) continue;
            if ((await PinAsync(context, turn, DurableWorkflowContext.UntilItIsThere))?.DefinitionHash != turn.DefinitionHash) return true;
        }
    }

    private static Task<PinnedSchedule?> PinAsync(TaskOrchestrationContext context, ScheduleTurn turn, TaskOptions tries) =>
        context.CallActivityAsync<PinnedSchedule?>(nameof(PinSchedule), new DefinitionReference(turn.Namespace, turn.Name, WorkflowReference.Latest), tries);

    private static Task<object?> BeginAsync(TaskOrchestrationContext context, DetachedWorkflow run, TaskOptions tries) =>
        context.CallActivityAsync<object?>(nameof(StartWorkflow), run, tries);

    private static WorkflowStart Start(ScheduleTurn turn, PinnedSchedule pinned, JsonElement input) =>
        new() { Workflow = turn.Name, DefinitionHash = pinned.DefinitionHash, Input = input, Lifecycle = pinned.Lifecycle };

    private static DateTimeOffset Now(TaskOrchestrationContext context) => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));
}
