using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Tickets;

namespace AutoFlow.Functions.Tests.Messages;

public sealed class SenderGuardTests
{
    private static readonly int Most = World.Policies.Routing.TooMany.Messages;
    private static readonly int SameText = World.Policies.Routing.TooMany.SameText;
    private readonly RoutedWorld _world = new();

    [Fact]
    public async Task More_messages_than_a_person_writes_are_kept_for_a_person_and_not_answered()
    {
        var ids = await SendAsync(Most + 3, i => $"Hello {i}");

        Assert.All(ids.Take(Most), id => Assert.Equal(InboxState.Routed, _world.Inbox[id].State));
        Assert.All(ids.Skip(Most), id => Assert.Equal((InboxState.Ignored, $"more than {Most} messages of one sender in 60 minutes"), (_world.Inbox[id].State, _world.Inbox[id].Reason)));
        var ticket = Assert.Single(_world.Tickets.All);
        Assert.Equal((TicketType.HandOver, Sample.Conversation), (ticket.Type, ticket.ConversationId));
        Assert.DoesNotContain(Sample.Customer, ticket.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_text_again_and_again_is_stopped_sooner()
    {
        var ids = await SendAsync(SameText + 1, _ => "Hello");

        Assert.Equal((InboxState.Ignored, $"more than {SameText} times the same text in 60 minutes"), (_world.Inbox[ids[^1]].State, _world.Inbox[ids[^1]].Reason));
        Assert.Equal(InboxState.Routed, _world.Inbox[ids[^2]].State);
    }

    [Fact]
    public async Task Photos_in_mails_without_a_word_are_not_the_same_text()
    {
        var ids = await SendAsync(SameText + 1, _ => " ");
        await _world.PassAsync(20);

        Assert.All(ids, id => Assert.Equal(InboxState.Routed, _world.Inbox[id].State));
        Assert.Empty(_world.Tickets.All);
    }

    [Fact]
    public async Task A_repeat_of_what_was_routed_changes_nothing_and_time_heals()
    {
        var ids = await SendAsync(Most, i => $"Hello {i}");
        foreach (var id in ids) await _world.RouteAsync(id);
        _world.Time.Now += World.Policies.Routing.TooMany.Within;

        var late = Assert.Single(await SendAsync(1, _ => "Hello again", "late"));

        Assert.Equal(InboxState.Routed, _world.Inbox[late].State);
        Assert.Empty(_world.Tickets.All);
    }

    [Fact]
    public async Task In_a_chat_people_write_much()
    {
        var ids = await SendAsync(Most * 2, i => $"Hello order {i}", channel: "chat");
        await _world.PassAsync(20);

        Assert.All(ids, id => Assert.Equal(InboxState.Routed, _world.Inbox[id].State));
    }

    private async Task<List<string>> SendAsync(int count, Func<int, string> text, string prefix = "m", string channel = "mail")
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await _world.StoreAsync($"{prefix}{i}", text(i), channel));
            await _world.RouteAsync(ids[^1]);
        }

        return ids;
    }
}
