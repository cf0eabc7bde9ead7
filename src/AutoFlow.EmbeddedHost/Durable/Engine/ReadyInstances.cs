using System.Threading.Channels;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Instances that have something in their inbox. Each is handed out to one turn at a time; what comes during a turn makes another.</summary>
internal sealed class ReadyInstances(WorkCount work)
{
    private readonly Channel<long> _queue = Channel.CreateUnbounded<long>();
    private readonly Dictionary<long, State> _states = [];
    private readonly Lock _gate = new();

    private enum State
    {
        Queued,
        Taken,
        TakenAndReadyAgain,
    }

    public ChannelReader<long> Reader => _queue.Reader;

    /// <summary>Tells that an instance has something in its inbox.</summary>
    public void Signal(long key)
    {
        lock (_gate)
        {
            if (_states.TryGetValue(key, out var state))
            {
                if (state == State.Taken)
                    _states[key] = State.TakenAndReadyAgain;
                return;
            }

            _states[key] = State.Queued;
            work.Add();
        }

        _queue.Writer.TryWrite(key);
    }

    /// <summary>Begins a turn of an instance that was read.</summary>
    public void Take(long key)
    {
        lock (_gate)
            _states[key] = State.Taken;
    }

    /// <summary>Ends the turn.</summary>
    public void Done(long key)
    {
        lock (_gate)
        {
            if (_states[key] == State.Taken)
            {
                _states.Remove(key);
                work.Done();
                return;
            }

            _states[key] = State.Queued;
        }

        _queue.Writer.TryWrite(key);
    }
}
