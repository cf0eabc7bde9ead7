using AutoFlow.Support.Messages;
using Microsoft.Extensions.Options;

namespace AutoFlow.Functions.Messages;

/// <summary>
/// Whether there is room for one more message. Those that nobody has taken up yet are counted at most every second; what this process
/// has taken in since counts on top. So the limit holds within a second's work, and the count costs nothing that grows.
/// </summary>
public sealed class IntakeLimit(IInbox inbox, IOptions<IntakeSettings> settings, TimeProvider time)
{
    /// <summary>What a sender is told to wait.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private DateTimeOffset? _countedAt;
    private int _counted;
    private int _since;

    /// <summary>False when so many wait that this one should come later. True counts it.</summary>
    public async ValueTask<bool> TakeAsync(CancellationToken ct)
    {
        var most = settings.Value.MostWaiting;
        if (IsDue()) Counted(await inbox.StandingCountAsync(most, ct));
        lock (_gate)
        {
            if (_counted + _since >= most) return false;
            _since++;
            return true;
        }
    }

    /// <summary>One asks, the others go by what was counted before.</summary>
    private bool IsDue()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now - _countedAt < Fresh) return false;
            _countedAt = now;
            return true;
        }
    }

    private void Counted(int standing)
    {
        lock (_gate) (_counted, _since) = (standing, 0);
    }
}
