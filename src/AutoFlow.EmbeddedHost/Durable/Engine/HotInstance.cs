using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>
/// An instance id at work: what comes for it waits here, and one turn at a time takes it. Whatever happens to an id happens here, one after
/// the other, so that what is in memory and not yet durable is never decided on twice.
/// </summary>
internal sealed class HotInstance(string id)
{
    /// <summary>The most turns that go ahead of the disk.</summary>
    private const int MaxUncommitted = 8;

    private readonly Lock _gate = new();
    private Queue<Message> _mailbox = new(2);
    private Phase _phase;
    private int _uncommitted;
    private bool _urgent;
    private bool _needsDurable;
    private bool _postponed;
    private int _durableStatus = -1;

    private enum Phase
    {
        Idle,
        Queued,
        Running,
        Evicted,
    }

    public string Id => id;

    /// <summary>The instance; null where it has not been read, or there is none. Only the turn that runs touches it.</summary>
    public InstanceState? State { get; set; }

    /// <summary>True once the store has been asked. Only the turn that runs touches it.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>Why it takes no more turns until the next start; null while all is well.</summary>
    public InstanceUnavailableException? Broken { get; set; }

    /// <summary>Why a commit of it could not be stored: those behind it must not be either. Null while all is well.</summary>
    public Exception? Unstored { get; set; }

    /// <summary>The status that is on the disk; null where that is not known here. For all threads.</summary>
    public OrchestrationRuntimeStatus? DurableStatus
    {
        get => Volatile.Read(ref _durableStatus) is >= 0 and var status ? (OrchestrationRuntimeStatus)status : null;
        set => Volatile.Write(ref _durableStatus, value is { } status ? (int)status : -1);
    }

    /// <summary>When it last had something to do; for the choice of which to forget.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="queue">True when a turn has to be queued now.</param>
    /// <returns>False where the instance was forgotten: ask for it again.</returns>
    public bool TryPost(Message message, out bool queue)
    {
        lock (_gate)
        {
            queue = false;
            if (_phase == Phase.Evicted)
                return false;
            _mailbox.Enqueue(message);
            _urgent |= message.IsInternal;
            _needsDurable |= message.NeedsDurable;
            queue = TryQueue();
            return true;
        }
    }

    /// <summary>Puts messages before all that wait.</summary>
    public void PostFirst(IEnumerable<Message> messages)
    {
        lock (_gate)
        {
            _mailbox = new Queue<Message>(messages.Concat(_mailbox));
            _urgent = true;
        }
    }

    /// <summary>
    /// Puts back what could not be taken, and takes nothing until <see cref="Retry"/>. Then the instance is read again, behind all of its turns
    /// that are not on the disk yet: what is in memory may be half a turn. Only for the turn that runs.
    /// </summary>
    public void Postpone(IEnumerable<Message> messages)
    {
        (State, IsLoaded) = (null, false);
        lock (_gate)
        {
            _postponed = _needsDurable = true;
            _mailbox = new Queue<Message>(messages.Concat(_mailbox));
        }
    }

    /// <summary>Goes on after <see cref="Postpone"/>; true when a turn has to be queued.</summary>
    public bool Retry()
    {
        lock (_gate)
        {
            _postponed = false;
            return TryQueue();
        }
    }

    /// <summary>Begins a turn: what waits, up to a number and a size.</summary>
    public List<Message> Begin(int most, int size)
    {
        lock (_gate)
        {
            _phase = Phase.Running;
            LastUsed = Environment.TickCount64;
            _urgent = _needsDurable = false;
            var taken = new List<Message>(Math.Min(most, _mailbox.Count));
            while (taken.Count < most && size >= 0 && _mailbox.TryPeek(out var message) && !(message.NeedsDurable && _uncommitted > 0))
            {
                taken.Add(_mailbox.Dequeue());
                size -= message.Size;
            }

            foreach (var left in _mailbox)
                (_urgent, _needsDurable) = (_urgent || left.IsInternal, _needsDurable || left.NeedsDurable);
            return taken;
        }
    }

    /// <summary>Ends the turn; true when the next one has to be queued.</summary>
    public bool End()
    {
        lock (_gate)
        {
            _phase = Phase.Idle;
            return TryQueue();
        }
    }

    /// <summary>A commit of it goes to the disk.</summary>
    public void CommitBegins()
    {
        lock (_gate)
            _uncommitted++;
    }

    /// <summary>A commit has ended; true when a turn has to be queued.</summary>
    public bool CommitEnds()
    {
        lock (_gate)
        {
            _uncommitted--;
            return _phase == Phase.Idle && TryQueue();
        }
    }

    /// <summary>Forgets it where nothing is lost by that: nothing waits, nothing runs, all is durable.</summary>
    /// <param name="onlyAtRest">False to forget also what has activities at work.</param>
    public bool TryEvict(bool onlyAtRest)
    {
        lock (_gate)
        {
            if (Broken is not null || _phase != Phase.Idle || _uncommitted > 0 || _mailbox.Count > 0 || State is { Parked.Count: > 0 } || (onlyAtRest && State is { OpenActivities: > 0 }))
                return false;
            _phase = Phase.Evicted;
            return true;
        }
    }

    /// <summary>True when nothing of it needs to be kept in memory: there is no instance, or it is finished. Only for the turn, at its end.</summary>
    public bool IsSpent => State is null or { IsFinished: true };

    // What an activity or a client brings waits for the commit of the turn before, so that all that comes meanwhile makes one turn.
    private bool TryQueue()
    {
        if (_phase != Phase.Idle || _postponed || _mailbox.Count == 0 || _uncommitted >= (_urgent && !_needsDurable ? MaxUncommitted : 1))
            return false;
        _phase = Phase.Queued;
        return true;
    }
}
