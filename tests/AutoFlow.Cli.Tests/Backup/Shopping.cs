using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Cli.Tests.Backup;

/// <summary>A durable engine on a data folder: orchestrations of five steps, each with an effect in the support data before its result is recorded.</summary>
internal sealed class Shopping : IAsyncDisposable
{
    public const int Steps = 5;

    private readonly HostDatabase _database;
    private readonly DurableEngine _engine;
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _enoughEffects;
    private int _effects;

    /// <param name="folder">The data folder.</param>
    /// <param name="enough">After so many effects <see cref="EnoughAsync"/> completes, and the activity that made the last of them waits for <see cref="Release"/>.</param>
    public Shopping(string folder, int enough = int.MaxValue)
    {
        _enoughEffects = enough;
        Directory.CreateDirectory(folder);
        Ledger = new Ledger(folder);
        _database = HostDatabase.Open(Path.Combine(folder, "host.db"), new HostDatabaseOptions { FullSync = false });
        var registry = new DurableRegistry();
        registry.AddOrchestrator("Shop", ShopAsync);
        registry.AddActivity("Buy", async (call, _) =>
        {
            Ledger.Do($"{call.InstanceId}#{call.TaskId}");
            if (Interlocked.Increment(ref _effects) == _enoughEffects)
            {
                _enough.TrySetResult();
                await _release.Task;
            }

            return call.TaskId;
        });
        _engine = new DurableEngine(_database, registry, new DurableOptions { StopGrace = TimeSpan.Zero }, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public Ledger Ledger { get; }

    /// <summary>Completes in the middle of the work.</summary>
    public Task EnoughAsync => _enough.Task;

    public void Release() => _release.TrySetResult();

    public Task GoAsync() => _engine.StartAsync(CancellationToken.None);

    /// <summary>Starts instances, and marks each once it was started.</summary>
    public async Task StartAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var id = Id(number);
            await _engine.Client.ScheduleNewOrchestrationInstanceAsync("Shop", null, new StartOrchestrationOptions(id));
            Ledger.Mark(id);
        }
    }

    /// <summary>Whoever asked for instances asks again for those that are not there, as a queue does with what nobody has acknowledged.</summary>
    public async Task StartAgainAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            if (await GetAsync(Id(number)) is null)
                await _engine.Client.ScheduleNewOrchestrationInstanceAsync("Shop", null, new StartOrchestrationOptions(Id(number)));
        }
    }

    public Task IdleAsync() => _engine.WhenIdleAsync();

    /// <summary>The effects whose results are recorded.</summary>
    public IEnumerable<string> Recorded(int count) =>
        from number in Enumerable.Range(0, count)
        from turn in _engine.Store.History(Id(number), static history => history.Turns.ToList()) ?? []
        from done in turn.Received.OfType<TaskCompleted>()
        select $"{Id(number)}#{done.TaskId}";

    public async Task<OrchestrationMetadata?> GetAsync(string id) => await _engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true);

    public static string Id(int number) => $"shop~{number}";

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<object?> ShopAsync(TaskOrchestrationContext context)
    {
        var sum = 0;
        for (var step = 0; step < Steps; step++) sum += await context.CallActivityAsync<int>("Buy");
        return sum;
    }
}
