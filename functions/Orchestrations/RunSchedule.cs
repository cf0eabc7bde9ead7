using System.Text.Json;
using AutoFlow.Functions.Definitions;
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
            context.CreateReplaySafeLogger<RunSchedule>().LogWarning("A round of {Schedule} failed and is tried again: {Reason}", context.InstanceId, exception.Message);
            await context.CreateTimer(AfterTrouble, CancellationToken.None);
            context.ContinueAsNew(turn);
        }
    }

    /// <summary>One round; null ends the schedule.</summary>
    private async Task<ScheduleTurn?> RoundAsync(TaskOrchestrationContext context, ScheduleTurn turn)
    {
        var pinned = await PinAsync(context, turn);
        if (pinned?.DefinitionHash != turn.DefinitionHash && turn.DefinitionHash is not null)
            await context.CallActivityAsync(SubscribeToEvents.End, context.InstanceId, DurableWorkflowContext.OverBrokenInfrastructure);
        if (pinned is null) return null;

        // Content-addressed and immutable: the same hash is the same text on every replay and on every machine.
        var definition = workflows.Find(pinned.DefinitionHash) ?? throw new InvalidOperationException($"Definition {turn.Name} with hash {pinned.DefinitionHash} is not in the store.");
        var schedule = definition.Schedule!;
        // Taken into a round of its own, so that whatever befalls the next one the count begins here.
        if (turn.DefinitionHash != pinned.DefinitionHash)
            return turn with { DefinitionHash = pinned.DefinitionHash, From = schedule.Kind == ScheduleKind.After ? turn.From : Now(context), Kept = [] };
        return schedule.Kind == ScheduleKind.On
            ? await OnEventsAsync(context, turn, pinned, definition)
            : await InTimeAsync(context, turn, pinned, schedule);
    }

    private static async Task<ScheduleTurn?> InTimeAsync(TaskOrchestrationContext context, ScheduleTurn turn, PinnedSchedule pinned, WorkflowSchedule schedule)
    {
        // "after" counts from the end of the run before; the first run waits for nothing.
        if ((turn.From is { } from ? schedule.NextAfter(from) : Now(context)) is not { } due) return null; // The calendar ends.
        context.SetCustomStatus(new ScheduleStatus(pinned.DefinitionHash, due));
        if (!await ComesAsync(context, due)) return turn;

        var id = InstanceIds.ForRound(turn.Namespace, turn.Name, due);
        var start = Start(turn, pinned, Element(JqValue.EmptyObject));
        if (schedule.Kind != ScheduleKind.After)
        {
            await BeginAsync(context, id, start);
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
            context.CreateReplaySafeLogger<RunSchedule>().LogWarning("{Run} ended badly: {Reason}", id, exception.Message);
        }

        return turn with { Round = turn.Round + 1, From = Now(context) };
    }

    private static async Task<ScheduleTurn?> OnEventsAsync(TaskOrchestrationContext context, ScheduleTurn turn, PinnedSchedule pinned, WorkflowDefinition definition)
    {
        context.SetCustomStatus(new ScheduleStatus(pinned.DefinitionHash, null));
        using var over = new CancellationTokenSource();
        var port = new DurableWorkflowContext(context, seen: turn.Seen);
        var listener = new ScheduleListener(definition, port, turn.Kept.Select(JqValue.FromElement));
        var waiting = listener.NextAsync();
        while (await Task.WhenAny(waiting, context.WaitForExternalEvent<JsonElement>(Changed, over.Token)) != waiting)
        {
            // Only another version is worth giving up what has come of this one's events.
            if ((await PinAsync(context, turn))?.DefinitionHash != turn.DefinitionHash) return turn;
        }

        over.Cancel();
        var input = Element(await waiting);
        await BeginAsync(context, InstanceIds.ForRound(turn.Namespace, turn.Name, Now(context), turn.Round), Start(turn, pinned, input));
        return turn with { Round = turn.Round + 1, From = Now(context), Seen = [.. port.Seen.TakeLast(SeenAtMost)], Kept = [.. listener.Kept.Select(Element)] };
    }

    /// <summary>From when to count on after a round: from its due time, unless the next one was due before now; then the last that was.</summary>
    private static DateTimeOffset Caught(WorkflowSchedule schedule, DateTimeOffset due, DateTimeOffset now)
    {
        if (!(schedule.NextAfter(due) <= now)) return due;
        return schedule.Interval is { } interval ? due + (interval * Math.Floor((now - due) / interval)) : now;
    }

    private static JsonElement Element(JqValue value) => StepJson.Element(value);

    /// <summary>Waits until a time; false when another version may count before it comes.</summary>
    private static async Task<bool> ComesAsync(TaskOrchestrationContext context, DateTimeOffset due)
    {
        using var over = new CancellationTokenSource();
        var timer = context.CreateTimer(due.UtcDateTime, over.Token);
        var first = await Task.WhenAny(timer, context.WaitForExternalEvent<JsonElement>(Changed, over.Token));
        over.Cancel();
        return first == timer;
    }

    private static Task<PinnedSchedule?> PinAsync(TaskOrchestrationContext context, ScheduleTurn turn) => context.CallActivityAsync<PinnedSchedule?>(
        nameof(PinSchedule), new DefinitionReference(turn.Namespace, turn.Name, WorkflowReference.Latest), DurableWorkflowContext.OverBrokenInfrastructure);

    private static Task<object?> BeginAsync(TaskOrchestrationContext context, string id, WorkflowStart start) =>
        context.CallActivityAsync<object?>(nameof(StartWorkflow), new DetachedWorkflow(id, start), DurableWorkflowContext.OverBrokenInfrastructure);

    private static WorkflowStart Start(ScheduleTurn turn, PinnedSchedule pinned, JsonElement input) =>
        new() { Workflow = turn.Name, DefinitionHash = pinned.DefinitionHash, Input = input, Lifecycle = pinned.Lifecycle };

    private static DateTimeOffset Now(TaskOrchestrationContext context) => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));
}
