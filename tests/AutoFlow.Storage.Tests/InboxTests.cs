using AutoFlow.Storage.Inbox;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Storage.Tests;

public sealed class InboxTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly UnderstoodMessage Understood = new()
    {
        Kind = MessageKind.Person,
        Language = "de",
        LanguageProbability = 0.98,
        VisibleText = "Wo bleibt meine Bestellung 1042?",
        Intents = [new ScoredIntent("where-is-my-order", 0.91)],
        Entities = new MessageEntities { OrderNumbers = ["1042"], TrackingNumbers = [new TrackingNumberMention("RR123456785DE", ["dhl", "deutsche-post"])] },
        Sentiment = -0.2,
        ModelVersion = "test",
    };

    [Theory, OnSqlite, OnPostgres]
    public async Task A_message_is_stored_once_however_often_it_comes(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();

        var first = await inbox.AddAsync(SupportData.Mail("<a@example.de>"), None);
        var again = await inbox.AddAsync(SupportData.Mail("<a@example.de>") with { Text = "changed" }, None);
        var otherChannel = await inbox.AddAsync(SupportData.Mail("<a@example.de>") with { Channel = "chat" }, None);

        Assert.True(first.Added);
        Assert.False(again.Added);
        Assert.Equal(first.Entry.Id, again.Entry.Id);
        Assert.Equal(first.Entry.Message.Text, again.Entry.Message.Text);
        Assert.True(otherChannel.Added);
        Assert.Equal(2, await inbox.CountAsync(None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_trace_that_a_message_came_with_is_kept_beside_it_and_a_second_delivery_does_not_change_it(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var (entry, _) = await data.Get<IInbox>().AddAsync(SupportData.Mail("<a@example.de>") with { TraceParent = "00-1-2-01" }, None);
        await data.Get<IInbox>().AddAsync(SupportData.Mail("<a@example.de>") with { TraceParent = "00-3-4-01" }, None);

        await data.ReopenAsync();

        Assert.Equal("00-1-2-01", (await data.Get<IInbox>().FindAsync(entry.Id, None))!.Message.TraceParent);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Sixteen_deliveries_at_once_make_one_row(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();

        var results = await SupportData.SixteenTimesAsync(_ => inbox.AddAsync(SupportData.Mail("<same@example.de>"), None));

        Assert.Single(results, result => result.Added);
        Assert.Single(results.Select(result => result.Entry.Id).Distinct());
        Assert.Equal(1, await inbox.CountAsync(None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Everything_about_a_message_survives_a_reopen(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var message = SupportData.Mail("<a@example.de>", thread: "t-1", inReplyTo: "<0@shop>", headers: new() { ["Auto-Submitted"] = "auto-replied" }) with
        {
            Html = "<p>Grüße 👋</p>",
            AttachmentCount = 2,
        };
        var id = (await data.Get<IInbox>().AddAsync(message, None)).Entry.Id;
        await data.Get<IInbox>().UnderstoodAsync(id, Understood, "c-1", None);

        await data.ReopenAsync();
        var entry = await data.Get<IInbox>().FindAsync(id, None);

        Assert.NotNull(entry);
        Assert.Equal(message with { Headers = entry.Message.Headers }, entry.Message);
        Assert.Equal("auto-replied", entry.Message.Headers["auto-submitted"]);
        Assert.Equal(InboxState.Received, entry.State);
        Assert.Equal(TestClock.Start, entry.StoredAt);
        Assert.Equal("c-1", entry.ConversationId);
        Assert.Equal("where-is-my-order", entry.Understood!.Intents[0].Label);
        Assert.Equal(0.91, entry.Understood.Intents[0].Probability);
        Assert.Equal(["dhl", "deutsche-post"], entry.Understood.Entities.TrackingNumbers[0].Carriers);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_instance_is_reviewed_for_the_first_mark_among_its_messages(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        foreach (var (mail, reason) in new[] { ("<a@x>", null), ("<b@x>", "no answer in time"), ("<c@x>", "declined") })
        {
            var id = (await inbox.AddAsync(SupportData.Mail(mail), None)).Entry.Id;
            await inbox.UnderstoodAsync(id, Understood with { ReviewReason = reason }, "c-1", None);
            Assert.Null(await inbox.ReviewReasonAsync("i-1", None));
            await inbox.RoutedAsync(id, mail == "<a@x>" ? "i-0" : "i-2", "w", "r", asEvent: mail == "<c@x>", None);
        }

        Assert.Null(await inbox.ReviewReasonAsync("i-0", None));
        Assert.Equal("no answer in time", await inbox.ReviewReasonAsync("i-2", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_routed_message_is_given_to_its_instance_and_can_be_returned(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        var ids = new List<string>();
        foreach (var name in new[] { "<a@x>", "<b@x>", "<c@x>" })
            ids.Add((await inbox.AddAsync(SupportData.Mail(name), None)).Entry.Id);
        await inbox.RoutedAsync(ids[0], "i-1", "where-is-my-order", "intent", asEvent: false, None);
        await inbox.RoutedAsync(ids[2], "i-1", "where-is-my-order", "answer", asEvent: true, None);
        await inbox.RoutedAsync(ids[1], "i-1", "where-is-my-order", "answer", asEvent: true, None);

        Assert.Equal([ids[1], ids[2]], (await inbox.GivenToAsync("i-1", None)).Select(entry => entry.Id));

        await inbox.ReturnAsync(ids[1], "i-1", handedOverToo: true, None);
        var returned = await inbox.FindAsync(ids[1], None);
        Assert.Equal((InboxState.Received, null, false), (returned!.State, returned.InstanceId, returned.AsEvent));
        Assert.Equal([ids[2]], (await inbox.GivenToAsync("i-1", None)).Select(entry => entry.Id));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_ignored_message_stays_ignored_when_returned(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        var id = (await inbox.AddAsync(SupportData.Mail("<a@x>"), None)).Entry.Id;

        await inbox.IgnoredAsync(id, Understood with { Kind = MessageKind.AutoReply, KindReason = "Auto-Submitted" }, "automatic answer", None);
        await inbox.ReturnAsync(id, "i-1", handedOverToo: true, None);

        var entry = await inbox.FindAsync(id, None);
        Assert.Equal(InboxState.Ignored, entry!.State);
        Assert.Equal(MessageKind.AutoReply, entry.Understood!.Kind);
        Assert.Equal("automatic answer", entry.Reason);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_stands_is_counted_up_to_a_number(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        foreach (var number in Enumerable.Range(0, 4)) await inbox.AddAsync(SupportData.Mail($"<{number}@x>"), None);
        await inbox.IgnoredAsync(InboxId.Of("mail", "<0@x>"), Understood, "test", None);

        Assert.Equal((3, 2), (await inbox.StandingCountAsync(100, None), await inbox.StandingCountAsync(2, None)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Unprocessed_are_the_received_ones_stored_before_oldest_first(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        var ids = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            ids.Add((await inbox.AddAsync(SupportData.Mail($"<{number}@x>"), None)).Entry.Id);
            data.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        await inbox.RoutedAsync(ids[1], "i-1", "w", "r", false, None);
        await inbox.HandedOverAsync(ids[1], "i-1", None);

        var before = TestClock.Start.AddMinutes(4);
        Assert.Equal([ids[0], ids[2], ids[3]], (await inbox.UnprocessedAsync(before, 10, None)).Select(entry => entry.Id));
        Assert.Equal([ids[0], ids[2]], (await inbox.UnprocessedAsync(before, 2, None)).Select(entry => entry.Id));
        Assert.Equal([ids[2], ids[3]], (await inbox.ListAsync(2, 2, None)).Select(entry => entry.Id));
    }

    /// <summary>The sweep asks every minute, and the table keeps every message there ever was.</summary>
    [Fact]
    public async Task Unprocessed_are_found_by_an_index()
    {
        await using var data = await SupportData.OpenAsync(On.Sqlite);
        await using var db = await data.Get<IDbContextFactory<SupportDbContext>>().CreateDbContextAsync(None);

        Assert.Contains("USING INDEX inbox_received", await PlanAsync(InboxStore.Received(db.Inbox, TestClock.Start, 10)), StringComparison.Ordinal);
        Assert.Contains("USING INDEX inbox_marked", await PlanAsync(InboxStore.Marked(db.Inbox, TestClock.Start, 10)), StringComparison.Ordinal);

        async Task<string> PlanAsync(IQueryable<InboxRow> query)
        {
            await db.Database.OpenConnectionAsync(None);
            await using var command = query.CreateDbCommand();
#pragma warning disable CA2100 // The query's own text.
            command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync(None);
            var plan = new List<string>();
            while (await rows.ReadAsync(None)) plan.Add(rows.GetString(3));
            return string.Join('\n', plan);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_row_stands_still_until_the_instance_that_it_is_marked_for_has_it(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        var id = (await inbox.AddAsync(SupportData.Mail("<a@example.de>"), None)).Entry.Id;
        await inbox.RoutedAsync(id, "i-1", "w", "r", false, None);
        Assert.Equal([id], await StandingStillAsync());

        await inbox.HandedOverAsync(id, "i-2", None);
        Assert.Equal([id], await StandingStillAsync());
        await inbox.HandedOverAsync(id, "i-1", None);
        Assert.Empty(await StandingStillAsync());

        // Only its instance hands back what it has.
        await inbox.ReturnAsync(id, "i-1", handedOverToo: false, None);
        Assert.True((await inbox.FindAsync(id, None)) is { State: InboxState.Routed, HandedOver: true });

        // Handed back, and marked for another: that one does not have it yet.
        await inbox.ReturnAsync(id, "i-1", handedOverToo: true, None);
        await inbox.RoutedAsync(id, "i-2", "w", "r", true, None);
        Assert.Equal([id], await StandingStillAsync());

        async Task<IEnumerable<string>> StandingStillAsync() => (await inbox.UnprocessedAsync(TestClock.Start.AddSeconds(1), 10, None)).Select(entry => entry.Id);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_message_that_is_read_with_another_stands_still_with_that_one_alone(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        var one = (await inbox.AddAsync(SupportData.Mail("<a@example.de>"), None)).Entry.Id;
        var other = (await inbox.AddAsync(SupportData.Mail("<b@example.de>"), None)).Entry.Id;

        await inbox.ReadTogetherAsync(one, [other], Understood, None);
        await inbox.RoutedAsync(one, "i-1", "w", "r", false, None);

        Assert.Equal([one], (await inbox.UnprocessedAsync(TestClock.Start.AddSeconds(1), 10, None)).Select(entry => entry.Id));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_put_off_is_not_taken_for_lost_by_any_worker_until_then(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await using var other = data.Compose();
        var id = (await data.Get<IInbox>().AddAsync(SupportData.Mail("<a@x>"), None)).Entry.Id;
        await data.Get<IInbox>().PutOffAsync(id, TestClock.Start.AddMinutes(1), None);
        await data.Get<IInbox>().PutOffAsync(id, TestClock.Start.AddMinutes(2), None);

        Assert.Empty(await other.GetRequiredService<IInbox>().UnprocessedAsync(TestClock.Start.AddMinutes(2), 10, None));
        Assert.Single(await other.GetRequiredService<IInbox>().UnprocessedAsync(TestClock.Start.AddMinutes(2).AddTicks(1), 10, None));
        await data.Get<IInbox>().PutOffAsync("m-unknown", TestClock.Start, None);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_unknown_row_is_null_and_cannot_be_routed(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();

        Assert.Null(await inbox.FindAsync("m-unknown", None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => inbox.RoutedAsync("m-unknown", "i", "w", "r", false, None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Messages_read_together_follow_one_of_them_all_or_none(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        var ids = new List<string>();
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            ids.Add((await inbox.AddAsync(SupportData.Mail($"<{name}@x>"), None)).Entry.Id);
            await inbox.UnderstoodAsync(ids[^1], Understood, "c-1", None);
        }

        await inbox.RoutedAsync(ids[3], "i-0", "w", "r", asEvent: false, None);
        Assert.Equal(ids[..3], (await inbox.StandingAsync("c-1", None)).Select(entry => entry.Id));
        Assert.False(await inbox.ReadTogetherAsync(ids[1], [ids[0], ids[3]], Understood, None));
        Assert.Equal(ids[..3], (await inbox.StandingAsync("c-1", None)).Select(entry => entry.Id));

        var together = Understood with { VisibleText = "all", FurtherAttachments = 2 };
        Assert.True(await inbox.ReadTogetherAsync(ids[1], [ids[0], ids[2]], together, None));
        Assert.False(await inbox.ReadTogetherAsync(ids[0], [ids[1]], together, None));
        await inbox.RoutedAsync(ids[1], "i-1", "w", "r", asEvent: false, None);
        await data.ReopenAsync();

        inbox = data.Get<IInbox>();
        var leader = (await inbox.FindAsync(ids[1], None))!;
        Assert.Equal(("all", 2, null), (leader.Understood!.VisibleText, leader.Understood.FurtherAttachments, leader.ReadWith));
        foreach (var id in new[] { ids[0], ids[2] })
            Assert.True(await inbox.FindAsync(id, None) is { State: InboxState.Routed, InstanceId: "i-1", Workflow: "w", AsEvent: false } other && other.ReadWith == ids[1]);
        Assert.Empty(await inbox.StandingAsync("c-1", None));
        Assert.Empty(await inbox.GivenToAsync("i-1", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_understood_first_holds(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        var id = (await inbox.AddAsync(SupportData.Mail("<a@x>"), None)).Entry.Id;

        var first = await inbox.UnderstoodAsync(id, Understood with { ReviewReason = "marked" }, "c-1", None);
        var second = await inbox.UnderstoodAsync(id, Understood, "c-2", None);

        Assert.Equal(("marked", "c-1"), (first.Understood!.ReviewReason, first.ConversationId));
        Assert.Equal(("marked", "c-1"), (second.Understood!.ReviewReason, second.ConversationId));

        var marked = await inbox.RoutedAsync(id, "i-1", "w", "r", asEvent: false, None);
        Assert.Equal((InboxState.Routed, "i-1", "marked"), (marked!.State, marked.InstanceId, marked.Understood!.ReviewReason));
        Assert.Null(await inbox.RoutedAsync(id, "i-2", "w", "r", asEvent: false, None));
        var late = await inbox.UnderstoodAsync(id, Understood, "c-2", None);
        Assert.Equal((InboxState.Routed, "marked"), (late.State, late.Understood!.ReviewReason));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_routed_or_read_together_is_not_ignored_any_more(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        var ids = new List<string>();
        foreach (var name in new[] { "a", "b" })
        {
            ids.Add((await inbox.AddAsync(SupportData.Mail($"<{name}@x>"), None)).Entry.Id);
            await inbox.UnderstoodAsync(ids[^1], Understood with { ReviewReason = "marked" }, "c-1", None);
        }

        await inbox.ReadTogetherAsync(ids[0], [ids[1]], Understood with { ReviewReason = "marked" }, None);
        await inbox.RoutedAsync(ids[0], "i-1", "w", "r", asEvent: false, None);
        foreach (var id in ids) await inbox.IgnoredAsync(id, Understood with { Kind = MessageKind.Spam }, "spam", None);

        foreach (var id in ids)
            Assert.True(await inbox.FindAsync(id, None) is { State: InboxState.Routed, InstanceId: "i-1", Understood: { Kind: MessageKind.Person, ReviewReason: "marked" } });
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_senders_messages_are_found_up_to_one_of_them(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var inbox = data.Get<IInbox>();
        var entries = new List<InboxEntry>();
        foreach (var (name, from) in new[] { ("old", "Anna@Example.de"), ("a", "anna@example.de"), ("x", "bert@example.de"), ("b", " ANNA@example.de"), ("later", "anna@example.de") })
        {
            entries.Add((await inbox.AddAsync(SupportData.Mail($"<{name}@x>", from: from), None)).Entry);
            data.Clock.Advance(TimeSpan.FromMinutes(30));
        }

        var found = await inbox.OfSenderAsync(entries[3], entries[0].StoredAt, 10, None);
        var newest = await inbox.OfSenderAsync(entries[3], DateTimeOffset.MinValue, 2, None);

        Assert.Equal([entries[1].Id, entries[3].Id], found.Select(entry => entry.Id));
        Assert.Equal([entries[1].Id, entries[3].Id], newest.Select(entry => entry.Id));
    }
}
