using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Functions.Tests.Messages;
using AutoFlow.Support;
using AutoFlow.Support.Health;
using AutoFlow.Support.Messages;
using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Outbox;
using AutoFlow.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Functions.Tests.Telemetry;

/// <summary>What is measured, by the names that alerts use.</summary>
[Collection(Listening.Name)]
public sealed class MetricTests : IDisposable
{
    private readonly World _world = new();
    private readonly MeasureList _measures = new();

    public void Dispose() => _measures.Dispose();

    [Fact]
    public async Task A_message_counts_once_however_often_it_comes()
    {
        var intake = new MessageIntake(_world.Inbox, _world.Queue);

        await intake.TakeAsync(Mail("a"), default);
        await intake.TakeAsync(Mail("a"), default);

        Assert.Equal(["1"], _measures.Of("autoflow.messages.received"));
    }

    [Fact]
    public async Task A_message_that_finds_its_workflow_counts_by_intent_language_and_workflow()
    {
        var world = new RoutedWorld();

        await world.RouteAsync(await world.StoreAsync());

        Assert.Equal(["1 intent=order_status language=en workflow=where-is-my-order"], _measures.Of("autoflow.messages.understood"));
    }

    [Fact]
    public async Task A_sent_answer_counts_with_the_time_since_its_message_was_stored()
    {
        var (entry, _) = await _world.Inbox.AddAsync(Mail("a"), default);
        await _world.Outbox.AddAsync(Sample.Reply() with { InReplyTo = "a" }, default);
        _world.Time.Now = entry.StoredAt + TimeSpan.FromSeconds(42);

        await Sender("receipt").SendAsync(Sample.Reply().Key, default);

        Assert.Equal(["1 language=en workflow=where-is-my-order proactive=False"], _measures.Of("autoflow.messages.answered"));
        Assert.Equal(["42 language=en workflow=where-is-my-order proactive=False"], _measures.Of("autoflow.answer.duration"));
    }

    [Fact]
    public async Task A_follow_up_that_nobody_asked_for_has_no_duration()
    {
        await _world.Outbox.AddAsync(Sample.Reply() with { Proactive = true }, default);

        await Sender("receipt").SendAsync(Sample.Reply().Key, default);

        Assert.Equal(["1 language=en workflow=where-is-my-order proactive=True"], _measures.Of("autoflow.messages.answered"));
        Assert.Empty(_measures.Of("autoflow.answer.duration"));
    }

    [Fact]
    public async Task A_reply_that_is_given_up_counts_and_one_that_is_tried_again_does_not()
    {
        await _world.Outbox.AddAsync(Sample.Reply(), default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Sender(new Failure("mail-unavailable", "No answer.", IsTransient: true)).SendAsync(Sample.Reply().Key, default));
        Assert.Empty(_measures.Of("autoflow.messages.failed"));

        await Sender(new Failure("mail-refused", "No.")).SendAsync(Sample.Reply().Key, default);

        Assert.Single(_measures.Of("autoflow.messages.failed"));
    }

    [Fact]
    public async Task A_held_reply_counts_once_though_its_step_runs_again()
    {
        var angry = new SendReply.With { Conversation = Sample.Conversation, Language = "en", Paragraphs = [], Sentiment = -1 };

        await _world.RunAsync("sendReply", angry);
        _world.Time.Now += TimeSpan.FromMinutes(1);
        await _world.RunAsync("sendReply", angry);

        Assert.Single(_measures.Of("autoflow.messages.held"));
    }

    [Fact]
    public async Task A_failed_run_counts_by_its_workflow()
    {
        var start = new WorkflowStart { Workflow = "where-is-my-order", DefinitionHash = "h", Input = default };

        await new ReportFault(_world.TicketDesk, _world.ReplyDesk).Run(new FaultReport("where-is-my-order~m-1", start, "t", "d", null), default);

        Assert.Equal(["1 workflow=where-is-my-order"], _measures.Of("autoflow.orchestrations.failed"));
    }

    [Fact]
    public async Task A_models_call_counts_its_tokens_and_cost_and_tells_health()
    {
        var health = new DependencyHealth(_world.Time);
        var book = new ObservedModelCalls(new NoBook(), health);

        await book.RecordAsync(Call(ModelCallOutcome.Answered), default);
        Assert.Equal(0, health.Of(OutsideServices.AzureOpenAI).FailuresInARow);
        await book.RecordAsync(Call(ModelCallOutcome.Throttled) with { Cost = null }, default);

        Assert.Equal(["100 deployment=d outcome=Answered type=input", "20 deployment=d outcome=Answered type=output"], _measures.Of("autoflow.model.tokens").Take(2));
        Assert.Equal(["0.25 deployment=d currency=EUR"], _measures.Of("autoflow.model.cost"));
        Assert.Equal((1, "it has no room"), (health.Of(OutsideServices.AzureOpenAI).FailuresInARow, health.Of(OutsideServices.AzureOpenAI).Reason));
    }

    [Fact]
    public async Task Nothing_is_counted_that_nobody_listens_to()
    {
        _measures.Dispose();
        // Reading anything would throw.
        await new Backlog(null!, null!, null!, TimeProvider.System).MeasureAsync(default);
    }

    [Fact]
    public void What_waits_is_told_while_the_measure_is_fresh_and_then_by_nobody()
    {
        var time = new VirtualTime();
        BacklogMetrics.Measured(new BacklogState(3, TimeSpan.FromSeconds(90), new Dictionary<string, long> { ["inbox"] = 2 }), time);

        _measures.Observe();
        Assert.Equal(["3"], _measures.Of("autoflow.outbox.waiting"));
        Assert.Equal(["90"], _measures.Of("autoflow.inbox.age"));
        Assert.Equal(["2 queue=inbox"], _measures.Of("autoflow.queue.poison"));

        _measures.Lines.Clear();
        time.Set(time.GetUtcNow() + TimeSpan.FromMinutes(4));
        _measures.Observe();
        Assert.Empty(_measures.Lines);
    }

    private OutboxSender Sender(Result<string> answer) =>
        new(_world.Outbox, _world.Inbox, new ReplyChannels([new MessageTraceTests.Channel(answer)]), _world.Queue, _world.Time, NullLogger<OutboxSender>.Instance);

    private static InboundMessage Mail(string id) => new() { Id = id, Channel = "mail", From = Sample.Customer, Text = "Hello", ReceivedAt = Sample.Start - TimeSpan.FromDays(1) };

    private static ModelCall Call(ModelCallOutcome outcome) => new()
    {
        Id = $"{outcome}",
        InboxId = "m-1",
        Deployment = "d",
        Outcome = outcome,
        Tokens = new TokenCount(100, 0, 20),
        Cost = new Money(0.25m, "EUR"),
        Duration = TimeSpan.FromSeconds(1),
        At = Sample.Start,
    };

    private sealed class NoBook : IModelCalls
    {
        public Task RecordAsync(ModelCall call, CancellationToken ct) => Task.CompletedTask;

        public Task<IReadOnlyList<ModelCall>> ListAsync(int skip, int take, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<ModelCallSum>> SumsAsync(CancellationToken ct) => throw new NotSupportedException();
    }
}
