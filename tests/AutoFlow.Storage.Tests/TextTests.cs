using System.Security.Cryptography;
using AutoFlow.Storage.Postgres;
using AutoFlow.Support.Conversations;
using AutoFlow.Support.Messages;

namespace AutoFlow.Storage.Tests;

/// <summary>Whatever a customer's mail has in it can be stored and found again.</summary>
public sealed class TextTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_message_with_characters_that_are_none_is_stored_joined_and_known_again(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var message = SupportData.Mail("<a\0@x>", from: "an\0na@example.de", thread: "t\0") with { Subject = "Wo \0 ist \ud83d es?", FromName = "A\0" };

        var (entry, added) = await data.Get<IInbox>().AddAsync(message, None);
        var conversation = await data.Get<IConversations>().JoinAsync(entry.Id, message, "de", ["10\0" + "42"], TestClock.Start, TimeSpan.Zero, None);
        var again = await data.Get<IInbox>().AddAsync(message, None);
        var next = (await data.Get<IInbox>().AddAsync(message with { Id = "<b@x>", ReceivedAt = TestClock.Start.AddDays(1) }, None)).Entry;
        var joined = await data.Get<IConversations>().JoinAsync(next.Id, next.Message, "de", [], TestClock.Start, TimeSpan.Zero, None);

        Assert.Equal((true, false, entry.Id), (added, again.Added, again.Entry.Id));
        Assert.Equal(conversation.Id, joined.Id);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_longest_names_that_mail_allows_are_stored(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        // Random, so that an index cannot make it smaller. RFC 5322 section 2.1.1: 998 octets.
        var name = Convert.ToHexString(RandomNumberGenerator.GetBytes(499));
        var message = SupportData.Mail(name, from: name, thread: name);

        var (entry, _) = await data.Get<IInbox>().AddAsync(message, None);
        var conversation = await data.Get<IConversations>().JoinAsync(entry.Id, message, "de", [], TestClock.Start, TimeSpan.Zero, None);

        Assert.Equal(name.ToLowerInvariant(), conversation.CustomerAddress);
    }

    [Fact]
    public void What_PostgreSQL_refuses_becomes_a_replacement_character()
    {
        // Not as a theory: half of a pair does not come through an attribute.
        Assert.Equal("", PostgresText.Of(""));
        Assert.Equal("Grüße 你好 \ud83d\ude00", PostgresText.Of("Grüße 你好 \ud83d\ude00"));
        Assert.Equal("a\ufffdb", PostgresText.Of("a\0b"));
        Assert.Equal("a\ufffd", PostgresText.Of("a\ud83d"));
        Assert.Equal("\ufffdb", PostgresText.Of("\ude00b"));
        Assert.Equal("\ufffd\ud83d\ude00\ufffd", PostgresText.Of("\ud83d\ud83d\ude00\0"));
    }
}
