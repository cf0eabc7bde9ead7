using AutoFlow.Benchmarks.Durable.Measuring;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Benchmarks.Durable.Engine;

/// <summary>An engine on a file, with the default options: synchronous=FULL, and the default numbers of turns and activities at once.</summary>
internal sealed class EngineRun : IAsyncDisposable
{
    private readonly HostDatabase _database;
    private readonly DurableEngine _engine;

    private EngineRun(HostDatabase database, DurableRegistry registry)
    {
        _database = database;
        _engine = new DurableEngine(database, registry, new DurableOptions(), TimeProvider.System, NullLoggerFactory.Instance);
    }

    /// <summary>Starts and asks.</summary>
    public DurableTaskClient Client => _engine.Client;

    /// <summary>Opens the file and starts.</summary>
    /// <param name="file">The database.</param>
    /// <param name="registry">Functions; null for <see cref="BenchmarkFunctions"/>.</param>
    public static async Task<EngineRun> StartAsync(string file, DurableRegistry? registry = null)
    {
        var run = new EngineRun(HostDatabase.Open(file), registry ?? BenchmarkFunctions.Registry());
        await run._engine.StartAsync(CancellationToken.None);
        return run;
    }

    /// <summary>Starts an instance and waits until it is known to be completed.</summary>
    public async Task CompleteAsync(string function, object? input, string id)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync(function, input, new StartOrchestrationOptions(id));
        await CompletedAsync(id);
    }

    /// <summary>Starts an instance and waits until it has taken its first turn.</summary>
    public async Task StartedAsync(string function, object? input, string id)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync(function, input, new StartOrchestrationOptions(id));
        await Client.WaitForInstanceStartAsync(id);
    }

    /// <summary>Raises the event that it waits for, and waits until it is known to be completed.</summary>
    public async Task RaiseAsync(string id)
    {
        await Client.RaiseEventAsync(id, BenchmarkFunctions.Event, Payload.Sample);
        await CompletedAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task CompletedAsync(string id)
    {
        var ended = await Client.WaitForInstanceCompletionAsync(id);
        if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            throw new InvalidOperationException($"Instance '{id}' ended as {ended.RuntimeStatus}: nothing was measured.");
    }
}
