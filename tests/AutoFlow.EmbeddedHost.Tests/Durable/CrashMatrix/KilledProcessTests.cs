using System.Diagnostics;
using System.Globalization;
using AutoFlow.EmbeddedHost.CrashHost.Repertoire;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Xunit.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;

/// <summary>
/// A process that runs the repertoire is killed with SIGKILL after one of its commits, its successor after another, and the last one goes on to the end.
/// An ordinary run takes a sample of the commits, the long mode each of them.
/// </summary>
public sealed class KilledProcessTests(ITestOutputHelper output) : IDisposable
{
    private const int Sample = 8;
    private const int Killed = 128 + 9;
    private readonly string _folder = Directory.CreateTempSubdirectory("autoflow-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Killed_at_any_commit_it_comes_to_the_same_end()
    {
        var (code, commits) = await RunAsync("whole", dieAt: 0);
        Assert.Equal(0, code);
        Assert.True(commits > 60, $"Only {commits} commits.");
        await AssertEndAsync("whole");
        var random = new Random((int)LongMode.Seed);
        var step = (int)commits / Sample;
        var sample = LongMode.Length is null
            ? Enumerable.Range(0, Sample).Select(part => (part * step) + random.Next(1, step + 1)).ToList()
            : Enumerable.Range(1, (int)commits).ToList();
        var kills = 0;
        await LongMode.ForAllAsync(sample, async (commit, round) =>
        {
            var name = $"{round}-{commit}";
            var second = new Random(commit + round).Next(1, (int)commits);
            var lives = new List<IReadOnlyList<string>>();
            foreach (var dieAt in new[] { commit, second, 0 })
            {
                var waiting = lives.Count == 0 ? [] : Continued.WaitingIn(Database(name));
                var (ended, _) = await RunAsync(name, dieAt);
                Assert.True(ended is 0 or Killed, $"Exit code {ended} of {name}.");
                Assert.True(dieAt != 0 || ended == 0, $"The last life of {name} did not end.");
                if (ended == Killed)
                    Interlocked.Increment(ref kills);
                var ran = await EffectsAsync(name);
                foreach (var before in lives)
                    Continued.AssertRan(before, waiting, ran);
                lives.Add(ran);
            }

            await AssertEndAsync(name);
        });
        output.WriteLine($"seed {LongMode.Seed}: {commits} commits, {kills} kills");
        Assert.True(kills >= Sample / 2, $"Only {kills} kills.");
    }

    private string Database(string name) => Path.Combine(_folder, name, "host.db");

    private string Effects(string name) => Path.Combine(_folder, name, "effects.txt");

    private async Task AssertEndAsync(string name)
    {
        await using (var host = new DurableHost(inMemory: false) { FilePath = Database(name) })
        {
            await host.StartAsync();
            await Continued.AssertEndAsync(host);
        }

        Directory.Delete(Path.Combine(_folder, name), recursive: true);
    }

    /// <summary>What the last life ran.</summary>
    private async Task<IReadOnlyList<string>> EffectsAsync(string name)
    {
        var ran = await File.ReadAllLinesAsync(Effects(name));
        File.Delete(Effects(name));
        return ran;
    }

    private async Task<(int ExitCode, long Commits)> RunAsync(string name, long dieAt)
    {
        Directory.CreateDirectory(Path.Combine(_folder, name));
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", typeof(Flows).Assembly.Location, "repertoire", Database(name), Effects(name), dieAt.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var commits = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode is 0 or Killed, await errors);
        return (process.ExitCode, long.TryParse(commits, CultureInfo.InvariantCulture, out var number) ? number : 0);
    }
}
