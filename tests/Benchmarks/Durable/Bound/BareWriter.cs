namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>Group commit: one thread that writes what its callers ask for at the moment in one commit, and then tells each of them.</summary>
internal sealed class BareWriter : IDisposable
{
    private readonly BareDatabase _database;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private List<BareWrite> _waiting = [];
    private List<BareWrite> _taken = [];
    private volatile bool _ends;

    /// <summary>Starts the thread.</summary>
    /// <param name="database">Used by that thread only.</param>
    public BareWriter(BareDatabase database)
    {
        _database = database;
        _thread = new Thread(Run) { IsBackground = true, Name = "bare writer" };
        _thread.Start();
    }

    /// <summary>Completes when the disk has it.</summary>
    public Task CommitAsync(Action<BareDatabase> rows)
    {
        var write = new BareWrite(rows);
        bool isFirst;
        lock (_gate)
        {
            _waiting.Add(write);
            isFirst = _waiting.Count == 1;
        }

        if (isFirst)
            _wake.Release();
        return write.Done.Task;
    }

    public void Dispose()
    {
        _ends = true;
        _wake.Release();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _wake.Wait();
            if (_ends)
                return;
            lock (_gate)
                (_taken, _waiting) = (_waiting, _taken);
            _database.Begin();
            foreach (var write in _taken)
                write.Rows(_database);
            _database.Commit();
            foreach (var write in _taken)
                write.Done.SetResult();
            _taken.Clear();
        }
    }

    private sealed class BareWrite(Action<BareDatabase> rows)
    {
        public Action<BareDatabase> Rows { get; } = rows;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
