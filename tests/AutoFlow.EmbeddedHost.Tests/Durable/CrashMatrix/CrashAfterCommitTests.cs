using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Xunit.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;

/// <summary>The repertoire is cut off after each of its commits, before anybody learns of the commit, and opened again. Every second time the engine keeps no instance in memory.</summary>
public sealed class CrashAfterCommitTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 1)] // every write a commit of its own: the most places
    [InlineData(256, 3)] // writes share commits, as they do in use
    public async Task Wherever_it_is_cut_off_it_comes_to_the_same_end(int writesPerCommit, int each)
    {
        var commits = await CommitsAsync(writesPerCommit);
        var crashed = 0;
        await LongMode.ForAllAsync(Enumerable.Range(1, (int)commits).Where(commit => LongMode.Length is not null || commit % each == 0), async (commit, _) =>
        {
            await using var host = Host(writesPerCommit, keeps: commit % 2 == 0);
            await host.StartAsync(crashAfter: commit);
            await host.DriveAsync(RepertoireHost.Flows);
            if (host.Crashed)
                Interlocked.Increment(ref crashed);
            await host.CloseAsync();
            await Continued.ToTheEndAsync(host, $"Cut off after commit {commit} of about {commits}");
        });
        output.WriteLine($"{writesPerCommit} writes in a commit at most: {commits} commits, cut off {crashed} times");

        // How many writes share a commit is chance: a run may end in fewer commits than the one that was counted.
        Assert.True(crashed >= commits / (2 * each), $"Of {commits} only {crashed} were cut off.");
    }

    private static DurableHost Host(int writesPerCommit, bool keeps) => new DurableHost(inMemory: false)
    {
        MaxWritesPerCommit = writesPerCommit,
        Options = new() { MaxConcurrentActivities = 2, MaxConcurrentOrchestrations = 2, MaxInstancesInMemory = keeps ? 2_000 : 0 },
    }.WithRepertoire();

    private static async Task<long> CommitsAsync(int writesPerCommit)
    {
        var commits = 0L;
        await using var host = Host(writesPerCommit, keeps: true);
        host.Configure = options => options with { Committed = number => commits = number };
        await host.StartAsync();
        await host.DriveAsync(RepertoireHost.Flows);
        Assert.True(commits > 20, $"Only {commits} commits.");
        return commits;
    }
}
