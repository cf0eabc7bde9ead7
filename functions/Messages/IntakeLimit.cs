using AutoFlow.Support.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutoFlow.Functions.Messages;

/// <summary>
/// Whether there is room for one more message. Those that nobody has taken up yet are counted at most every second; what this process
/// has taken in since counts on top. So the limit holds within a second's work, and the count costs nothing that grows.
/// </summary>
public sealed class IntakeLimit(IInbox inbox, IOptions<IntakeSettings> settings, TimeProvider time, ILogger<IntakeLimit> logger)
{
    /// <summary>What a sender is told to wait.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long? _countedAt;
    private int _counted;
    private int _since;
    private bool _isClosed;

    /// <summary>True when one more would not be taken at present. Counts none; cheap enough to ask before a body is read.</summary>
    public async ValueTask<bool> IsFullAsync(CancellationToken ct)
    {
        var most = await LookAsync(ct);
        lock (_gate) return !HasRoom(most);
    }

    /// <summary>False when so many wait that this one should come later. True counts it.</summary>
    public async ValueTask<bool> TakeAsync(CancellationToken ct)
    {
        var most = await LookAsync(ct);
        lock (_gate)
        {
            if (!HasRoom(most)) return false;
            _since++;
            return true;
        }
    }

    private async ValueTask<int> LookAsync(CancellationToken ct)
    {
        var most = settings.Value.MostWaiting;
        if (IsDue()) Counted(await inbox.StandingCountAsync(most, ct));
        return most;
    }

    /// <summary>One asks, the others go by what was counted before.</summary>
    private bool IsDue()
    {
        lock (_gate)
        {
            if (_countedAt is { } at && time.GetElapsedTime(at) < Fresh) return false;
            _countedAt = time.GetTimestamp();
            return true;
        }
    }

    private void Counted(int standing)
    {
        lock (_gate) (_counted, _since) = (standing, 0);
    }

    /// <summary>Under the gate. A line when it changes, not one for each message that is refused.</summary>
    private bool HasRoom(int most)
    {
        var hasRoom = _counted + _since < most;
        if (hasRoom == _isClosed)
        {
            _isClosed = !hasRoom;
            if (hasRoom) logger.LogInformation("Messages are taken in again: fewer than {Most} wait", most);
            else logger.LogWarning("No message is taken in for now: {Most} wait to be taken up (Messages:MostWaiting)", most);
        }

        return hasRoom;
    }
}
