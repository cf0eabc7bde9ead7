using AutoFlow.EmbeddedHost.CrashHost.Repertoire;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.Data.Sqlite;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Schemas;

/// <summary>The whole repertoire several times in one database, each time left at another stage.</summary>
internal static class Stages
{
    /// <summary>The prefixes of the ids.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["done/", "three-hours/", "one-hour/", "served/", "begun/", "told-not-heard/", "activities/", "asked-for/"];

    /// <summary>The clock when a database is left.</summary>
    public static DateTimeOffset End { get; } = new(2026, 3, 3, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The flows of a stage.</summary>
    public static Flows Of(string prefix) => new(TimeSpan.FromHours(1), prefix);

    /// <summary>Writes a database in which each stage has come as far as its name says.</summary>
    public static async Task WriteAsync(string path)
    {
        await using var host = new DurableHost(inMemory: false) { FilePath = path, Options = new() { MaxConcurrentActivities = 1, MaxConcurrentOrchestrations = 1 } };
        using var begun = new SemaphoreSlim(0);
        RepertoireHost.Flows.Register(host.Registry, async (call, ct) =>
        {
            // The slow ones are left in the middle of their work, where the stage is about that.
            if (call.Name == "Slow" && call.InstanceId.StartsWith("activities/", StringComparison.Ordinal))
            {
                begun.Release();
                await Task.Delay(Timeout.InfiniteTimeSpan, host.Time, ct);
            }
        });
        await host.StartAsync();
        await host.DriveAsync(Of("done/"));
        Assert.True(host.Time.GetUtcNow() < End.AddHours(-10), $"It takes until {host.Time.GetUtcNow():u}.");
        host.Time.Set(End.AddHours(-3));
        await StepsAsync(host, "three-hours/", 2);
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        await StepsAsync(host, "three-hours/", 1);
        await StepsAsync(host, "one-hour/", 2);
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        await StepsAsync(host, "served/", 2);
        await StepsAsync(host, "begun/", 1);
        await StepsAsync(host, "told-not-heard/", 1);
        await new Outside(host.Client, Of("activities/"), host.Time).StepAsync();
        await begun.WaitAsync();
        await host.CloseAsync();
        using (var file = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            file.Open();
            StoreTables.RemoveStacks(file);
        }

        await AskAsync(host, path);
    }

    private static async Task StepsAsync(DurableHost host, string prefix, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            await new Outside(host.Client, Of(prefix), host.Time).StepAsync();
            await host.IdleAsync();
        }
    }

    /// <summary>By an engine that never starts: what it is asked for lies in the inboxes.</summary>
    private static async Task AskAsync(DurableHost host, string path)
    {
        await using var database = HostDatabase.Open(path);
        await using var engine = new DurableEngine(database, host.Registry, host.Options, host.Time, host.Logs);
        await new Outside(engine.Client, Of("told-not-heard/"), host.Time).StepAsync();
        await new Outside(engine.Client, Of("asked-for/"), host.Time).StepAsync();
    }
}
