namespace AutoFlow;

/// <summary>
/// Which calls of a history are the same one, tried again. Histories do not say so: a retry is a call of the same thing that begins in the
/// turn in which the failure came, or in which a timer fired that was set then. The app and the embedded engine both ask, and neither may
/// refer to the other, so this one file is compiled into each.
/// </summary>
internal sealed class TaskAttempts
{
    private readonly Dictionary<int, string> _keys = [];
    private readonly Dictionary<int, (int Failed, int? Timer)> _before = [];
    private readonly List<Failure> _waiting = [];
    private readonly List<int> _fired = [];
    private int _turn;

    /// <summary>A turn begins; what follows is told in the order of the history.</summary>
    public void Turn()
    {
        _turn++;
        _fired.Clear();
    }

    /// <summary>A call began.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="key">What is called with what: the same for every try.</param>
    public void Scheduled(int id, string key)
    {
        _keys[id] = key;
        if (_waiting.Find(failure => failure.Key == key && (failure.Turn == _turn || failure.Timers.Exists(_fired.Contains))) is not { } again)
            return;
        int? timer = again.Timers.FindIndex(_fired.Contains) is >= 0 and var index ? again.Timers[index] : null;
        if (timer is { } waited)
            _fired.Remove(waited);
        _waiting.Remove(again);
        _before[id] = (again.Id, timer);
    }

    /// <summary>A call failed.</summary>
    public void Failed(int id)
    {
        if (_keys.TryGetValue(id, out var key))
            _waiting.Add(new Failure(id, key, _turn, []));
    }

    /// <summary>A timer was set.</summary>
    public void TimerCreated(int id)
    {
        foreach (var failure in _waiting.Where(failure => failure.Turn == _turn))
            failure.Timers.Add(id);
    }

    /// <summary>A timer fired.</summary>
    public void TimerFired(int id) => _fired.Add(id);

    /// <summary>Which try a call is, from 1.</summary>
    public int NumberOf(int id) => Before(id).Count + 1;

    /// <summary>The tries before a call, the latest first, with the timer that was waited for after each; null where none was.</summary>
    public IReadOnlyList<(int Failed, int? Timer)> Before(int id)
    {
        var before = new List<(int Failed, int? Timer)>();
        while (_before.TryGetValue(id, out var earlier))
        {
            before.Add(earlier);
            id = earlier.Failed;
        }

        return before;
    }

    private sealed record Failure(int Id, string Key, int Turn, List<int> Timers);
}
