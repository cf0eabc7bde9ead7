using System.Text.Json;
using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Functions.Tests.Messages;

/// <summary>The router on fakes, with a conversation whose instance may be alive.</summary>
internal sealed class RoutedWorld
{
    public const string First = "where-is-my-order~m-first";
    private readonly World _world = new();
    private readonly MessageRouter _router;
    private readonly LetConversationGo _letGo;

    /// <param name="understanding">What reads the messages; null for a few words that stand for what a model says.</param>
    public RoutedWorld(IUnderstanding? understanding = null)
    {
        understanding ??= new Told(this);
        var postponement = new Postponement(_world.Inbox, _world.Queue, _world.Time);
        _router = new MessageRouter(
            _world.Inbox, _world.Conversations, understanding, postponement, World.Policies, _world.Library,
            new SenderGuard(_world.Inbox, _world.TicketDesk, World.Policies), new MessageBursts(_world.Inbox, understanding, postponement, World.Policies, _world.Time),
            _world.Time, NullLogger<MessageRouter>.Instance);
        _letGo = new LetConversationGo(_world.Conversations, _world.Inbox, _world.Queue);
    }

    public Gate Gate => _world.Gate;
    public FakeInbox Inbox => _world.Inbox;
    public FakeDurable Durable => _world.Durable;
    public FakeConversations Conversations => _world.Conversations;
    public FakeQueues Queues => _world.Queues;
    public WorkflowLibrary Library => _world.Library;
    public FakeTime Time => _world.Time;
    public FakeTickets Tickets => _world.Tickets;

    /// <summary>What wrote the messages.</summary>
    public MessageKind Kind { get; set; } = MessageKind.Person;

    /// <summary>What the model asks for; null when it answers.</summary>
    public AskAgain? Again { get; set; }

    /// <summary>Ids of messages that the first instance read.</summary>
    public List<string> ReadByFirst { get; } = [];

    /// <summary>Stores a message of the one conversation and returns its inbox id.</summary>
    public async Task<string> StoreAsync(string id = "a", string text = "Hello", string channel = "mail", int files = 0)
    {
        var message = new InboundMessage { Id = id, Channel = channel, From = Sample.Customer, Text = text, ThreadId = "1", ReceivedAt = Time.Now, AttachmentCount = files };
        return (await Inbox.AddAsync(message, default)).Entry.Id;
    }

    /// <summary>What the workflows that were started got, in order.</summary>
    public IEnumerable<MessageFacts> Facts() =>
        Durable.Started.Select(one => ((WorkflowStart)one.Input!).Input.Deserialize<MessageFacts>(StepJson.Options)!);

    /// <summary>Lets time pass second by second and delivers what is due, from both kinds of queue messages.</summary>
    public async Task PassAsync(int seconds)
    {
        for (var passed = 0; passed < seconds; passed++)
        {
            Time.Now += TimeSpan.FromSeconds(1);
            var due = Queues.Later.FindAll(one => one.Wait <= TimeSpan.FromSeconds(1));
            var later = Queues.Later.ConvertAll(one => (one.Queue, one.Text, one.Wait - TimeSpan.FromSeconds(1)));
            Queues.Later.Clear();
            Queues.Later.AddRange(later.FindAll(one => one.Item3 > TimeSpan.Zero));
            foreach (var one in due) await RouteAsync(one.Text);
        }
    }

    /// <summary>Gives the conversation to a live first instance.</summary>
    public void FirstIsAtWork()
    {
        Conversations[Sample.Conversation] = Conversations[Sample.Conversation] with { OpenInstanceId = First };
        Durable[First] = OrchestrationRuntimeStatus.Running;
    }

    public Task RouteAsync(string inboxId) => _router.RouteAsync(inboxId, Durable, default);

    /// <summary>The first instance reads what it has got by now, and ends as <see cref="RunWorkflow"/> does.</summary>
    public async Task FirstEndsAsync()
    {
        await Gate.PassAsync("first.reads");
        ReadByFirst.Clear();
        ReadByFirst.AddRange(Durable.Mailbox.Where(mail => mail.Id == First).Select(mail => ((JsonElement)mail.Payload!).GetProperty("id").GetString()!).Distinct());
        await _letGo.Run(new ConversationRead(Sample.Conversation, First, [.. ReadByFirst]), default);
        await Gate.PassAsync("first.completes");
        Durable[First] = OrchestrationRuntimeStatus.Completed;
    }

    /// <summary>The first instance ends with what it has read so far; the message is given to it after its last read.</summary>
    public async Task FirstReadsAndMissesAsync(string inboxId)
    {
        ReadByFirst.AddRange(Durable.Mailbox.Select(mail => ((JsonElement)mail.Payload!).GetProperty("id").GetString()!));
        await RouteAsync(inboxId);
        await _letGo.Run(new ConversationRead(Sample.Conversation, First, [.. ReadByFirst]), default);
        Durable[First] = OrchestrationRuntimeStatus.Completed;
    }

    /// <summary>Delivers everything in the inbox's queue, until nothing is left.</summary>
    public async Task DeliverAsync()
    {
        while (Queues.Drain(QueueNames.Inbox) is { Count: > 0 } ids)
        {
            foreach (var id in ids) await RouteAsync(id);
        }
    }

    /// <summary>How often a message reached a workflow: read by the first instance, or the cause of one of its own.</summary>
    public int Taken(string inboxId) =>
        ReadByFirst.Count(id => id == inboxId) + Durable.Started.Count(started => started.Id.EndsWith(inboxId, StringComparison.Ordinal));

    private static bool Says(string text) => text.Contains("Hello", StringComparison.Ordinal) || text.Contains("order", StringComparison.Ordinal);

    private sealed class Told(RoutedWorld world) : IUnderstanding
    {
        public Task<UnderstandingResult> UnderstandAsync(InboundMessage message, CancellationToken ct) => Task.FromResult(new UnderstandingResult(
            new UnderstoodMessage
            {
                Kind = world.Kind,
                Language = "en",
                VisibleText = message.Text,
                Intents = [new ScoredIntent(message.Text.Contains("cancel", StringComparison.Ordinal) ? "cancel_order" : "order_status", Says(message.Text) ? 0.9 : 0.2)],
                Abstained = !Says(message.Text),
                Entities = message.Text.Contains("1001", StringComparison.Ordinal) ? new MessageEntities { OrderNumbers = ["1001"] } : MessageEntities.None,
                ModelVersion = "test",
                ReviewReason = world.Again is null ? null : "the model asks to wait",
            },
            world.Again));
    }
}
