using AutoFlow.Support.Conversations;
using AutoFlow.Support.Messages;

namespace AutoFlow.Storage.Tests;

public sealed class ConversationTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset LongAgo = TestClock.Start.AddDays(-30);

    private static Task<Conversation> JoinAsync(SupportData data, InboundMessage message, string[]? orders = null, DateTimeOffset? since = null, TimeSpan burst = default) =>
        data.Get<IConversations>().JoinAsync(InboxId.Of(message.Channel, message.Id), message, "de", orders ?? [], since ?? LongAgo, burst, None);

    [Theory, OnSqlite, OnPostgres]
    public async Task A_first_message_begins_a_conversation_with_an_id_that_follows_from_it(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var message = SupportData.Mail("<a@x>", from: "Anna@Example.DE");

        var conversation = await JoinAsync(data, message);

        Assert.Equal(InboxId.ConversationOf(InboxId.Of("mail", "<a@x>")), conversation.Id);
        Assert.Equal("anna@example.de", conversation.CustomerAddress);
        Assert.Equal(("Anna Beispiel", "de", "Wo ist mein Paket?", "<a@x>"), (conversation.CustomerName, conversation.Language, conversation.Subject, conversation.LastMessageId));
        Assert.Null(conversation.OpenInstanceId);
        Assert.Equal(conversation, await data.Get<IConversations>().FindAsync(conversation.Id, None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Joining_the_same_message_again_gives_the_same_conversation(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var message = SupportData.Mail("<a@x>");
        var conversations = await SupportData.SixteenTimesAsync(_ => JoinAsync(data, message));
        await data.ReopenAsync();

        Assert.Single(conversations.Append(await JoinAsync(data, message)).Distinct());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_thread_holds_its_messages_together(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var first = await JoinAsync(data, SupportData.Mail("<a@x>", thread: "t-1"));
        var second = await JoinAsync(data, SupportData.Mail("<b@x>", thread: "t-1", after: TimeSpan.FromHours(1)));
        var other = await JoinAsync(data, SupportData.Mail("<c@x>", thread: "t-2"));
        var otherChannel = await JoinAsync(data, SupportData.Mail("<d@x>", thread: "t-1") with { Channel = "chat" });

        Assert.Equal(first.Id, second.Id);
        Assert.Equal("<b@x>", second.LastMessageId);
        Assert.Equal(3, new[] { first.Id, other.Id, otherChannel.Id }.Distinct().Count());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_reply_joins_the_message_it_answers_or_an_earlier_parent(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var first = await JoinAsync(data, SupportData.Mail("<a@x>"));
        var reply = await JoinAsync(data, SupportData.Mail("<b@x>", inReplyTo: "<a@x>"));
        var late = await JoinAsync(data, SupportData.Mail("<c@x>", inReplyTo: "<ours@shop>", headers: new() { ["references"] = "<a@x> <ours@shop>" }));
        var field = await JoinAsync(data, SupportData.Mail("<e@x>", headers: new() { ["in-reply-to"] = "<ours@shop>\r\n <a@x>" }));
        var stranger = await JoinAsync(data, SupportData.Mail("<d@x>", inReplyTo: "<unknown@shop>"));

        Assert.Equal(first.Id, reply.Id);
        Assert.Equal(first.Id, late.Id);
        Assert.Equal(first.Id, field.Id);
        Assert.NotEqual(first.Id, stranger.Id);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Another_address_joins_neither_by_thread_nor_by_reference_and_keeps_a_conversation_of_its_own(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var theirs = await JoinAsync(data, SupportData.Mail("<a@x>", from: "mallory@example.de", thread: "t-1"));
        var byThread = await JoinAsync(data, SupportData.Mail("<b@x>", from: "anna@example.de", thread: "t-1"));
        var byReference = await JoinAsync(data, SupportData.Mail("<c@x>", from: "bert@example.de", inReplyTo: "<a@x>"));
        var again = await JoinAsync(data, SupportData.Mail("<d@x>", from: "anna@example.de", thread: "t-1", inReplyTo: "<b@x>"));

        Assert.Equal("anna@example.de", byThread.CustomerAddress);
        Assert.Equal("bert@example.de", byReference.CustomerAddress);
        Assert.Equal(3, new[] { theirs.Id, byThread.Id, byReference.Id }.Distinct().Count());
        Assert.Equal(byThread.Id, again.Id);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_same_sender_about_the_same_order_joins_the_newer_conversation(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var old = await JoinAsync(data, SupportData.Mail("<a@x>"), ["1042"]);
        var newer = await JoinAsync(data, SupportData.Mail("<b@x>", after: TimeSpan.FromDays(10)), ["1042", "1043"], since: TestClock.Start.AddDays(5));
        var same = await JoinAsync(data, SupportData.Mail("<c@x>", from: "ANNA@example.de", after: TimeSpan.FromDays(11)), ["1042"], since: LongAgo);
        var otherOrder = await JoinAsync(data, SupportData.Mail("<d@x>", after: TimeSpan.FromDays(11)), ["9999"], since: LongAgo);
        var otherSender = await JoinAsync(data, SupportData.Mail("<e@x>", from: "bert@example.de", after: TimeSpan.FromDays(11)), ["1042"], since: LongAgo);
        var tooOld = await JoinAsync(data, SupportData.Mail("<f@x>", after: TimeSpan.FromDays(40)), ["1043"], since: TestClock.Start.AddDays(11));

        Assert.NotEqual(old.Id, newer.Id);
        Assert.Equal(newer.Id, same.Id);
        Assert.Equal(5, new[] { old.Id, newer.Id, otherOrder.Id, otherSender.Id, tooOld.Id }.Distinct().Count());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_reference_counts_the_nearest_first_and_a_broken_field_harms_nothing(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var old = await JoinAsync(data, SupportData.Mail("<old@x>"));
        var newer = await JoinAsync(data, SupportData.Mail("<newer@x>"));
        var middle = await JoinAsync(data, SupportData.Mail("<1@y>", headers: new() { ["References"] = "<old@x> <ours-1@shop>\r\n <ours-2@shop>" }));
        var both = await JoinAsync(data, SupportData.Mail("<2@y>", headers: new() { ["References"] = "<old@x> <newer@x> <ours-3@shop>" }));
        var broken = await JoinAsync(data, SupportData.Mail("<3@y>", headers: new() { ["References"] = "<<>> < > ,;" + new string('<', 2_000) }));
        var many = await JoinAsync(data, SupportData.Mail("<4@y>", headers: new() { ["References"] = string.Join(' ', Enumerable.Range(0, 500).Select(n => $"<{n}@z>").Append("<newer@x>")) }));

        Assert.Equal([old.Id, newer.Id, newer.Id], [middle.Id, both.Id, many.Id]);
        Assert.DoesNotContain(broken.Id, new[] { old.Id, newer.Id });
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Messages_of_a_burst_join_unless_they_answer_something_or_name_other_orders(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var (burst, soon, late) = (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        var hi = await JoinAsync(data, SupportData.Mail("<a@x>"), burst: burst);
        var where = await JoinAsync(data, SupportData.Mail("<b@x>", after: soon), burst: burst);
        var number = await JoinAsync(data, SupportData.Mail("<c@x>", after: soon * 2), ["1001"], burst: burst);
        var again = await JoinAsync(data, SupportData.Mail("<d@x>", after: soon * 2), burst: burst);
        var otherOrder = await JoinAsync(data, SupportData.Mail("<e@x>", after: soon * 2), ["1002"], burst: burst);
        var otherSender = await JoinAsync(data, SupportData.Mail("<f@x>", from: "bert@example.de", after: soon), burst: burst);
        var otherChannel = await JoinAsync(data, SupportData.Mail("<g@x>", after: soon) with { Channel = "chat" }, burst: burst);
        var reply = await JoinAsync(data, SupportData.Mail("<h@x>", inReplyTo: "<unknown@shop>", after: soon * 2), burst: burst);
        var alone = await JoinAsync(data, SupportData.Mail("<i@x>", after: soon * 2));
        var tooLate = await JoinAsync(data, SupportData.Mail("<j@x>", after: late), burst: burst);

        Assert.All([where.Id, number.Id, again.Id], id => Assert.Equal(hi.Id, id));
        Assert.Equal(7, new[] { hi.Id, otherOrder.Id, otherSender.Id, otherChannel.Id, reply.Id, alone.Id, tooLate.Id }.Distinct().Count());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_late_older_message_does_not_become_the_one_to_answer(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await JoinAsync(data, SupportData.Mail("<new@x>", thread: "t", after: TimeSpan.FromHours(2)));
        var conversation = await JoinAsync(data, SupportData.Mail("<old@x>", thread: "t"));

        Assert.Equal("<new@x>", conversation.LastMessageId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_of_sixteen_instances_gets_the_conversation(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var conversations = data.Get<IConversations>();
        var id = (await JoinAsync(data, SupportData.Mail("<a@x>"))).Id;

        var owners = await SupportData.SixteenTimesAsync(number => conversations.ClaimAsync(id, $"i-{number}", None));

        var owner = Assert.Single(owners.Distinct());
        Assert.Equal(owner, (await conversations.FindAsync(id, None))!.OpenInstanceId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Only_the_owner_frees_the_conversation(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var conversations = data.Get<IConversations>();
        var id = (await JoinAsync(data, SupportData.Mail("<a@x>"))).Id;
        await conversations.ClaimAsync(id, "i-1", None);

        await conversations.ReleaseAsync(id, "i-2", None);
        Assert.Equal("i-1", (await conversations.FindAsync(id, None))!.OpenInstanceId);
        await conversations.ReleaseAsync(id, "i-1", None);

        Assert.Null((await conversations.FindAsync(id, None))!.OpenInstanceId);
        Assert.Equal("i-2", await conversations.ClaimAsync(id, "i-2", None));
    }
}
