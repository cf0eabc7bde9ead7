using System.Diagnostics;
using System.Globalization;
using AutoFlow.EmbeddedHost.CrashHost;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>What takes the process with it each time it runs. The processes are real ones, and die by SIGKILL.</summary>
public sealed class PoisonTests : IDisposable
{
    private const int Killed = 128 + 9;
    private readonly string _folder = Directory.CreateTempSubdirectory("autoflow-poison-").FullName;
    private readonly List<string> _said = [];

    private string Database => Path.Combine(_folder, "host.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_activity_is_set_aside_and_whoever_worked_beside_it_is_not()
    {
        Assert.Equal(DurableLimits.MaxDeaths, await LiveAsync(PoisonProcess.InActivity));
        const string reason = "Activity 'Kill' is set aside: the process died 5 times while it ran. Mend it, then rewind the instance.";
        await using var host = Mended();
        await host.StartAsync();
        var failure = (await FailedAsync(host)).FailureDetails!;
        Assert.Equal(("PoisonActivity", reason), (failure.InnerFailure!.ErrorType, failure.InnerFailure.ErrorMessage));

        // Not one of its attempts more, either.
        Assert.Equal(2, host.History(PoisonProcess.Poisoned).Count);
        await MendAsync(host, "mended");
    }

    [Fact]
    public async Task An_orchestrator_is_set_aside_though_each_start_lets_it_run_its_activities_again()
    {
        Assert.Equal(DurableLimits.MaxDeaths, await LiveAsync(PoisonProcess.InTurn));
        await using var host = Mended();
        await host.StartAsync();
        AssertPoisoned(PoisonProcess.InTurn, await FailedAsync(host));
        await MendAsync(host, "mended, slow");
    }

    [Fact]
    public async Task An_orchestrator_that_kills_in_its_first_turn_is_set_aside_at_a_later_start_of_the_same_id()
    {
        Assert.Equal(DurableLimits.MaxDeaths, await LiveAsync(PoisonProcess.InFirstTurn));
        await using var host = Mended();
        await host.StartAsync();
        AssertPoisoned(PoisonProcess.InFirstTurn, await FailedAsync(host));
        await MendAsync(host, "mended");
    }

    [Fact]
    public async Task A_stop_in_order_is_no_death()
    {
        var runs = 0;
        var mayEnd = new TaskCompletionSource();
        await using var host = new DurableHost(inMemory: false).Orchestrator("Wait", async context => await context.CallActivityAsync<string>("Wait"));
        var begun = new SemaphoreSlim(0);
        host.Registry.AddActivity("Wait", async (_, _) =>
        {
            // Does not heed its token: it is left behind at each stop, and runs again.
            Interlocked.Increment(ref runs);
            begun.Release();
            await mayEnd.Task;
            return "at last";
        });
        await host.StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, new StartOrchestrationOptions("waits"));
        await begun.WaitAsync();
        for (var stop = 0; stop <= DurableLimits.MaxDeaths; stop++)
        {
            await host.ReopenAsync();
            await begun.WaitAsync();
        }

        Assert.Equal(0L, host.Database.Read(connection => connection.Scalar("SELECT count(*) FROM suspect")));
        mayEnd.SetResult();
        await host.IdleAsync();
        Assert.Equal("at last", (await host.GetAsync("waits")).ReadOutputAs<string>());
        Assert.Equal(DurableLimits.MaxDeaths + 2, runs);
    }

    [Fact]
    public async Task A_purge_forgets_the_deaths_of_ids_that_never_came_again()
    {
        await using var host = await new DurableHost(inMemory: false).Orchestrator("Wait", async context => await context.WaitForExternalEvent<string>("go")).StartAsync();
        await host.RunAsync("Wait", id: "waits");
        await host.Database.WriteAsync(connection => connection.Execute(
            "INSERT INTO suspect (id, generation, task, deaths) VALUES ('waits', 0, -1, 2), ('waits', 0, 1, 2), ('gone', 0, -1, 2), ('gone-too', 0, -1, 2)"));
        await host.Client.PurgeInstanceAsync("gone");
        Assert.Equal(["gone-too -1", "waits -1", "waits 1"], Suspected(host));
        await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(null, null, null));
        Assert.Equal(["waits -1", "waits 1"], Suspected(host));
    }

    private static List<string> Suspected(DurableHost host)
        => host.Database.Read(connection => connection.Query("SELECT id, task FROM suspect ORDER BY id, task", row => $"{row.GetString(0)} {row.GetInt64(1)}"));

    /// <summary>Starts the process again and again until it ends by itself.</summary>
    /// <returns>How often it was killed.</returns>
    private async Task<int> LiveAsync(string kind)
    {
        for (var life = 0; life <= 2 * DurableLimits.MaxDeaths; life++)
        {
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[] { "exec", typeof(PoisonProcess).Assembly.Location, "poison", Database, kind, life.ToString(CultureInfo.InvariantCulture) })
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
            var errors = process.StandardError.ReadToEndAsync();
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            _said.AddRange(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.True(process.ExitCode is 0 or Killed, await errors);

            // Others go on in each of its lives.
            Assert.Contains($"life-{life} ended", _said);
            if (process.ExitCode == 0)
                return life;
        }

        throw new InvalidOperationException($"It is never set aside: {string.Join('\n', _said)}");
    }

    /// <summary>The engine in this process, with code that has been mended.</summary>
    private DurableHost Mended()
    {
        var host = new DurableHost(inMemory: false) { FilePath = Database };
        PoisonProcess.Register(host.Registry, () => { }, () => Task.CompletedTask);
        return host;
    }

    private async Task<OrchestrationMetadata> FailedAsync(DurableHost host)
    {
        await host.IdleAsync();
        Assert.Equal("slow", (await host.GetAsync(PoisonProcess.Beside)).ReadOutputAs<string>());
        for (var life = 0; life <= DurableLimits.MaxDeaths; life++)
            Assert.Equal($"life-{life}", (await host.GetAsync($"life-{life}")).ReadOutputAs<string>());

        // All is forgotten of whoever has ended.
        Assert.Equal(0L, host.Database.Read(connection => connection.Scalar("SELECT count(*) FROM suspect")));
        Assert.Single(_said, line => line.StartsWith("Error: ", StringComparison.Ordinal));
        Assert.Contains(_said, line => line.Contains($"of instance 'poisoned' is set aside: the process died {DurableLimits.MaxDeaths} times while it ran", StringComparison.Ordinal));
        Assert.Contains(_said, line => line.Contains("of instance 'poisoned' ran at 4 deaths of the process; at 5 it is set aside", StringComparison.Ordinal));
        var failed = await host.GetAsync(PoisonProcess.Poisoned);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        return failed;
    }

    private static void AssertPoisoned(string orchestrator, OrchestrationMetadata failed) => Assert.Equal(
        ("PoisonOrchestration", $"Orchestrator '{orchestrator}' is set aside: the process died 5 times while it ran. Mend it, then rewind the instance."),
        (failed.FailureDetails!.ErrorType, failed.FailureDetails.ErrorMessage));

    private static async Task MendAsync(DurableHost host, string outcome)
    {
        await host.Client.RewindInstanceAsync(PoisonProcess.Poisoned, "mended");
        await host.IdleAsync();
        var mended = await host.GetAsync(PoisonProcess.Poisoned);
        Assert.True(mended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, mended.FailureDetails?.ToString());
        Assert.Equal(outcome, mended.ReadOutputAs<string>());
    }
}
