using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>
/// Fires durable timers. The nearest are in memory, the rest in the store's index; a timer may be here twice, or be here after it was
/// cancelled: its instance knows whether it still waits. What is too much at once, as after a standstill, stays in the index.
/// </summary>
internal sealed class TimerClock : IDisposable
{
    /// <summary>How many activities may wait to begin, for each timer that may be on its way, before nothing is read: more than one instance can ask for.</summary>
    public const int BacklogPerTimer = 10;

    // A platform timer counts the time that passes; the wall clock may be set on, or go on while the machine sleeps. Looking again costs next to nothing.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    private readonly IOrchestrationStore _store;
    private readonly TurnDispatcher _turns;
    private readonly Func<int> _backlog;
    private readonly int _most;
    private readonly WorkCount _work;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _alarm;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<DurableTimer, (DateTime, long, int)> _near = new();
    private readonly List<DurableTimer> _meanwhile = [];
    private DurableTimer? _last;
    private bool _hasAll;
    private int _posted;
    private bool _full;
    private bool _reading;
    private bool _stopped = true;

    /// <param name="store">Where the timers are.</param>
    /// <param name="turns">Who gets them.</param>
    /// <param name="backlog">How many activities wait to begin: with more than <see cref="BacklogPerTimer"/> times <paramref name="most"/> nothing is read.</param>
    /// <param name="most">How many one look at the store brings, and how many are on their way at once.</param>
    /// <param name="work">Counts what is at work.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of what cannot be read.</param>
    public TimerClock(IOrchestrationStore store, TurnDispatcher turns, Func<int> backlog, int most, WorkCount work, TimeProvider time, ILogger logger)
    {
        (_store, _turns, _backlog, _most, _work, _time, _logger) = (store, turns, backlog, most, work, time, logger);
        _alarm = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many have been given to their instances and are not done with on the disk.</summary>
    public int Posted
    {
        get
        {
            lock (_gate)
                return _posted;
        }
    }

    /// <summary>Begins with what the store has.</summary>
    public void Start()
    {
        lock (_gate)
            _stopped = false;
        Ring();
    }

    /// <summary>Fires no more.</summary>
    public void Stop()
    {
        lock (_gate)
            _stopped = true;
    }

    public void Dispose()
    {
        Stop();
        _alarm.Dispose();
    }

    /// <summary>Adds timers that are durable. Does not block.</summary>
    public void Add(string instanceId, long instance, IReadOnlyList<(int Task, DateTime FireAt, HistoryEvent? Brings)> timers)
    {
        var isDue = false;
        lock (_gate)
        {
            if (_stopped)
                return;
            foreach (var (task, fireAt, brings) in timers)
            {
                var timer = new DurableTimer(fireAt, instance, task, instanceId, brings as ExecutionStarted);
                if (_reading)
                    _meanwhile.Add(timer);
                else
                    isDue |= TryAdd(timer);
            }

            // With none here and some in the store the alarm stands at the next try to read: a steady load would put that off for ever.
            if (!_reading && !_full && (_hasAll || _near.Count > 0))
                Arm();
            isDue = !_full && (isDue || HasTooMany);
        }

        if (isDue)
            RingSoon();
    }

    /// <summary>There may be room again.</summary>
    public void GoOn()
    {
        lock (_gate)
        {
            if (!_full)
                return;
            _full = false;
        }

        RingSoon();
    }

    // Mostly timers that were cancelled long ago.
    private bool HasTooMany => _near.Count > 4 * _most;

    /// <summary>Fires what is due, and reads what comes next.</summary>
    private void Ring()
    {
        _work.Add();
        try
        {
            while (Next() is { } due)
            {
                foreach (var timer in due)
                    _turns.Post(new PostedTimer(timer, this));
                if (due.Count == 0)
                    Read();
            }
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "Timers could not be read; they are tried again");
            lock (_gate)
            {
                _reading = false;
                foreach (var timer in _meanwhile)
                    TryAdd(timer);
                _meanwhile.Clear();
                _alarm.Change(RetryAfterFailure, Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            _work.Done();
        }
    }

    private void RingSoon()
    {
        _work.Add();
        ThreadPool.UnsafeQueueUserWorkItem(
            static clock =>
            {
                clock.Ring();
                clock._work.Done();
            },
            this,
            preferLocal: false);
    }

    /// <summary>What is due; empty where the store must be read first; null when there is nothing to do, and the alarm is set.</summary>
    private List<DurableTimer>? Next()
    {
        lock (_gate)
        {
            if (_stopped || _reading)
                return null;
            if (HasTooMany)
            {
                _near.Clear();
                (_last, _hasAll) = (null, false);
            }

            var now = _time.GetUtcNow().UtcDateTime;
            var due = new List<DurableTimer>();
            while (_posted < _most && _near.TryPeek(out var first, out _) && first.FireAt <= now)
            {
                due.Add(_near.Dequeue());
                _posted++;
            }

            if (due.Count > 0)
                return due;
            _full = _posted >= _most || (_near.Count == 0 && !_hasAll && _backlog() > BacklogPerTimer * _most);
            if (_full)
                return null;
            if (_near.Count == 0 && !_hasAll)
            {
                _reading = true;
                return due;
            }

            Arm();
            return null;
        }
    }

    private void Read()
    {
        var page = _store.Timers(_last, _most);
        lock (_gate)
        {
            foreach (var timer in page)
                _near.Enqueue(timer, Order(timer));
            _hasAll = page.Count < _most;
            _last = page.Count > 0 ? page[^1] : _last;
            _reading = false;

            // The page may have been read before they were there.
            foreach (var timer in _meanwhile)
                TryAdd(timer);
            _meanwhile.Clear();
        }
    }

    /// <summary>Takes a timer that is not after those that were read; true when it is due already.</summary>
    private bool TryAdd(DurableTimer timer)
    {
        if (!_hasAll && (_last is null || Order(timer).CompareTo(Order(_last)) > 0))
            return false;
        _near.Enqueue(timer, Order(timer));
        return timer.FireAt <= _time.GetUtcNow().UtcDateTime;
    }

    private void Arm()
    {
        if (!_near.TryPeek(out var first, out _))
        {
            // What the store has and could not be read is still to come.
            _alarm.Change(_hasAll ? Timeout.InfiniteTimeSpan : RetryAfterFailure, Timeout.InfiniteTimeSpan);
            return;
        }

        var sleep = first.FireAt - _time.GetUtcNow().UtcDateTime;
        _alarm.Change(sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep < LongestSleep ? RoundUp(sleep) : LongestSleep, Timeout.InfiniteTimeSpan);
    }

    // A platform timer counts whole milliseconds; one that rings too early would have to be set again.
    private TimeSpan RoundUp(TimeSpan sleep) => _time == TimeProvider.System ? TimeSpan.FromMilliseconds(Math.Ceiling(sleep.TotalMilliseconds)) : sleep;

    private static (DateTime, long, int) Order(DurableTimer timer) => (timer.FireAt, timer.Instance, timer.Task);

    private void Done()
    {
        lock (_gate)
        {
            if (--_posted != _most / 2)
                return;
        }

        GoOn();
    }

    /// <summary>A timer on its way, which tells when what follows from it is on the disk.</summary>
    private sealed class PostedTimer(DurableTimer timer, TimerClock clock) : TimerMessage(timer)
    {
        private bool _told;

        public override void Acknowledge() => Tell();

        public override void Refuse(Exception exception) => Tell();

        private void Tell()
        {
            if (!Interlocked.Exchange(ref _told, true))
                clock.Done();
        }
    }
}
