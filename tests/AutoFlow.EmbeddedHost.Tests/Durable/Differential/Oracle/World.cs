using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential.Oracle;

/// <summary>
/// All instances in virtual time, by plain interpretation: no history, no replay, no store. What happens at one moment happens in an order:
/// first come first served, or any other one that an engine may choose, by a random number.
/// </summary>
internal sealed class World(Random? choice, Counts counts)
{
    private readonly List<(DateTimeOffset At, int Number, Action Fire, Wait? Of)> _timers = [];
    private readonly List<Action> _activities = [];
    private readonly List<Instance> _instances = [];
    private int _number;

    public Counts Counts => counts;

    public DateTimeOffset Now { get; private set; } = Interpreter.Epoch;

    public IEnumerable<Instance> Instances => _instances;

    public Instance? Find(string id) => _instances.FirstOrDefault(instance => instance.HasOwnId && instance.Id == id);

    public void Add(Instance instance) => _instances.Add(instance);

    public void Remove(Instance instance)
    {
        instance.IsGone = true;
        _instances.Remove(instance);
    }

    public void SetTimer(DateTimeOffset at, Action fire, Wait? of) => _timers.Add((at, _number++, fire, of));

    public void RunActivity(Action end) => _activities.Add(end);

    /// <summary>Puts a message into an inbox; the end of an instance has emptied it for ever.</summary>
    public static void Deliver(Instance instance, Message message)
    {
        if (!instance.IsFinished && !instance.IsGone)
            instance.Inbox.Add(message);
    }

    /// <summary>Everything that follows at this moment.</summary>
    public void Settle()
    {
        while (Step())
        {
        }
    }

    /// <summary>Some of what follows: the engine is in the middle of it when the client comes again.</summary>
    public void SettlePartly()
    {
        for (var steps = choice?.Next(5) == 0 ? int.MaxValue : choice?.Next(12) ?? 0; steps > 0 && Step(); steps--)
        {
        }
    }

    /// <summary>Lets time pass, each timer at its moment.</summary>
    public void Advance(TimeSpan by)
    {
        var until = Now + by;
        Settle();
        while (NextTimer() is { } next && next <= until)
        {
            Now = next;
            Settle();
        }

        Now = until;
    }

    /// <summary>No two starts fall on the same moment: the ids that the engine makes for children are made of it.</summary>
    public void Tick() => Now += TimeSpan.FromTicks(1);

    /// <summary>Lets time pass while nobody is there.</summary>
    public void Sleep(TimeSpan by, bool goesOn)
    {
        Now += by;
        if (!goesOn)
            Settle();
    }

    private DateTimeOffset? NextTimer()
    {
        _timers.RemoveAll(timer => timer.Of is { } wait && (wait.IsOver || !wait.Generation.IsAlive));
        return _timers.Count == 0 ? null : _timers.Min(timer => timer.At);
    }

    private bool Step()
    {
        if (NextTimer() <= Now)
        {
            // All that are due, in the order of their times.
            var due = _timers.Where(timer => timer.At <= Now).OrderBy(timer => timer.At).ThenBy(timer => choice?.Next() ?? timer.Number).ToList();
            _timers.RemoveAll(timer => timer.At <= Now);
            foreach (var timer in due)
                timer.Fire();
            return true;
        }

        var ready = _instances.Where(IsReady).ToList();
        var options = _activities.Count + ready.Count;
        if (options == 0)
            return false;
        var chosen = choice?.Next(options) ?? 0;
        if (chosen < _activities.Count)
        {
            var activity = _activities[chosen];
            _activities.RemoveAt(chosen);
            activity();
            return true;
        }

        new Evaluator(this, choice).Take(ready[chosen - _activities.Count]);
        return true;
    }

    /// <summary>Before its beginning an instance hears of nothing but its end.</summary>
    private static bool IsReady(Instance instance) => instance.Inbox.Count > 0
        && (instance.Status != OrchestrationRuntimeStatus.Pending || instance.Inbox.Exists(message => message is Message.Begin or Message.Terminate));
}
