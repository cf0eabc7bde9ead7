using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Faults;

/// <summary>Faults as SQLite itself reports them: a database that may not grow, and a lock that another connection holds.</summary>
public sealed class RealDiskTests
{
    private static DurableHost Host() => new DurableHost(inMemory: false)
        .Orchestrator("Keep", async context => await context.CallActivityAsync<int>("Length", context.GetInput<string>()))
        .Activity("Length", input => input!.Length);

    [Fact]
    public async Task A_full_disk_takes_nothing_and_loses_nothing_and_goes_on_when_there_is_room()
    {
        await using var host = await Host().StartAsync();
        var begins = Disk.NextChange(host.Database);
        SqliteConnection? writer = null;
        await host.Database.WriteAsync(connection => (writer = connection).Execute(
            $"PRAGMA max_page_count = {(long)connection.Scalar("PRAGMA page_count")! + 60}"));

        // More than fits: some are acknowledged, one meets the end of the disk.
        var payload = new string('x', 20_000);
        var started = new List<string>();
        var starts = Enumerable.Range(0, 40).Select(async number =>
        {
            var id = $"keep-{number}";
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Keep", payload, new StartOrchestrationOptions(id));
            lock (started)
                started.Add(id);
        }).ToList();
        var fault = Assert.IsType<StorageUnavailableException>(await begins);
        Assert.Contains("the disk is full. Free space on it.", fault.Message, StringComparison.Ordinal);
        var ends = Disk.NextChange(host.Database);
        writer!.Execute("PRAGMA max_page_count = 1000000");
        Assert.Null(await ends);
        foreach (var start in starts)
        {
            if (await Record.ExceptionAsync(() => start) is { } refused)
                Assert.IsType<StorageUnavailableException>(refused);
        }

        await host.IdleAsync();
        Assert.NotEmpty(started);
        foreach (var id in started)
            Assert.Equal(payload.Length + 2, (await host.GetAsync(id)).ReadOutputAs<int>());
        Assert.Equal(started.Count, await host.Client.GetAllInstancesAsync().CountAsync());
        Assert.Equal(started.Count, host.Ran.Count);
        await host.ReopenAsync();
        host.Database.Read(StoreTables.AssertNothingIsLeft);
        Assert.Equal(started.Count, await host.Client.GetAllInstancesAsync().CountAsync());
    }

    [Fact]
    public async Task A_lock_of_a_moment_is_no_fault()
    {
        await using var host = await Host().StartAsync();
        await host.RunAsync("Keep", "a", "first");
        using var other = new SqliteConnection($"Data Source={host.FilePath};Pooling=False");
        other.Open();
        other.Execute("BEGIN IMMEDIATE");
        var accepted = host.Client.ScheduleNewOrchestrationInstanceAsync("Keep", "abc", new StartOrchestrationOptions("second"));

        // Long enough for a writer that does not wait to have told of it.
        var told = SpinWait.SpinUntil(() => host.Database.Fault is not null, TimeSpan.FromMilliseconds(50));
        other.Execute("ROLLBACK");
        await accepted;
        await host.IdleAsync();

        Assert.False(told);
        Assert.Equal(5, (await host.GetAsync("second")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task While_another_connection_holds_the_file_everything_waits()
    {
        await using var host = await Host().StartAsync();
        await host.RunAsync("Keep", "a", "first");
        using var other = new SqliteConnection($"Data Source={host.FilePath};Pooling=False");
        other.Open();
        other.Execute("BEGIN EXCLUSIVE");
        var begins = Disk.NextChange(host.Database);
        var accepted = host.Client.ScheduleNewOrchestrationInstanceAsync("Keep", "abc", new StartOrchestrationOptions("second"));
        var fault = Assert.IsType<StorageUnavailableException>(await begins);
        Assert.Contains("another program holds a lock on it. Close that program.", fault.Message, StringComparison.Ordinal);
        Assert.False(accepted.IsCompleted);

        // What is there can be read meanwhile.
        Assert.Equal(3, (await host.GetAsync("first")).ReadOutputAs<int>());
        var ends = Disk.NextChange(host.Database);
        other.Execute("ROLLBACK");
        Assert.Null(await ends);
        await accepted;
        await host.IdleAsync();
        Assert.Equal(5, (await host.GetAsync("second")).ReadOutputAs<int>());
    }
}
