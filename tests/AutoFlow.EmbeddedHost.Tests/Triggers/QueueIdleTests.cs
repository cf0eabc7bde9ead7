using AutoFlow.EmbeddedHost.Triggers.Queue;

namespace AutoFlow.EmbeddedHost.Tests.Triggers;

public sealed class QueueIdleTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(5, 1600)]
    [InlineData(50, 2000)]
    public void Polling_slows_down_while_a_queue_is_empty(int emptyLooks, int milliseconds) =>
        Assert.Equal(milliseconds, PollingQueueIdle.Delay(TimeSpan.FromSeconds(2), emptyLooks).TotalMilliseconds);
}
