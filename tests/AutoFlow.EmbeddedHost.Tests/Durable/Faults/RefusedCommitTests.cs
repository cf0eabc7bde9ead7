using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Faults;

/// <summary>The disk refuses commits for a while: it is said what refuses and what to do, nothing that was accepted is lost, and all goes on by itself.</summary>
public sealed class RefusedCommitTests
{
    private static DurableHost Host() => new DurableHost(inMemory: false)
        .Orchestrator("Listen", async context => await context.CallActivityAsync<string>("Echo", await context.WaitForExternalEvent<string>("go")))
        .Activity("Echo", input => input?.Trim('"'));

    [Theory]
    [InlineData("IO", "Look at the disk.")]
    [InlineData("SQLITE_IOERR", "Look at the disk.")]
    [InlineData("SQLITE_FULL", "the disk is full. Free space on it.")]
    [InlineData("SQLITE_BUSY", "another program holds a lock on it. Close that program.")]
    [InlineData("SQLITE_READONLY", "it is read-only. Give this user the right to write it and its folder.")]
    [InlineData("SQLITE_CANTOPEN", "Give this user the right to write its folder.")]
    public async Task What_was_accepted_waits_what_comes_is_refused_and_all_goes_on(string code, string advice)
    {
        await using var host = Host();
        using var disk = new Disk(host);
        await host.StartAsync();
        await host.RunAsync("Listen", id: "ended");
        await host.Client.TerminateInstanceAsync("ended");
        await host.RunAsync("Listen", id: "before");
        var begins = Disk.NextChange(host.Database);
        disk.Refuse(Disk.Failure(code));
        var accepted = host.Client.RaiseEventAsync("before", "go", "on");
        var fault = Assert.IsType<StorageUnavailableException>(await begins);
        Assert.Contains($"'{host.FilePath}'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
        Assert.False(accepted.IsCompleted);

        // Whoever comes now is told at once, in each of the client's operations.
        await Assert.ThrowsAsync<StorageUnavailableException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync("Listen", new StartOrchestrationOptions("refused")));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => host.Client.RaiseEventAsync("before", "go", "refused"));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => host.Client.TerminateInstanceAsync("before"));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => host.Client.SuspendInstanceAsync("before"));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => host.Client.PurgeInstanceAsync("ended"));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.GetAsync("before")).RuntimeStatus);
        Assert.Empty(host.Ran);

        var ends = Disk.NextChange(host.Database);
        disk.Refuse(null);
        Assert.Null(await ends);
        await accepted;
        await host.IdleAsync();
        Assert.Equal("on", (await host.GetAsync("before")).ReadOutputAs<string>());
        Assert.Equal(["Echo(\"on\")"], host.Ran);
        Assert.Null(await host.Client.GetInstanceAsync("refused"));
        Assert.Equal(1, (await host.Client.PurgeInstanceAsync("ended")).PurgedInstanceCount);
        await host.RunAsync("Listen", id: "refused");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.GetAsync("refused")).RuntimeStatus);
        var told = host.Logs.Lines.Where(line => line.Contains("database", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, told.Count);
        Assert.Contains(" Error The database", told[0], StringComparison.Ordinal);
        Assert.Contains(advice, told[0], StringComparison.Ordinal);
        Assert.Contains(" Information The database can be written again", told[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(0)]
    public async Task Each_commit_of_a_run_may_fail_once_and_nothing_is_different(int keeps)
    {
        await using var host = new DurableHost(inMemory: false) { MaxWritesPerCommit = 8, Options = new() { MaxConcurrentActivities = 4, MaxConcurrentOrchestrations = 4, MaxInstancesInMemory = keeps } }
            .WithRepertoire();
        var failures = 0;
        host.Configure = options => options with
        {
            Committing = (commit, attempt) =>
            {
                if (attempt > 1)
                    return;
                failures++;
                throw Disk.Failure(commit % 2 == 0 ? "SQLITE_FULL" : "IO");
            },
        };
        await host.StartAsync();
        await PatientAsync(host);
        Assert.True(failures > 20, $"Only {failures} failures.");
        await Continued.AssertEndAsync(host);
        Assert.Equal(host.Ran.Distinct(), host.Ran);
    }

    [Fact]
    public async Task A_crash_while_the_disk_refuses_loses_nothing_that_was_acknowledged()
    {
        await using var host = Host();
        using var disk = new Disk(host);
        await host.StartAsync();
        await host.RunAsync("Listen", id: "acknowledged");
        var begins = Disk.NextChange(host.Database);
        disk.Refuse(Disk.Failure("SQLITE_FULL"));
        var waiting = host.Client.RaiseEventAsync("acknowledged", "go", "on");
        await begins;
        await host.CloseAsync();

        // It was never acknowledged, and whoever asked is told.
        await Assert.ThrowsAnyAsync<Exception>(() => waiting);
        disk.Refuse(null);
        await host.StartAsync();
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.GetAsync("acknowledged")).RuntimeStatus);
        await host.RaiseAsync("acknowledged", "go", "again");
        Assert.Equal("again", (await host.GetAsync("acknowledged")).ReadOutputAs<string>());
    }

    /// <summary>Drives the repertoire as an outside that asks again when it is refused.</summary>
    private static async Task PatientAsync(DurableHost host)
    {
        while (true)
        {
            try
            {
                await host.DriveAsync(RepertoireHost.Flows);
                return;
            }
            catch (StorageUnavailableException)
            {
                await host.IdleAsync();
            }
        }
    }
}
