using AutoFlow.EmbeddedHost.Tests.Durable.Harness;

namespace AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;

/// <summary>What must be true of a repertoire that was cut off and went on.</summary>
internal static class Continued
{
    private static readonly Task<IReadOnlyList<string>> Expected = RepertoireHost.ExpectedAsync();

    /// <summary>Opens a host whose file was left by whatever cut it off, goes on to the end, and compares.</summary>
    /// <param name="host">Closed; what it ran before is in <see cref="DurableHost.Ran"/>.</param>
    /// <param name="where">For the message.</param>
    public static async Task ToTheEndAsync(DurableHost host, string where)
    {
        try
        {
            var before = host.Ran.ToList();
            host.Ran.Clear();
            var waiting = WaitingIn(host.FilePath);
            await host.StartAsync();
            await host.DriveAsync(RepertoireHost.Flows);
            AssertRan(before, waiting, host.Ran);
            await AssertEndAsync(host);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{where}: {exception.Message}\n{string.Join('\n', host.Logs.Lines.TakeLast(10))}", exception);
        }
    }

    /// <summary>All is as in an uninterrupted run, each result is there once, and nothing is left over.</summary>
    public static async Task AssertEndAsync(DurableHost host)
    {
        Assert.Equal(await Expected, await host.OutcomeAsync(RepertoireHost.Flows));
        await foreach (var instance in host.Client.GetAllInstancesAsync())
            host.History(instance.InstanceId).ResultsAreUnique();
        host.Database.Read(StoreTables.AssertNothingIsLeft);
    }

    /// <summary>Nothing ran twice in one life, and what ran on both sides of a cut had no recorded result then.</summary>
    public static void AssertRan(IReadOnlyCollection<string> before, IReadOnlySet<string> waiting, IReadOnlyCollection<string> after)
    {
        Assert.Equal(before.Distinct(), before);
        Assert.Equal(after.Distinct(), after);
        Assert.Empty(before.Intersect(after).Except(waiting));
    }

    /// <summary>The activities without a result in a file that nobody has open.</summary>
    public static HashSet<string> WaitingIn(string path) => StoreTables.LookAtCopy(
        path, connection => StoreTables.HasTables(connection) ? StoreTables.WaitingActivities(connection).ToHashSet() : []);
}
