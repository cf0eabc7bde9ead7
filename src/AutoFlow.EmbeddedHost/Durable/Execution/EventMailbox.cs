using AutoFlow.EmbeddedHost.Durable.History;

namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>External events that nobody has waited for yet, and waits that no event has come for yet. Names compare without regard to case.</summary>
internal sealed class EventMailbox
{
    private readonly List<EventRaised> _unclaimed = [];
    private readonly Dictionary<string, List<PendingTask>> _waits = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True while something waits.</summary>
    public bool HasWaits => _waits.Count > 0;

    /// <summary>True while something waits for an event of that name.</summary>
    public bool Awaits(string name) => _waits.ContainsKey(name);

    /// <summary>The events that nobody has waited for, in the order they came.</summary>
    public IReadOnlyList<EventRaised> Unclaimed => _unclaimed;

    /// <summary>Gives an event to the last that waits for it, or keeps it.</summary>
    public void Deliver(EventRaised raised)
    {
        if (_waits.TryGetValue(raised.Name, out var waits))
        {
            // The last first, as in Microsoft's SDK: in a loop of WhenAny the earlier waits are those that the code has given up.
            var wait = waits[^1];
            Remove(raised.Name, wait);
            wait.Complete(raised.Payload);
        }
        else
        {
            _unclaimed.Add(raised);
        }
    }

    /// <summary>Keeps an event without looking at who waits.</summary>
    public void Keep(EventRaised raised) => _unclaimed.Add(raised);

    /// <summary>The oldest kept event of a name; null where there is none.</summary>
    public EventRaised? Take(string name)
    {
        var index = _unclaimed.FindIndex(raised => string.Equals(raised.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
            return null;
        var taken = _unclaimed[index];
        _unclaimed.RemoveAt(index);
        return taken;
    }

    public void Add(string name, PendingTask wait)
    {
        if (!_waits.TryGetValue(name, out var waits))
            _waits.Add(name, waits = []);
        waits.Add(wait);
    }

    /// <summary>Ends a wait; false where it had already got its event.</summary>
    public bool Remove(string name, PendingTask wait)
    {
        if (!_waits.TryGetValue(name, out var waits) || !waits.Remove(wait))
            return false;
        if (waits.Count == 0)
            _waits.Remove(name);
        return true;
    }
}
