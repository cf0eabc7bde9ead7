using AutoFlow.EmbeddedHost.CrashHost.Repertoire;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Schemas;

/// <summary>
/// Databases that earlier builds wrote, named by their newest schema script, with instances in every state: this build opens them, and everything goes
/// on to its end. Set AUTOFLOW_WRITE_SCHEMAS to a folder to write one with the present schema there; a file that is here is never written anew.
/// </summary>
public sealed class SchemaUpgradeTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Durable", "Schemas");

    public static TheoryData<string> Files() => [.. Directory.GetFiles(Folder, "*.db").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Everything_in_it_goes_on_to_its_end(string file)
    {
        await using var host = Open(file);
        await host.StartAsync();
        foreach (var stage in Stages.All)
            await host.DriveAsync(Stages.Of(stage));
        var expected = await RepertoireHost.ExpectedAsync();
        foreach (var stage in Stages.All)
        {
            var outcome = await host.OutcomeAsync(Stages.Of(stage));
            Assert.Equal(expected, outcome);
            foreach (var line in outcome)
                host.History(stage + line[..line.IndexOf(':', StringComparison.Ordinal)]).ResultsAreUnique();
        }

        host.Database.Read(StoreTables.AssertNothingIsLeft);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task No_activity_runs_again_whose_result_it_holds(string file)
    {
        await using var host = Open(file);
        List<string> waiting;
        var asked = new List<string>();
        await using (var database = HostDatabase.Open(host.FilePath))
        await using (var engine = new DurableEngine(database, host.Registry, host.Options, host.Time, host.Logs))
        {
            waiting = database.Read(StoreTables.WaitingActivities);
            await foreach (var instance in engine.Client.GetAllInstancesAsync())
            {
                asked.AddRange(engine.Store.History(instance.InstanceId)!.SelectMany(turn => turn.Decided).OfType<TaskScheduled>()
                    .Select(task => Flows.Describe(new(task.Name, instance.InstanceId, task.TaskId, task.Input))));
            }
        }

        Assert.Contains(waiting, call => call.Contains("Slow", StringComparison.Ordinal));
        Assert.True(asked.Count > 50 + waiting.Count, $"Only {asked.Count} were asked for.");
        await host.StartAsync();
        await host.IdleAsync();
        Assert.Subset(host.Ran.ToHashSet(), waiting.ToHashSet());
        Assert.Empty(host.Ran.Intersect(asked.Except(waiting)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task It_holds_instances_in_every_state(string file)
    {
        await using var host = Open(file);
        await using var database = HostDatabase.Open(host.FilePath);
        await using var engine = new DurableEngine(database, host.Registry, host.Options, host.Time, host.Logs);
        var statuses = new HashSet<OrchestrationRuntimeStatus>();
        await foreach (var instance in engine.Client.GetAllInstancesAsync())
            statuses.Add(instance.RuntimeStatus);
        Assert.Equal(
            [
                OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed,
                OrchestrationRuntimeStatus.Terminated, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended,
            ],
            statuses.Order());
    }

    [Fact]
    public async Task One_can_be_written()
    {
        var folder = Directory.CreateTempSubdirectory("autoflow-schema-").FullName;
        try
        {
            var path = Path.Combine(folder, "host.db");
            await Stages.WriteAsync(path);
            string name;
            await using (var database = HostDatabase.Open(path))
            {
                name = database.Read(StoreTables.SchemaName);
                Assert.NotEmpty(database.Read(StoreTables.WaitingActivities));
            }

            if (Environment.GetEnvironmentVariable("AUTOFLOW_WRITE_SCHEMAS") is { Length: > 0 } target)
                File.Copy(path, Path.Combine(target, $"{name}.db"), overwrite: false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A host on a copy of a file, at the time at which the file ends.</summary>
    private static DurableHost Open(string file)
    {
        var host = new DurableHost(inMemory: false).WithRepertoire();
        Directory.CreateDirectory(Path.GetDirectoryName(host.FilePath)!);
        File.Copy(Path.Combine(Folder, file), host.FilePath);
        host.Time.Set(Stages.End);
        return host;
    }
}
