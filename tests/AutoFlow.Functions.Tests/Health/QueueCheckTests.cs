using AutoFlow.EmbeddedHost.Queues;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.Functions.Health;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.Functions.Tests.Health;

public sealed class QueueCheckTests
{
    [Fact]
    public async Task The_app_is_unready_while_the_embedded_hosts_disk_takes_nothing()
    {
        var isFull = false;
        await using var database = HostDatabase.Open(
            ":memory:", new HostDatabaseOptions { Committing = (_, _) => _ = Volatile.Read(ref isFull) ? throw new SqliteException("database or disk is full", 13) : 0 });
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        database.FaultChanged += fault => _ = fault is null || began.TrySetResult();
        using var connections = new QueueConnections(new ConfigurationBuilder().Build(), new QueueSettings(), new EmbeddedQueueStore(database, new QueueSignals(), TimeProvider.System));
        Assert.Equal((DependencyState.Ok, null), await LookAsync());

        Volatile.Write(ref isFull, true);
        var waits = database.WriteAsync(_ => true);
        await began.Task;
        Assert.Equal((DependencyState.Failed, nameof(StorageUnavailableException)), await LookAsync());

        Volatile.Write(ref isFull, false);
        await waits;
        Assert.Equal((DependencyState.Ok, null), await LookAsync());

        async Task<(DependencyState, string?)> LookAsync()
        {
            using var readiness = new Readiness([new QueueCheck(connections.Service(null))], TimeProvider.System);
            var report = await readiness.LookAsync(default);
            Assert.Equal(report.State, report.Dependencies[0].State);
            return (report.State, report.Dependencies[0].Reason);
        }
    }
}
