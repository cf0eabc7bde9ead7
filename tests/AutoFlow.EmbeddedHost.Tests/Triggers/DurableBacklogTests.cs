using AutoFlow.EmbeddedHost.Triggers.Queue;
using AutoFlow.Tests;

namespace AutoFlow.EmbeddedHost.Tests.Triggers;

public sealed class DurableBacklogTests
{
    private readonly VirtualTime _time = new();
    private int _waiting;

    [Fact]
    public async Task With_room_nobody_waits()
    {
        _waiting = DurableBacklog.Most - 1;

        await new DurableBacklog(() => _waiting, _time).WaitAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Without_room_one_waits_until_there_is_some()
    {
        _waiting = DurableBacklog.Most;
        var waits = new DurableBacklog(() => _waiting, _time).WaitAsync(CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(waits.IsCompleted);
        _waiting--;
        while (!waits.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await waits;
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        _waiting = DurableBacklog.Most;
        using var stopping = new CancellationTokenSource();
        var waits = new DurableBacklog(() => _waiting, _time).WaitAsync(stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
    }
}
