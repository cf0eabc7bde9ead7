using System.Diagnostics;
using System.Globalization;
using System.Text;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.EmbeddedHost.CrashHost.Repertoire;

/// <summary>Runs the repertoire on a database file to its end, or kills itself with SIGKILL after one of its commits, before anybody learns of the commit.</summary>
public static class RepertoireProcess
{
    /// <summary>What an hour is here.</summary>
    public static TimeSpan Hour { get; } = TimeSpan.FromMilliseconds(15);

    /// <summary>Runs.</summary>
    /// <param name="args">The database file, a file to which each run of an activity is appended, the commit to die at (0 for none).</param>
    /// <returns>0; the number of commits is written to standard output.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var dieAt = long.Parse(args[2], CultureInfo.InvariantCulture);
        var commits = 0L;
        await using var effects = new FileStream(args[1], FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await using var database = HostDatabase.Open(args[0], new HostDatabaseOptions
        {
            MaxWritesPerCommit = 1,
            Committed = number =>
            {
                commits = number;
                if (number != dieAt)
                    return;
                Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite);
            },
        });
        var flows = new Flows(Hour);
        var registry = new DurableRegistry();
        flows.Register(registry, (call, _) =>
        {
            // One write of one line: what is in the file has happened, whatever happens next.
            var line = Encoding.UTF8.GetBytes(Flows.Describe(call) + "\n");
            lock (effects)
                effects.Write(line);
            return Task.CompletedTask;
        });
        await using var engine = new DurableEngine(
            database, registry, new DurableOptions { MaxConcurrentActivities = 4, MaxConcurrentOrchestrations = 4 }, TimeProvider.System, NullLoggerFactory.Instance);
        await engine.StartAsync(CancellationToken.None);
        var outside = new Outside(engine.Client, flows, TimeProvider.System);
        while (!await outside.StepAsync())
            await Task.Delay(Hour);
        await engine.StopAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync(commits.ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
