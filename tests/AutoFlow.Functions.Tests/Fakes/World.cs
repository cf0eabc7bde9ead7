using System.Text.Json;
using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Steps;
using AutoFlow.Support.Conversations;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;
using AutoFlow.Support.Understanding;
using AutoFlow.Workflows.Catalog;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>The app's steps on fakes, with the shipped policies, texts and definitions.</summary>
internal sealed class World
{
    private static readonly Lazy<WorkflowFolder> Shipped = new(LoadShipped);
    private readonly Dictionary<string, Func<string, Task<StepOutcome>>> _steps;

    public World()
    {
        Shop = new FakeShop(Gate, Time);
        Tracking = new FakeTracking(Gate);
        Ledger = new FakeLedger(Gate);
        Outbox = new FakeOutbox(Gate, Time);
        Tickets = new FakeTickets(Gate, Time);
        Journal = new FakeJournal(Gate);
        Inbox = new FakeInbox(Gate, Time);
        Conversations = new FakeConversations(Gate);
        Queues = new FakeQueues(Gate);
        Durable = new FakeDurable(Gate);
        Conversations[Sample.Conversation] = new Conversation
        {
            Id = Sample.Conversation,
            Channel = "mail",
            CustomerAddress = Sample.Customer,
            CustomerName = "Ida Berg",
            Subject = "My order",
            LastMessageId = "<1@example.org>",
        };
        _steps = Steps();
    }

    public static WorkflowFolder Folder => Shipped.Value;

    public static string WorkflowsPath => Path.Combine(AppContext.BaseDirectory, "workflows");

    public static PolicyBook Policies => Folder.Policies;

    public Gate Gate { get; } = new();
    public FakeTime Time { get; } = new();
    public FakeShop Shop { get; }
    public FakeTracking Tracking { get; }
    public FakeLedger Ledger { get; }
    public FakeOutbox Outbox { get; }
    public FakeTickets Tickets { get; }
    public FakeJournal Journal { get; }
    public FakeInbox Inbox { get; }
    public FakeConversations Conversations { get; }
    public FakeQueues Queues { get; }
    public FakeDurable Durable { get; }
    public WorkQueue Queue => field ??= new WorkQueue(Queues);
    public FakeDefinitionStore Definitions => field ??= new FakeDefinitionStore(Time);
    public FakeEvents Events => field ??= new FakeEvents(Time);
    public WorkflowLibrary Library => field ??= LibraryOf(Folder.Definitions);
    public StepJournal StepJournal => field ??= new StepJournal(Journal, Time);
    public ReplyDesk ReplyDesk => field ??= new ReplyDesk(Outbox, Inbox, Conversations, new ReplyComposer(Folder.Replies), Policies, Queue, Time);
    public TicketDesk TicketDesk => field ??= new TicketDesk(Tickets, Policies, Time);
    public LedgerMove LedgerMove => field ??= new LedgerMove(Ledger, StepJournal, Time);

    /// <summary>How the next answers of customers are read, by their text; the others are unclear.</summary>
    public Dictionary<string, Answer> Answers { get; } = [];

    /// <summary>A host's library over the shared store.</summary>
    public WorkflowLibrary LibraryOf(DefinitionCatalog catalog, WorkflowSettings? settings = null) =>
        new(catalog, Definitions, Options.Create(settings ?? new WorkflowSettings()), Time, NullLogger<WorkflowLibrary>.Instance);

    public IReadOnlyCollection<string> StepNames => _steps.Keys;

    /// <summary>Runs a step as a host does: the call crosses as JSON.</summary>
    public Task<StepOutcome> RunAsync<TWith>(string step, TWith with, string key = "where~m-1:/do/0/x#1", string instance = "where~m-1") =>
        _steps[step](JsonSerializer.Serialize(new StepCall<TWith>(instance, key, with), StepJson.Options));

    /// <summary>Runs a step from the call's JSON.</summary>
    public Task<StepOutcome> RunJsonAsync(string step, string callJson) => _steps[step](callJson);

    /// <summary>What a step put out, read back.</summary>
    public static T Output<T>(StepOutcome outcome)
    {
        Assert.Null(outcome.Failure);
        return outcome.Output!.Value.Deserialize<T>(StepJson.Options)!;
    }

    private Dictionary<string, Func<string, Task<StepOutcome>>> Steps() => new(StringComparer.Ordinal)
    {
        ["cancelOrder"] = On<CancelOrder.With>(call => new CancelOrder(Shop, StepJournal).Run(call, default)),
        ["decideCancellation"] = On<DecideCancellation.With>(call => Task.FromResult(new DecideCancellation(Policies).Run(call))),
        ["decideCompensation"] = On<DecideCompensation.With>(call => new DecideCompensation(Ledger, Policies).Run(call, default)),
        ["decideDamage"] = On<DecideDamage.With>(call => Task.FromResult(new DecideDamage(Policies).Run(call))),
        ["decideOrder"] = On<DecideOrder.With>(call => Task.FromResult(new DecideOrder(Policies, Time).Run(call))),
        ["decideParcel"] = On<DecideParcel.With>(call => Task.FromResult(new DecideParcel(Policies, Time).Run(call))),
        ["decideShipmentChange"] = On<DecideShipmentChange.With>(call => Task.FromResult(DecideShipmentChange.Run(call))),
        ["findOrder"] = On<FindOrder.With>(call => new FindOrder(Shop, Policies, StepJournal, Time).Run(call, default)),
        ["lookUpShipment"] = On<LookUpShipment.With>(call => new LookUpShipment(Tracking, StepJournal).Run(call, default)),
        ["openTicket"] = On<OpenTicket.With>(call => new OpenTicket(TicketDesk, StepJournal).Run(call, default)),
        ["readAnswer"] = On<ReadAnswer.With>(call => Task.FromResult(new ReadAnswer(new ScriptedAnswers(Answers)).Run(call))),
        ["readPolicy"] = On<ReadPolicy.With>(call => Task.FromResult(new ReadPolicy(Policies).Run(call))),
        ["readTicket"] = On<ReadTicket.With>(call => new ReadTicket(Tickets).Run(call, default)),
        ["refundOrder"] = On<RefundOrder.With>(call => new RefundOrder(Shop, LedgerMove).Run(call, default)),
        ["reshipOrder"] = On<ReshipOrder.With>(call => new ReshipOrder(Shop, LedgerMove).Run(call, default)),
        ["sendReply"] = On<SendReply.With>(call => new SendReply(ReplyDesk).Run(call, default)),
        ["watchParcel"] = On<WatchParcel.With>(call => new WatchParcel(Tracking, Library, StepJournal).Run(call, Durable, default)),
    };

    private static Func<string, Task<StepOutcome>> On<TWith>(Func<StepCall<TWith>, Task<StepOutcome>> run) =>
        json => run(JsonSerializer.Deserialize<StepCall<TWith>>(json, StepJson.Options)!);

    private static WorkflowFolder LoadShipped()
    {
        var (folder, problems) = WorkflowFolder.Load(WorkflowsPath, StepCatalog.Default);
        Assert.Empty(problems);
        return folder!;
    }

    private sealed class ScriptedAnswers(Dictionary<string, Answer> answers) : IAnswerReader
    {
        public Answer Read(string visibleText, string language, IReadOnlyList<string> choices) =>
            answers.GetValueOrDefault(visibleText, choices.Contains(visibleText) ? new Answer(AnswerKind.Choice, visibleText) : new Answer(AnswerKind.Unclear));
    }
}
