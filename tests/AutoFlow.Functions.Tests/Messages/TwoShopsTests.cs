using System.Net;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Replies;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Functions.Tests.Messages;

/// <summary>
/// Two AutoFlows, each with the shipped policies, texts and understanding, and with a workflow that answers everything at once: the
/// worst that can be. Their mail crosses as Graph sends it, or as gateways on the way leave it.
/// </summary>
public sealed class TwoShopsTests
{
    private static readonly int Most = World.Policies.Routing.TooMany.Messages;

    [Fact]
    public Task They_stop_after_one_exchange() => StopAfterOneAsync(mail => mail);

    [Fact]
    public Task They_stop_after_one_exchange_when_every_header_is_taken_out() => StopAfterOneAsync(Bare);

    [Fact]
    public Task They_stop_after_one_exchange_when_the_text_was_made_HTML_and_wrapped_anew() => StopAfterOneAsync(mail => Bare(mail) with
    {
        Text = "",
        Html = $"<html><body><div>{WebUtility.HtmlEncode(mail.Text).Replace("\n", "<br>\r\n", StringComparison.Ordinal).Replace(" ", "  ", StringComparison.Ordinal)}</div></body></html>",
    });

    [Fact]
    public async Task They_stop_soon_when_a_gateway_takes_out_headers_and_writes_into_the_text()
    {
        var (a, b) = await ExchangeAsync(mail => Bare(mail) with { Text = $"[EXTERNAL] Be careful with links.\n\n{mail.Text}" });

        // Then it is the model that knows an answer, or the count that ends it.
        Assert.InRange(a.Sent, 1, Most);
        Assert.InRange(b.Sent, 0, Most);
    }

    [Fact]
    public async Task They_stop_soon_even_if_each_answer_read_like_a_customers_question()
    {
        var asked = 0;
        var (a, b) = await ExchangeAsync(mail => Bare(mail) with { Text = $"Hello, where is my order 1001? I ask for the {++asked}th time." });

        Assert.Equal((Most, Most), (a.Sent, b.Sent));
        Assert.Single(a.World.Tickets.All.Concat(b.World.Tickets.All));
    }

    [Fact]
    public async Task A_person_of_the_other_shop_who_answers_above_the_quoted_answer_is_answered()
    {
        var (a, b) = (new Shop("help@a.example"), new Shop("help@b.example"));
        var answer = Assert.Single(await a.TakeAsync(Question("help@b.example")));

        var reply = new InboundMessage
        {
            Id = "<reply>",
            Channel = "mail",
            From = "help@b.example",
            Subject = "Re: Order",
            Text = $"Thanks, but where is my order 1001?\n\n{OwnMark.Sign(answer.Text)}",
            ReceivedAt = Sample.Start,
        };

        Assert.Single(await a.TakeAsync(reply));
        Assert.Equal(0, b.Sent);
    }

    private static async Task StopAfterOneAsync(Func<InboundMessage, InboundMessage> onTheWay)
    {
        var (a, b) = await ExchangeAsync(onTheWay);

        Assert.Equal((1, 0), (a.Sent, b.Sent));
        Assert.Equal(InboxState.Ignored, b.Last.State);
        Assert.Equal(MessageKind.OwnMail, b.Last.Understood!.Kind);
    }

    /// <summary>Somebody at B writes to A by hand; then the machines are alone.</summary>
    private static async Task<(Shop A, Shop B)> ExchangeAsync(Func<InboundMessage, InboundMessage> onTheWay)
    {
        var (a, b) = (new Shop("help@a.example"), new Shop("help@b.example"));
        var (from, to) = (a, b);
        for (var mails = await a.TakeAsync(Question("help@b.example")); mails.Count > 0; (from, to) = (to, from))
        {
            Assert.InRange(a.Sent + b.Sent, 0, 100);
            var next = new List<OutboxEntry>();
            foreach (var mail in mails) next.AddRange(await to.TakeAsync(onTheWay(from.Mail(mail))));
            mails = next;
        }

        return (a, b);
    }

    private static InboundMessage Question(string from) => new() { Id = "<first>", Channel = "mail", From = from, Subject = "Order", Text = "Hello, where is my order 1001?", ReceivedAt = Sample.Start };

    private static InboundMessage Bare(InboundMessage mail) => mail with { Headers = new Dictionary<string, string>(), InReplyTo = null };

    private sealed class Shop
    {
        private readonly string _address;
        private readonly MessageRouter _router;
        private InboxEntry? _last;

        public Shop(string address)
        {
            _address = address;
            var understanding = new BuiltInUnderstanding(SeedModel.Value, new UnderstandingOptions { OwnAddresses = [address] });
            var postponement = new Postponement(World.Inbox, World.Queue, World.Time);
            _router = new MessageRouter(
                World.Inbox, World.Conversations, understanding, postponement, World.Policies, World.Library,
                new SenderGuard(World.Inbox, World.TicketDesk, World.Policies),
                new MessageBursts(World.Inbox, understanding, postponement, World.Policies, World.Time), World.Time, NullLogger<MessageRouter>.Instance);
        }

        public World World { get; } = new();

        public int Sent { get; private set; }

        public InboxEntry Last => World.Inbox[_last!.Id];

        /// <summary>Takes a mail in; what it sends because of it.</summary>
        public async Task<List<OutboxEntry>> TakeAsync(InboundMessage mail)
        {
            World.Time.Now += TimeSpan.FromSeconds(20);
            _last = (await World.Inbox.AddAsync(mail with { ReceivedAt = World.Time.Now }, default)).Entry;
            await _router.RouteAsync(_last.Id, World.Durable, default);
            var before = World.Outbox.Entries.Count;
            if (Last is { State: InboxState.Routed, ConversationId: { } conversation })
            {
                var handOver = Paragraph.Of("hand-over", ("date", ReplyValue.Of(World.Time.Now)));
                var written = await World.ReplyDesk.WriteAsync(_last.Id, "i", new SendReply.With { Conversation = conversation, Language = "en", Paragraphs = [handOver] }, default);
                Assert.Null(written.Value!.HeldBecause);
            }

            var sent = World.Outbox.Entries.Skip(before).ToList();
            Sent += sent.Count;
            return sent;
        }

        /// <summary>A reply as Graph hands it to the other side.</summary>
        public InboundMessage Mail(OutboxEntry entry) => new()
        {
            Id = $"<{entry.Key}@{_address}>",
            Channel = "mail",
            From = _address,
            To = entry.To,
            Subject = entry.Subject,
            Text = OwnMark.Sign(entry.Text),
            InReplyTo = entry.InReplyTo,
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [OwnMark.Header] = "mark", ["X-Auto-Response-Suppress"] = "OOF, AutoReply" },
            ReceivedAt = Sample.Start,
        };
    }
}
