using AutoFlow.EmbeddedHost.Durable.Engine;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

public sealed class HotInstanceTests
{
    [Fact]
    public void What_is_decided_on_the_disk_is_not_taken_with_what_came_before_it_while_turns_are_ahead_of_the_disk()
    {
        var instance = new HotInstance("one");
        instance.CommitBegins();
        Assert.True(instance.TryPost(new SignalMessage("one", new EventRaised("news", null)) { InboxKey = 1 }, out var queue));
        Assert.True(queue);
        instance.TryPost(new SignalMessage("one", new ExecutionRewound(null)), out _);
        instance.TryPost(new SignalMessage("one", new EventRaised("more", null)) { InboxKey = 2 }, out _);
        Assert.IsType<EventRaised>(Assert.IsType<SignalMessage>(Assert.Single(instance.Begin(10, 10))).Signal);
        Assert.False(instance.End());
        Assert.True(instance.CommitEnds());
        Assert.Equal(2, instance.Begin(10, 10).Count);
    }
}
