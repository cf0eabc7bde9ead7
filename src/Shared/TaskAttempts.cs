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
    private readonly Dictionary<int, int> _numbers = [];

    /// <summary>Failures that no call has followed yet, by what was called; each list in the order of the history.</summary>
    private readonly Dictionary<string, List<Failure>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Timers by the turn that set them, in the order of the history.</summary>
    private readonly Dictionary<int, List<int>> _timers = [];

    /// <summary>Where in <see cref="_timers"/> a timer is.</summary>
    private readonly Dictionary<int, (int Turn, int Place)> _places = [];

    /// <summary>How many of the timers that a turn set have not fired; without a number none has.</summary>
    private readonly Dictionary<int, int> _open = [];

    /// <summary>What was called by those whose failures came in a turn.</summary>
    private readonly Dictionary<int, HashSet<string>> _failed = [];

    /// <summary>The places of the timers that fired in this turn and that no call has followed, by the turn that set them.</summary>
    private readonly Dictionary<int, SortedSet<int>> _fired = [];

    private int _turn;

    /// <summary>A turn begins; what follows is told in the order of the history.</summary>
    public void Turn()
    {
        foreach (var turn in _fired.Keys.Append(_turn))
        {
            if (_open.GetValueOrDefault(turn) == 0)
                End(turn);
        }

        _turn++;
        _fired.Clear();
    }

    /// <summary>Forgets a call whose answer has come: nobody asks for its number any more. A call that follows still counts on from it.</summary>
    public void Forget(int id)
    {
        _keys.Remove(id);
        _numbers.Remove(id);
        _before.Remove(id);
    }

    /// <summary>A call began.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="key">What is called with what: the same for every try.</param>
    public void Scheduled(int id, string key)
    {
        // A number that comes again, in a history that is wrong, must not become its own earlier try.
        var isNew = !_keys.ContainsKey(id);
        _keys[id] = key;
        if (!isNew || !_waiting.TryGetValue(key, out var failures))
            return;
        for (var index = 0; index < failures.Count; index++)
        {
            var again = failures[index];
            var timer = FiredAfter(again);
            if (again.Id == id || (again.Turn != _turn && timer is null))
                continue;
            if (timer is { } place)
                _fired[again.Turn].Remove(place);
            failures.RemoveAt(index);
            _before[id] = (again.Id, timer is { } known ? _timers[again.Turn][known] : null);
            _numbers[id] = again.Number + 1;
            return;
        }
    }

    /// <summary>A call failed.</summary>
    public void Failed(int id)
    {
        if (!_keys.TryGetValue(id, out var key))
            return;
        if (!_waiting.TryGetValue(key, out var failures))
            _waiting[key] = failures = [];
        failures.Add(new Failure(id, NumberOf(id), _turn, _timers.TryGetValue(_turn, out var timers) ? timers.Count : 0));
        if (!_failed.TryGetValue(_turn, out var keys))
            _failed[_turn] = keys = new HashSet<string>(StringComparer.Ordinal);
        keys.Add(key);
    }

    /// <summary>A timer was set.</summary>
    public void TimerCreated(int id)
    {
        if (!_timers.TryGetValue(_turn, out var timers))
            _timers[_turn] = timers = [];
        _places[id] = (_turn, timers.Count);
        timers.Add(id);
        _open[_turn] = _open.GetValueOrDefault(_turn) + 1;
    }

    /// <summary>A timer fired.</summary>
    public void TimerFired(int id)
    {
        if (!_places.Remove(id, out var place))
            return;
        _open[place.Turn]--;
        if (!_fired.TryGetValue(place.Turn, out var places))
            _fired[place.Turn] = places = [];
        places.Add(place.Place);
    }

    /// <summary>Which try a call is, from 1.</summary>
    public int NumberOf(int id) => _numbers.GetValueOrDefault(id, 1);

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

    /// <summary>No call can follow any more the failures that came in a turn: none of its timers is to fire.</summary>
    private void End(int turn)
    {
        _open.Remove(turn);
        _timers.Remove(turn);
        if (!_failed.Remove(turn, out var keys))
            return;
        foreach (var key in keys)
        {
            if (_waiting.TryGetValue(key, out var failures) && failures.RemoveAll(failure => failure.Turn == turn) > 0 && failures.Count == 0)
                _waiting.Remove(key);
        }
    }

    /// <summary>The place of the first timer that was set after a failure, in its turn, and that fired now; null for none.</summary>
    private int? FiredAfter(Failure failure)
    {
        if (!_fired.TryGetValue(failure.Turn, out var places) || places.Count == 0 || places.Max < failure.TimersBefore)
            return null;
        return places.GetViewBetween(failure.TimersBefore, int.MaxValue).Min;
    }

    /// <summary>A failure that waits for a call.</summary>
    /// <param name="Id">The call that failed.</param>
    /// <param name="Number">Which try it was.</param>
    /// <param name="Turn">The turn that it came in.</param>
    /// <param name="TimersBefore">The timers that this turn had set before it.</param>
    private sealed record Failure(int Id, int Number, int Turn, int TimersBefore);
}
