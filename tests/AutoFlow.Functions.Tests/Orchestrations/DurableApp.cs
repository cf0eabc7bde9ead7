using System.Text.Json;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Events;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Protocols;
using AutoFlow.Support.Events;
using AutoFlow.Tests;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Execution;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>RunWorkflow and its activities on the embedded durable engine, in memory and in virtual time.</summary>
internal sealed class DurableApp : IAsyncDisposable
{
    private readonly VirtualTime _time = new();
    private readonly HostDatabase _database = HostDatabase.Open(":memory:", new HostDatabaseOptions { FullSync = false });
    private readonly DurableEngine _engine;
    private readonly StrictOptions? _strict;
    private bool _isRunning;

    /// <param name="strict">The faults of the real host; null for none.</param>
    public DurableApp(StrictOptions? strict = null)
    {
        _strict = strict;
        foreach (var shipped in World.Folder.Definitions.All) Catalog.Publish(shipped.Identity.Name, shipped.Text);
        Library = World.LibraryOf(Catalog, Settings);
        var registry = new DurableRegistry();
        registry.AddOrchestrator(nameof(RunWorkflow), async context => await new RunWorkflow(Library).Run(context));
        registry.AddOrchestrator(nameof(RunSchedule), async context =>
        {
            await new RunSchedule(Library).Run(context);
            return null;
        });
        foreach (var step in World.StepNames) Activity<JsonElement>(registry, step, async call => await World.RunJsonAsync(step, call.GetRawText()));
        Activity<DefinitionReference>(registry, nameof(PinDefinition), async reference => await new PinDefinition(Library).Run(reference, default));
        Activity<DetachedWorkflow>(registry, nameof(StartWorkflow), async child => await Nothing(StartWorkflow.Run(child, Client, default)));
        Activity<FaultReport>(registry, nameof(ReportFault), async report => await Nothing(new ReportFault(World.TicketDesk, World.ReplyDesk).Run(report, default)));
        Activity<ConversationRead>(registry, nameof(LetConversationGo), async read => await Nothing(new LetConversationGo(World.Conversations, World.Inbox, World.Queue).Run(read, default)));
        Activity<DefinitionReference>(registry, nameof(PinSchedule), async reference => await new PinSchedule(Library).Run(reference, default));
        Activity<EventSubscription>(registry, nameof(SubscribeToEvents), async one => await Nothing(new SubscribeToEvents(World.Events).Run(one, default)));
        Activity<EventSubscription>(registry, SubscribeToEvents.EndOne, async one => await Nothing(new SubscribeToEvents(World.Events).RunEndOne(one, default)));
        Activity<string>(registry, SubscribeToEvents.End, async id => await Nothing(new SubscribeToEvents(World.Events).RunEnd(id, default)));
        Activity<JsonElement>(registry, nameof(EmitEvent), async one => await Nothing(new EmitEvent(Intake).Run(one, default)));
        Activity<OutsideCall>(registry, nameof(CallProtocol), async call => await new CallProtocol(new Outside(this)).Run(call, default));
        Activity<IReadOnlyList<string>>(registry, nameof(DescribeSecrets), async names => await new DescribeSecrets(new SecretMarks(Secrets)).Run(names, default));
        _engine = new DurableEngine(_database, registry, new DurableOptions { MaxConcurrentActivities = 1, MaxConcurrentOrchestrations = 1, Strict = strict }, _time, NullLoggerFactory.Instance);
    }

    public World World { get; } = new();

    public WorkflowSettings Settings { get; } = new();

    public EventIntake Intake => field ??= new EventIntake(World.Events, World.Queue);

    public FakeSecrets Secrets { get; } = new();

    /// <summary>What services answer to calls by protocol.</summary>
    public Func<ProtocolCall, ProtocolOutcome> Answers { get; set; } = call => throw new InvalidOperationException($"Nobody answers {call.Protocol}.");

    public DefinitionCatalog Catalog { get; } = new(StepCatalog.Default);

    public WorkflowLibrary Library { get; }

    /// <summary>Activities run, in order.</summary>
    public List<string> Ran { get; } = [];

    /// <summary>Makes an activity throw.</summary>
    public Func<string, bool> Throws { get; set; } = _ => false;

    public DurableTaskClient Client => _engine.Client;

    public TimeProvider Time => _time;

    /// <summary>Publishes a definition of the namespace <c>test</c>; the tasks are indented by four.</summary>
    public DurableApp Define(string name, string tasks, string version = "1.0.0")
    {
        Publish($"document: {{ dsl: '1.0.3', namespace: test, name: {name}, version: '{version}' }}\ndo:\n{tasks}");
        return this;
    }

    /// <summary>Publishes a definition, on this host and for all.</summary>
    public void Publish(string text)
    {
        var result = new DefinitionCatalog(StepCatalog.Default).Publish("test", text);
        Assert.Empty(result.Diagnostics);
        var published = World.Definitions.Publish([DefinitionDesk.Of(result.Definition!)]);
        Assert.Empty(Library.Learn([.. published.Published.Select(one => one.Definition)]));
    }

    /// <summary>Takes an event in and routes it, as the queue does; then everything goes as far as it goes without time.</summary>
    public async Task TellAsync(string type, string id, object? data = null, string source = "/test")
    {
        var told = CloudEvent.Of(id, type, source, _time.GetUtcNow(), data);
        await Intake.TakeAsync([new IncomingEvent(source, id, type, told.GetRawText())], default);
        await RouteAsync();
    }

    /// <summary>Routes what the queue holds, until nothing is left.</summary>
    public async Task RouteAsync()
    {
        await _engine.WhenIdleAsync();
        while (World.Queues.Drain(QueueNames.Events) is { Count: > 0 } keys)
        {
            foreach (var key in keys) await new EventRouter(World.Events, World.Events, _time, NullLogger<EventRouter>.Instance).RouteAsync(key, Client, default);
            await _engine.WhenIdleAsync();
        }
    }

    /// <summary>Looks after the schedules, as the timer does.</summary>
    public async Task KeepSchedulesAsync()
    {
        await RunningAsync();
        await new ScheduleKeeper(Library).KeepAsync(Client, default);
        await _engine.WhenIdleAsync();
    }

    /// <summary>Every instance of <see cref="RunWorkflow"/>, sorted by id.</summary>
    public async Task<List<string>> RunsAsync()
    {
        var runs = new List<string>();
        await foreach (var instance in Client.GetAllInstancesAsync())
            if (instance.Name == nameof(RunWorkflow)) runs.Add(instance.InstanceId);
        runs.Sort(StringComparer.Ordinal);
        return runs;
    }

    /// <summary>Starts an instance that has the conversation, and lets it go as far as it goes without time.</summary>
    public async Task<string> StartAsync(string name, object? input = null, string? conversation = Sample.Conversation)
    {
        await RunningAsync();
        var id = $"{name}~m-1";
        if (conversation is not null) World.Conversations[conversation] = World.Conversations[conversation] with { OpenInstanceId = id };
        await Client.StartOnceAsync(
            id,
            new WorkflowStart
            {
                Workflow = name,
                DefinitionHash = (await Library.NewestAsync(default)).Latest(name).Hash,
                Lifecycle = Library.Lifecycle,
                Input = JsonSerializer.SerializeToElement(input ?? new { }, StepJson.Options),
                ConversationId = conversation,
                InboxId = "m-1",
            },
            default);
        await _engine.WhenIdleAsync();
        return id;
    }

    public async Task RaiseAsync(string id, string eventId, object data)
    {
        await Client.RaiseEventAsync(id, MessageEnvelope.Type, CloudEvent.Of(eventId, MessageEnvelope.Type, "/test", _time.GetUtcNow(), data));
        await _engine.WhenIdleAsync();
    }

    /// <summary>Moves the clock, letting everything happen that falls due on the way.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var until = _time.GetUtcNow() + by;
        do await _engine.WhenIdleAsync();
        while (_time.Step(until));
        await _engine.WhenIdleAsync();
    }

    /// <summary>Lets time pass in which nothing runs, as while the host is down.</summary>
    public void Sleep(TimeSpan by) => _time.Set(_time.GetUtcNow() + by);

    public async Task<OrchestrationRuntimeStatus> StatusAsync(string id) => (await Client.GetInstanceAsync(id))!.RuntimeStatus;

    public async Task<WorkflowOutcome> OutcomeAsync(string id)
    {
        var instance = await Client.GetInstanceAsync(id, getInputsAndOutputs: true);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, null), (instance!.RuntimeStatus, instance.FailureDetails?.ErrorMessage));
        return instance.ReadOutputAs<WorkflowOutcome>()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _database.DisposeAsync();
    }

    private sealed class Outside(DurableApp app) : IProtocolCaller
    {
        public Task<ProtocolOutcome> CallAsync(ProtocolCall call, CancellationToken cancellation) => Task.FromResult(app.Answers(call));
    }

    private async Task RunningAsync()
    {
        if (_isRunning) return;
        _isRunning = true;
        await _engine.StartAsync(default);
    }

    private void Activity<TInput>(DurableRegistry registry, string name, Func<TInput, Task<object?>> run) => registry.AddActivity(name, async (call, _) =>
    {
        World.Time.Now = _time.GetUtcNow();
        Ran.Add(name);
        if (Throws(name)) throw new IOException($"{name} met a broken disk.");
        var input = JsonSerializer.Deserialize<TInput>(call.InputJson!, StepJson.Options)!;
        // As the strict host does it: the first result is lost.
        if (_strict is not null && Chance.Befalls(_strict, _strict.ActivitiesTwice, $"activity {call.InstanceId} {call.TaskId}")) await run(input);
        return await run(input);
    });

    private static async Task<object?> Nothing(Task task)
    {
        await task;
        return null;
    }
}
