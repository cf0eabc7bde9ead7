using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;
using AutoFlow.EmbeddedHost.Tests.Durable.Differential.Oracle;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential;

/// <summary>Plays a scenario on the engine.</summary>
internal sealed class Driver : IAsyncDisposable
{
    /// <summary>How long everything is given in the end.</summary>
    public static readonly TimeSpan Afterwards = TimeSpan.FromDays(60);

    private readonly DurableHost _host;
    private readonly List<string> _seen = [];
    private readonly List<int> _cutOff = [];

    /// <param name="keeps">False for an engine that forgets each instance as soon as it is durable, so that every turn replays.</param>
    /// <param name="refuses">True for a disk that refuses some commits at first.</param>
    public Driver(bool keeps, bool refuses)
    {
        _host = new DurableHost(inMemory: false)
        {
            MaxWritesPerCommit = 4,
            Options = new() { MaxConcurrentActivities = 4, MaxConcurrentOrchestrations = 4, MaxInstancesInMemory = keeps ? 2_000 : 0 },
        };
        Interpreter.Register(_host);
        if (refuses)
        {
            _host.Configure = options => options with
            {
                Committing = (commit, attempt) =>
                {
                    if (commit % 5 == 2 && attempt == 1)
                        throw new IOException("Input/output error");
                },
            };
        }
    }

    /// <summary>What the client saw of each act, and of all instances in the end.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>The acts that a crash cut off.</summary>
    public IReadOnlyList<int> CutOff => _cutOff;

    /// <summary>How often it crashed.</summary>
    public int Crashes { get; private set; }

    /// <summary>How often the disk's refusal came through to the client.</summary>
    public int Refusals { get; private set; }

    public string Logs => string.Join('\n', _host.Logs.Lines.TakeLast(20));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public async Task PlayAsync(Scenario scenario)
    {
        var asleep = false;
        await _host.StartAsync();
        for (var number = 0; number < scenario.Acts.Length; number++)
        {
            var (operation, hurried) = scenario.Acts[number];
            if (asleep && operation is (Query or Advance or Reopen or Crash))
            {
                await _host.Engine.StartAsync(CancellationToken.None);
                asleep = false;
            }

            if (operation is Start)
                _host.Time.Set(_host.Time.GetUtcNow() + TimeSpan.FromTicks(1));
            try
            {
                _seen.Add($"{operation.GetType().Name}: {await DoAsync(operation)}");
            }
            catch (Exception exception) when (_host.Crashed && exception is IOException or InvalidOperationException)
            {
                _seen.Add(Reckoning.CutOff);
                _cutOff.Add(number);
            }

            asleep = operation is Reopen reopen ? reopen.Asleep : asleep;
            if (asleep && hurried)
                continue;
            if (asleep)
                await _host.Engine.StartAsync(CancellationToken.None);
            asleep = false;
            if (!hurried)
                await _host.IdleAsync();
            await ReviveAsync();
        }

        if (asleep)
            await _host.Engine.StartAsync(CancellationToken.None);
        await AdvanceAsync(Afterwards);
        await AssertSoundAsync();
        var lines = new List<string>();
        await foreach (var instance in _host.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true)))
            lines.Add(Caller.Describe(instance));
        _seen.AddRange(lines.Order(StringComparer.Ordinal));
    }

    /// <summary>Asks again as long as the disk refuses.</summary>
    private async Task<string> DoAsync(Operation operation)
    {
        while (true)
        {
            try
            {
                return await AskAsync(operation);
            }
            catch (StorageUnavailableException) when (!_host.Crashed)
            {
                Refusals++;
                await Task.Yield();
            }
        }
    }

    private async Task<string> AskAsync(Operation operation)
    {
        switch (operation)
        {
            case Query:
                await _host.IdleAsync();
                await ReviveAsync();
                return await new Caller(_host).AskAsync(operation);
            case Advance advance:
                await AdvanceAsync(TimeSpan.FromMinutes(advance.Minutes));
                return "ok";
            case Reopen reopen:
                await _host.IdleAsync();
                await ReviveAsync();
                await ReopenAsync(TimeSpan.FromMinutes(reopen.Minutes), null, reopen.Asleep);
                return "ok";
            case Crash crash:
                await _host.IdleAsync();
                await ReviveAsync();
                await ReopenAsync(TimeSpan.Zero, crash.Commits);
                return "ok";
            default:
                return await new Caller(_host).AskAsync(operation);
        }
    }

    /// <summary>Lets time pass, across crashes.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        var until = _host.Time.GetUtcNow() + by;
        do
        {
            await ReviveAsync();
            await _host.AdvanceAsync(until - _host.Time.GetUtcNow());
        }
        while (_host.Crashed);
    }

    /// <summary>After a crash, opens again.</summary>
    private async Task ReviveAsync()
    {
        if (!_host.Crashed)
            return;
        Crashes++;
        await ReopenAsync(TimeSpan.Zero, null);
    }

    private async Task ReopenAsync(TimeSpan pause, long? crashAfter, bool asleep = false)
    {
        await _host.CloseAsync();
        var before = _host.Ran.ToList();
        var waiting = Continued.WaitingIn(_host.FilePath);
        _host.Time.Set(_host.Time.GetUtcNow() + pause);
        if (asleep)
        {
            _host.Open();
            return;
        }

        await _host.StartAsync(crashAfter);
        await _host.IdleAsync();

        // In all of its lives: what ran again had no recorded result when it was cut off.
        var ran = _host.Ran.Skip(before.Count).ToList();
        Continued.AssertRan(before.Distinct().ToList(), waiting, ran);
        await ReviveAsync();
    }

    /// <summary>Each result is there once, each history replays turn by turn, the file is sound.</summary>
    private async Task AssertSoundAsync()
    {
        await foreach (var instance in _host.Client.GetAllInstancesAsync())
        {
            var history = _host.History(instance.InstanceId);
            history.ResultsAreUnique();
            for (var turn = 0; turn < history.Count; turn++)
            {
                var input = new TurnInput(instance.InstanceId, [.. history.Take(turn)], history[turn].Received);
                var again = OrchestrationTurn.Take(input, Interpreter.RunAsync, history[turn].At, NullLoggerFactory.Instance);
                Assert.Equal(HistoryJson.Write(Decisions(history[turn])), HistoryJson.Write(Decisions(again!.Turn)));
            }
        }

        _host.Database.Read(StoreTables.AssertSound);
    }

    /// <summary>Without the stacks of failures, which tell how they came about.</summary>
    private static TurnRecord Decisions(TurnRecord turn) => turn with
    {
        Decided = [.. turn.Decided.Select(each => each is ExecutionFailed failed
            ? failed with { Failure = new TaskFailureDetails(failed.Failure.ErrorType, failed.Failure.ErrorMessage, null, null) }
            : each)],
    };
}
