namespace AutoFlow.Workflows.Testing;

/// <summary>A step of a run in virtual time: which operation completed, and when.</summary>
/// <param name="Operation">The operation's number, in the order in which they were begun.</param>
/// <param name="At">The virtual time, UTC.</param>
public sealed record FakeStep(int Operation, DateTimeOffset At);

/// <summary>A run waits, and nothing that is still to come ends the wait.</summary>
public sealed class WaitsForEverException() : InvalidOperationException("the run waits for something that will never come");

/// <summary>Completes operations one after another on one thread, moving a virtual clock.</summary>
internal sealed class VirtualTime(DateTimeOffset start, IReadOnlyList<FakeStep> replay, Func<int, int> choose)
{
    private readonly List<Operation> _open = [];
    private readonly List<FakeStep> _history = [];
    private readonly List<(Task Done, Action Complete)> _outside = [];
    private readonly Queue<Action> _ready = new();
    private int _begun;

    public DateTimeOffset Now { get; private set; } = start;

    public bool IsReplaying => _history.Count < replay.Count;

    public IReadOnlyList<FakeStep> History => _history;

    /// <summary>Begins an operation that completes at a time; its number is given back.</summary>
    public int Add(DateTimeOffset due, Action complete)
    {
        _open.Add(new Operation(++_begun, due < Now ? Now : due, complete));
        return _begun;
    }

    public void Remove(int operation) => _open.RemoveAll(o => o.Number == operation);

    /// <summary>Completes an operation when something real is done; virtual time stands still until then.</summary>
    public void Outside(Task done, Action complete) => _outside.Add((done, complete));

    /// <summary>Begins the work and completes its operations until it is done.</summary>
    /// <exception cref="WaitsForEverException">Nothing is left to complete.</exception>
    public T Run<T>(Func<Task<T>> work)
    {
        var working = Begin(work);
        while (!working.IsCompleted) Advance();
        // The task is completed; this only unwraps its value or its exception.
        return working.GetAwaiter().GetResult();
    }

    /// <summary>As <see cref="Run"/>, for work that also waits for something real.</summary>
    /// <exception cref="WaitsForEverException">Nothing is left to complete.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var working = Begin(work);
        while (!working.IsCompleted)
        {
            if (_outside.Count > 0 && !_open.Exists(o => o.Due <= Now))
            {
                var done = await Task.WhenAny(_outside.Select(static o => o.Done));
                var ended = _outside.Find(o => o.Done == done);
                _outside.Remove(ended);
                Add(Now, ended.Complete);
            }

            Advance();
        }

        return await working;
    }

    private Task<T> Begin<T>(Func<Task<T>> work)
    {
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(new Pump(_ready));
            var working = work();
            Drain();
            return working;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Completes one operation and runs what that makes ready.</summary>
    private void Advance()
    {
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(null);
            Step();
            Drain();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void Step()
    {
        var next = IsReplaying ? Recorded(replay[_history.Count]) : Earliest();
        _open.Remove(next);
        _history.Add(new FakeStep(next.Number, Now));
        next.Complete();
    }

    /// <summary>
    /// Runs what is ready in its order, each under a context of its own: so a continuation is never run inside what completed it, as
    /// durable engines do it.
    /// </summary>
    private void Drain()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        while (_ready.TryDequeue(out var continuation))
        {
            SynchronizationContext.SetSynchronizationContext(new Pump(_ready));
            continuation();
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    private Operation Recorded(FakeStep step)
    {
        Now = step.At;
        return _open.Find(o => o.Number == step.Operation)
            ?? throw new InvalidOperationException($"replay differs: operation {step.Operation} completed before, and is not open now");
    }

    private Operation Earliest()
    {
        if (_open.Count == 0) throw new WaitsForEverException();
        var due = _open.Min(static o => o.Due);
        if (due > Now) Now = due;
        var candidates = _open.FindAll(o => o.Due == due);
        return candidates[Math.Clamp(choose(candidates.Count), 0, candidates.Count - 1)];
    }

    private sealed record Operation(int Number, DateTimeOffset Due, Action Complete);

    /// <summary>Keeps every continuation on the thread that runs the virtual time.</summary>
    private sealed class Pump(Queue<Action> ready) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => ready.Enqueue(() => d(state));

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        public override SynchronizationContext CreateCopy() => this;
    }
}
