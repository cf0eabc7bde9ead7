using AutoFlow.Support.Conversations;
using AutoFlow.Support.Messages;

namespace AutoFlow.Storage.Tests;

public sealed class ConversationTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset LongAgo = TestClock.Start.AddDays(-30);

    private static Task<Conversation> JoinAsync(SupportFile file, InboundMessage message, string[]? orders = null, DateTimeOffset? since = null, TimeSpan burst = default) =>
        file.Get<IConversations>().JoinAsync(InboxId.Of(message.Channel, message.Id), message, "de", orders ?? [], since ?? LongAgo, burst, None);

    [Fact]
    public async Task A_first_message_begins_a_conversation_with_an_id_that_follows_from_it()
    {
        await using var file = await SupportFile.OpenAsync();
        var message = SupportFile.Mail("<a@x>", from: "Anna@Example.DE");

        var conversation = await JoinAsync(file, message);

        Assert.Equal(InboxId.ConversationOf(InboxId.Of("mail", "<a@x>")), conversation.Id);
        Assert.Equal("anna@example.de", conversation.CustomerAddress);
        Assert.Equal(("Anna Beispiel", "de", "Wo ist mein Paket?", "<a@x>"), (conversation.CustomerName, conversation.Language, conversation.Subject, conversation.LastMessageId));
        Assert.Null(conversation.OpenInstanceId);
        Assert.Equal(conversation, await file.Get<IConversations>().FindAsync(conversation.Id, None));
    }

    [Fact]
    public async Task Joining_the_same_message_again_gives_the_same_conversation()
    {
        await using var file = await SupportFile.OpenAsync();
        var message = SupportFile.Mail("<a@x>");
        var conversations = await SupportFile.SixteenTimesAsync(_ => JoinAsync(file, message));
        await file.ReopenAsync();

        Assert.Single(conversations.Append(await JoinAsync(file, message)).Distinct());
    }

    [Fact]
    public async Task A_thread_holds_its_messages_together()
    {
        await using var file = await SupportFile.OpenAsync();
        var first = await JoinAsync(file, SupportFile.Mail("<a@x>", thread: "t-1"));
        var second = await JoinAsync(file, SupportFile.Mail("<b@x>", thread: "t-1", after: TimeSpan.FromHours(1)));
        var other = await JoinAsync(file, SupportFile.Mail("<c@x>", thread: "t-2"));
        var otherChannel = await JoinAsync(file, SupportFile.Mail("<d@x>", thread: "t-1") with { Channel = "chat" });

        Assert.Equal(first.Id, second.Id);
        Assert.Equal("<b@x>", second.LastMessageId);
        Assert.Equal(3, new[] { first.Id, other.Id, otherChannel.Id }.Distinct().Count());
    }

    [Fact]
    public async Task A_reply_joins_the_message_it_answers_or_an_earlier_parent()
    {
        await using var file = await SupportFile.OpenAsync();
        var first = await JoinAsync(file, SupportFile.Mail("<a@x>"));
        var reply = await JoinAsync(file, SupportFile.Mail("<b@x>", inReplyTo: "<a@x>"));
        var late = await JoinAsync(file, SupportFile.Mail("<c@x>", inReplyTo: "<ours@shop>", headers: new() { ["references"] = "<a@x> <ours@shop>" }));
        var field = await JoinAsync(file, SupportFile.Mail("<e@x>", headers: new() { ["in-reply-to"] = "<ours@shop>\r\n <a@x>" }));
        var stranger = await JoinAsync(file, SupportFile.Mail("<d@x>", inReplyTo: "<unknown@shop>"));

        Assert.Equal(first.Id, reply.Id);
        Assert.Equal(first.Id, late.Id);
        Assert.Equal(first.Id, field.Id);
        Assert.NotEqual(first.Id, stranger.Id);
    }

    [Fact]
    public async Task Another_address_joins_neither_by_thread_nor_by_reference_and_keeps_a_conversation_of_its_own()
    {
        await using var file = await SupportFile.OpenAsync();
        var theirs = await JoinAsync(file, SupportFile.Mail("<a@x>", from: "mallory@example.de", thread: "t-1"));
        var byThread = await JoinAsync(file, SupportFile.Mail("<b@x>", from: "anna@example.de", thread: "t-1"));
        var byReference = await JoinAsync(file, SupportFile.Mail("<c@x>", from: "bert@example.de", inReplyTo: "<a@x>"));
        var again = await JoinAsync(file, SupportFile.Mail("<d@x>", from: "anna@example.de", thread: "t-1", inReplyTo: "<b@x>"));

        Assert.Equal("anna@example.de", byThread.CustomerAddress);
        Assert.Equal("bert@example.de", byReference.CustomerAddress);
        Assert.Equal(3, new[] { theirs.Id, byThread.Id, byReference.Id }.Distinct().Count());
        Assert.Equal(byThread.Id, again.Id);
    }

    [Fact]
    public async Task The_same_sender_about_the_same_order_joins_the_newer_conversation()
    {
        await using var file = await SupportFile.OpenAsync();
        var old = await JoinAsync(file, SupportFile.Mail("<a@x>"), ["1042"]);
        var newer = await JoinAsync(file, SupportFile.Mail("<b@x>", after: TimeSpan.FromDays(10)), ["1042", "1043"], since: TestClock.Start.AddDays(5));
        var same = await JoinAsync(file, SupportFile.Mail("<c@x>", from: "ANNA@example.de", after: TimeSpan.FromDays(11)), ["1042"], since: LongAgo);
        var otherOrder = await JoinAsync(file, SupportFile.Mail("<d@x>", after: TimeSpan.FromDays(11)), ["9999"], since: LongAgo);
        var otherSender = await JoinAsync(file, SupportFile.Mail("<e@x>", from: "bert@example.de", after: TimeSpan.FromDays(11)), ["1042"], since: LongAgo);
        var tooOld = await JoinAsync(file, SupportFile.Mail("<f@x>", after: TimeSpan.FromDays(40)), ["1043"], since: TestClock.Start.AddDays(11));

        Assert.NotEqual(old.Id, newer.Id);
        Assert.Equal(newer.Id, same.Id);
        Assert.Equal(5, new[] { old.Id, newer.Id, otherOrder.Id, otherSender.Id, tooOld.Id }.Distinct().Count());
    }

    [Fact]
    public async Task Every_reference_counts_the_nearest_first_and_a_broken_field_harms_nothing()
    {
        await using var file = await SupportFile.OpenAsync();
        var old = await JoinAsync(file, SupportFile.Mail("<old@x>"));
        var newer = await JoinAsync(file, SupportFile.Mail("<newer@x>"));
        var middle = await JoinAsync(file, SupportFile.Mail("<1@y>", headers: new() { ["References"] = "<old@x> <ours-1@shop>\r\n <ours-2@shop>" }));
        var both = await JoinAsync(file, SupportFile.Mail("<2@y>", headers: new() { ["References"] = "<old@x> <newer@x> <ours-3@shop>" }));
        var broken = await JoinAsync(file, SupportFile.Mail("<3@y>", headers: new() { ["References"] = "<<>> < > ,;" + new string('<', 2_000) }));
        var many = await JoinAsync(file, SupportFile.Mail("<4@y>", headers: new() { ["References"] = string.Join(' ', Enumerable.Range(0, 500).Select(n => $"<{n}@z>").Append("<newer@x>")) }));

        Assert.Equal([old.Id, newer.Id, newer.Id], [middle.Id, both.Id, many.Id]);
        Assert.DoesNotContain(broken.Id, new[] { old.Id, newer.Id });
    }

    [Fact]
    public async Task Messages_of_a_burst_join_unless_they_answer_something_or_name_other_orders()
    {
        await using var file = await SupportFile.OpenAsync();
        var (burst, soon, late) = (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        var hi = await JoinAsync(file, SupportFile.Mail("<a@x>"), burst: burst);
        var where = await JoinAsync(file, SupportFile.Mail("<b@x>", after: soon), burst: burst);
        var number = await JoinAsync(file, SupportFile.Mail("<c@x>", after: soon * 2), ["1001"], burst: burst);
        var again = await JoinAsync(file, SupportFile.Mail("<d@x>", after: soon * 2), burst: burst);
        var otherOrder = await JoinAsync(file, SupportFile.Mail("<e@x>", after: soon * 2), ["1002"], burst: burst);
        var otherSender = await JoinAsync(file, SupportFile.Mail("<f@x>", from: "bert@example.de", after: soon), burst: burst);
        var otherChannel = await JoinAsync(file, SupportFile.Mail("<g@x>", after: soon) with { Channel = "chat" }, burst: burst);
        var reply = await JoinAsync(file, SupportFile.Mail("<h@x>", inReplyTo: "<unknown@shop>", after: soon * 2), burst: burst);
        var alone = await JoinAsync(file, SupportFile.Mail("<i@x>", after: soon * 2));
        var tooLate = await JoinAsync(file, SupportFile.Mail("<j@x>", after: late), burst: burst);

        Assert.All([where.Id, number.Id, again.Id], id => Assert.Equal(hi.Id, id));
        Assert.Equal(7, new[] { hi.Id, otherOrder.Id, otherSender.Id, otherChannel.Id, reply.Id, alone.Id, tooLate.Id }.Distinct().Count());
    }

    [Fact]
    public async Task A_late_older_message_does_not_become_the_one_to_answer()
    {
        await using var file = await SupportFile.OpenAsync();
        await JoinAsync(file, SupportFile.Mail("<new@x>", thread: "t", after: TimeSpan.FromHours(2)));
        var conversation = await JoinAsync(file, SupportFile.Mail("<old@x>", thread: "t"));

        Assert.Equal("<new@x>", conversation.LastMessageId);
    }

    [Fact]
    public async Task One_of_sixteen_instances_gets_the_conversation()
    {
        await using var file = await SupportFile.OpenAsync();
        var conversations = file.Get<IConversations>();
        var id = (await JoinAsync(file, SupportFile.Mail("<a@x>"))).Id;

        var owners = await SupportFile.SixteenTimesAsync(number => conversations.ClaimAsync(id, $"i-{number}", None));

        var owner = Assert.Single(owners.Distinct());
        Assert.Equal(owner, (await conversations.FindAsync(id, None))!.OpenInstanceId);
    }

    [Fact]
    public async Task Only_the_owner_frees_the_conversation()
    {
        await using var file = await SupportFile.OpenAsync();
        var conversations = file.Get<IConversations>();
        var id = (await JoinAsync(file, SupportFile.Mail("<a@x>"))).Id;
        await conversations.ClaimAsync(id, "i-1", None);

        await conversations.ReleaseAsync(id, "i-2", None);
        Assert.Equal("i-1", (await conversations.FindAsync(id, None))!.OpenInstanceId);
        await conversations.ReleaseAsync(id, "i-1", None);

        Assert.Null((await conversations.FindAsync(id, None))!.OpenInstanceId);
        Assert.Equal("i-2", await conversations.ClaimAsync(id, "i-2", None));
    }
}
