using AutoFlow.SampleShop.State;

namespace AutoFlow.SampleShop.Clock;

/// <summary>
/// The sample's virtual time. It begins at the epoch, stands still until <see cref="Run"/>, goes on where it was after a
/// restart and never goes back: what it shows is covered by what is on the disk. Its timers are real time's timers.
/// </summary>
public sealed class ShopClock : TimeProvider, IDisposable
{
    /// <summary>The fastest that <see cref="Run"/> takes, virtual seconds per real second.</summary>
    public const double MaximumSpeed = 100_000;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(50 * 365);

    private readonly Lock gate = new();
    private readonly StateFile<ClockState> file;
    private readonly TimeProvider time;
    private ClockState state;
    private TimeSpan start;
    private long startedAt;

    /// <summary>Opens the clock; an epoch that is already stored wins over <paramref name="epoch"/>, which wins over the time now.</summary>
    public ShopClock(StateFile<ClockState> file, DateTimeOffset? epoch, TimeProvider time)
    {
        (this.file, this.time) = (file, time);
        var stored = file.Load();
        state = stored ?? new ClockState(WholeSecond(epoch ?? time.GetUtcNow()), TimeSpan.Zero, 0);
        if (stored is null)
            file.Save(state);
        start = state.Reserved;
        startedAt = time.GetTimestamp();
    }

    /// <summary>The moment that all offsets of the sample count from, UTC.</summary>
    public DateTimeOffset Epoch => state.Epoch;

    /// <summary>Virtual seconds per real second; zero while standing still.</summary>
    public double Speed
    {
        get
        {
            lock (gate)
                return state.Speed;
        }
    }

    /// <summary>The virtual time, UTC.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return state.Epoch + Elapsed();
    }

    /// <summary>Runs from the present virtual time at <paramref name="speed"/>; zero stops. Throws <see cref="ArgumentOutOfRangeException"/> below zero or above <see cref="MaximumSpeed"/>.</summary>
    public void Run(double speed)
    {
        if (!(speed >= 0 && speed <= MaximumSpeed))
            throw new ArgumentOutOfRangeException(nameof(speed), speed, $"A speed is between 0 and {MaximumSpeed}.");
        lock (gate)
        {
            start = Elapsed();
            startedAt = time.GetTimestamp();
            Save(new ClockState(state.Epoch, start, speed));
        }
    }

    /// <summary>Stores the exact time, so that an orderly restart goes on without a gap.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (state.Speed > 0)
                Save(state with { Reserved = Elapsed() });
        }
    }

    private TimeSpan Elapsed()
    {
        if (state.Speed == 0)
            return start;
        var passed = time.GetElapsedTime(startedAt);
        var elapsed = passed.TotalSeconds * state.Speed >= (Longest - start).TotalSeconds ? Longest : start + (passed * state.Speed);
        if (elapsed > state.Reserved)
            Save(state with { Reserved = elapsed + (Lease * state.Speed) });
        return elapsed;
    }

    private void Save(ClockState next)
    {
        file.Save(next);
        state = next;
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}

/// <summary>The clock on the disk.</summary>
/// <param name="Epoch">UTC.</param>
/// <param name="Reserved">Virtual time since the epoch; no time after it has been shown to anybody.</param>
/// <param name="Speed">Virtual seconds per real second.</param>
public sealed record ClockState(DateTimeOffset Epoch, TimeSpan Reserved, double Speed);
