using System.Diagnostics;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Functions.Tests.Messages;
using AutoFlow.Support;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Understanding;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Functions.Tests.Telemetry;

/// <summary>A queue message is only a key: the trace goes with the row.</summary>
[Collection(Listening.Name)]
public sealed class MessageTraceTests
{
    private const string Incoming = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task What_a_message_brings_in_is_kept_with_its_row()
    {
        using var spans = new SpanList();
        var world = new World();
        using var request = SpanList.Run("ReceiveMessage");

        var (entry, _) = await new MessageIntake(world.Inbox, world.Queue).TakeAsync(Mail(), default);

        Assert.Equal(request.Id, entry.Message.TraceParent);
        Assert.Equal(entry.Id, request.GetTagItem(TelemetryNames.MessageId));
        var sent = spans.One("send inbox");
        Assert.Equal((request.SpanId, ActivityKind.Producer, entry.Id), (sent.ParentSpanId, sent.Kind, sent.GetTagItem(TelemetryNames.MessageId)));
    }

    [Fact]
    public async Task Whoever_takes_the_key_up_goes_on_with_the_rows_trace_and_is_linked_with_the_run()
    {
        using var spans = new SpanList();
        var world = new RoutedWorld();
        var id = (await world.Inbox.AddAsync(Mail() with { TraceParent = Incoming }, default)).Entry.Id;
        using var run = SpanList.Run("ProcessMessage");

        await world.RouteAsync(id);

        var process = spans.One("process inbox");
        Assert.Equal(Incoming, $"00-{process.TraceId}-{process.ParentSpanId}-01");
        Assert.Equal(run.SpanId, Assert.Single(process.Links).Context.SpanId);
        Assert.NotEqual(run.TraceId, process.TraceId);
        Assert.Equal(["understand", "route"], spans.Ended.Where(span => span.ParentSpanId == process.SpanId).Select(span => span.OperationName).Order().Reverse());
        Assert.All(spans.Ended, span => Assert.Equal((id, Sample.Conversation), (span.GetTagItem(TelemetryNames.MessageId), span.GetTagItem(TelemetryNames.ConversationId))));
        Assert.Equal(("order_status", "en"), (spans.One("understand").GetTagItem(TelemetryNames.Intent), spans.One("understand").GetTagItem(TelemetryNames.Language)));
        Assert.Equal(("started", "where-is-my-order"), (spans.One("route").GetTagItem(TelemetryNames.Outcome), spans.One("route").GetTagItem(TelemetryNames.Workflow)));
        Assert.Same(run, Activity.Current);
    }

    [Fact]
    public async Task An_automatic_mail_ends_with_its_route_and_no_span_holds_what_was_written()
    {
        using var spans = new SpanList();
        var world = new RoutedWorld { Kind = MessageKind.AutoReply };
        var id = (await world.Inbox.AddAsync(Mail() with { TraceParent = Incoming }, default)).Entry.Id;

        await world.RouteAsync(id);

        Assert.Equal("ignored", spans.One("route").GetTagItem(TelemetryNames.Outcome));
        Assert.All(spans.Ended.SelectMany(span => span.TagObjects), tag =>
        {
            Assert.DoesNotContain("@", $"{tag.Value}", StringComparison.Ordinal);
            Assert.DoesNotContain("order 1001", $"{tag.Value}", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_reply_is_sent_in_the_trace_of_the_step_that_wrote_it()
    {
        using var spans = new SpanList();
        var world = new World();
        await world.Outbox.AddAsync(Sample.Reply() with { TraceParent = Incoming }, default);
        var sender = new OutboxSender(world.Outbox, world.Inbox, new ReplyChannels([new Channel("receipt")]), world.Queue, world.Time, NullLogger<OutboxSender>.Instance);

        await sender.SendAsync("where-is-my-order~m-1:/do/9#1", default);

        var process = spans.One("process outbox");
        Assert.Equal(Incoming, $"00-{process.TraceId}-{process.ParentSpanId}-01");
        Assert.Equal(
            (Sample.Conversation, "m-1", "where-is-my-order", "sent"),
            (process.GetTagItem(TelemetryNames.ConversationId), process.GetTagItem(TelemetryNames.MessageId), process.GetTagItem(TelemetryNames.Workflow), process.GetTagItem(TelemetryNames.Outcome)));
    }

    [Fact]
    public async Task A_reply_keeps_the_trace_of_its_step()
    {
        using var spans = new SpanList();
        var world = new World();
        using var step = SpanList.Run("sendReply");

        await world.RunAsync("sendReply", new Functions.Steps.SendReply.With { Conversation = Sample.Conversation, Language = "en", Paragraphs = [] });

        Assert.Equal(step.Id, Assert.Single(world.Outbox.Entries).TraceParent);
    }

    [Fact]
    public async Task While_nobody_listens_nothing_is_made_and_nothing_kept()
    {
        // Somebody else's span, as ASP.NET Core makes one for each request whether anybody listens or not.
        using var others = new Activity("others").Start();
        var world = new World();

        var (entry, _) = await new MessageIntake(world.Inbox, world.Queue).TakeAsync(Mail(), default);

        Assert.Null(entry.Message.TraceParent);
        Assert.Null(Spans.Start("anything"));
        Assert.Null(Spans.Process("inbox", Incoming));
        Assert.Empty(others.TagObjects);
    }

    private static InboundMessage Mail() =>
        new() { Id = "a", Channel = "mail", From = Sample.Customer, Text = "Hello, where is order 1001?", ThreadId = "1", ReceivedAt = Sample.Start };

    /// <summary>Answers at once.</summary>
    internal sealed class Channel(Result<string> answer) : IReplyChannel
    {
        string IReplyChannel.Channel => "mail";

        public Task<Result<string>> SendAsync(OutboxEntry entry, Func<string, CancellationToken, Task> keepReceipt, CancellationToken ct) => Task.FromResult(answer);
    }
}
