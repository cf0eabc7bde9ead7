using System.Diagnostics;
using System.Globalization;
using AutoFlow.EmbeddedHost.CrashHost;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>A process that is killed with SIGKILL at random moments of its work, and started again until it ends.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 8;
    private readonly string _folder = Directory.CreateTempSubdirectory("autoflow-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Killed_anywhere_it_ends_as_if_nothing_had_happened()
    {
        var database = Path.Combine(_folder, "host.db");
        var effects = Path.Combine(_folder, "effects.txt");
        var random = new Random(Environment.TickCount);
        var killed = 0;
        for (var run = 0; ; run++)
        {
            Assert.InRange(run, 0, 3 * Kills);
            using var process = Start(database, effects, run);

            // The moment is a number of effects from now, not a time: it falls into the work on slow machines and on fast ones.
            var moment = random.Next(1, 16);
            while (killed < Kills && moment > 0 && await process.StandardOutput.ReadLineAsync() is not null)
                moment--;
            if (moment == 0)
            {
                process.Kill();
                killed++;
            }

            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode == 0)
                break;
            Assert.True(process.ExitCode == 137, await process.StandardError.ReadToEndAsync()); // 128 + SIGKILL
        }

        Assert.True(killed > 1);
        await AssertOutcomeAsync(database);
        AssertEffects(await File.ReadAllLinesAsync(effects));
    }

    private static async Task AssertOutcomeAsync(string path)
    {
        await using var database = HostDatabase.Open(path);
        await using var engine = new DurableEngine(database, new DurableRegistry(), new DurableOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        for (var number = 0; number < Workload.Count; number++)
        {
            var instance = await engine.Client.GetInstanceAsync(Workload.IdOf(number), getInputsAndOutputs: true);
            Assert.Equal(OrchestrationRuntimeStatus.Completed, instance!.RuntimeStatus);
            Assert.Equal(Workload.OutcomeOf(number), instance.ReadOutputAs<string>());
        }

        await foreach (var instance in engine.Client.GetAllInstancesAsync())
        {
            var results = engine.Store.History(instance.InstanceId)!.SelectMany(turn => turn.Received)
                .Select(received => received is TaskCompleted done ? done.TaskId : received is TaskFailed failed ? failed.TaskId : (int?)null)
                .OfType<int>()
                .ToList();
            Assert.Equal(results.Distinct(), results);
        }

        Assert.Equal(0L, database.Read(connection => connection.Scalar(
            "SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM busy) + (SELECT count(*) FROM orphan) + (SELECT count(*) FROM timer)")));
        Assert.Equal("ok", database.Read(connection => connection.Scalar("PRAGMA integrity_check")));
    }

    private static void AssertEffects(string[] lines)
    {
        var expected = Workload.Count * Workload.Rounds * 5;

        // A kill leaves at most the activities without a recorded result: an instance has four at once. Each of those runs again, and no other does.
        Assert.InRange(lines.Length, expected, expected + (Kills * 4 * Workload.Count));
        foreach (var call in lines.Select(line => line.Split(' ')).Where(parts => parts[0].StartsWith("flow-", StringComparison.Ordinal)).GroupBy(parts => parts[0]))
            Assert.True(call.Count() >= Workload.Rounds, call.Key);
    }

    private static Process Start(string database, string effects, int run)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", typeof(Workload).Assembly.Location, database, effects, run.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
    }
}
