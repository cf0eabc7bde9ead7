using System.Diagnostics;
using System.Globalization;
using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.CrashHost;

/// <summary>
/// A process with an instance that takes it down with SIGKILL each time it runs, one that works beside it for longer than that takes, and a
/// new one in each life, which has come to its end before the death.
/// </summary>
public static class PoisonProcess
{
    /// <summary>The id of the instance that kills; its orchestrator has the same name as its kind.</summary>
    public const string Poisoned = "poisoned";

    /// <summary>The id of the instance that works beside it.</summary>
    public const string Beside = "beside";

    /// <summary>Kills in an activity that is retried.</summary>
    public const string InActivity = "KillInActivity";

    /// <summary>Kills in the turn after its first activity, while another still runs.</summary>
    public const string InTurn = "KillInTurn";

    /// <summary>Kills in its first turn: nothing of the instance is stored by then.</summary>
    public const string InFirstTurn = "KillInFirstTurn";

    /// <summary>Longer than a death takes.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(600);

    /// <summary>Registers the functions.</summary>
    /// <param name="registry">Where.</param>
    /// <param name="kill">What the poisoned ones do: kill, or nothing once they are mended.</param>
    /// <param name="worksBeside">What the one beside does.</param>
    public static void Register(DurableRegistry registry, Action kill, Func<Task> worksBeside)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var retry = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)));
        registry.AddOrchestrator(InActivity, async context => await context.CallActivityAsync<string>("Kill", null, retry));
        registry.AddOrchestrator(InTurn, async context =>
        {
            var slow = context.CallActivityAsync<string>("Slow");
            await Task.WhenAny(slow, context.CallActivityAsync<string>("Echo", "quick"));
            kill();
            return $"mended, {await slow}";
        });
        registry.AddOrchestrator(InFirstTurn, context =>
        {
            kill();
            return Task.FromResult<object?>("mended");
        });
        registry.AddOrchestrator(Beside, async context => await context.CallActivityAsync<string>("Slow"));
        registry.AddOrchestrator("Life", async context => await context.CallActivityAsync<string>("Echo", context.InstanceId));
        registry.AddActivity("Echo", (call, _) => Task.FromResult<object?>(call.InputJson?.Trim('"')));
        registry.AddActivity("Slow", async (_, _) =>
        {
            await worksBeside();
            return "slow";
        });
        registry.AddActivity("Kill", async (_, _) =>
        {
            await Task.Run(kill);
            return "mended";
        });
    }

    /// <summary>Lives until it is killed, or until the poisoned one and the one beside have ended.</summary>
    /// <param name="args">The database file, the kind of the poisoned one, the number of this life.</param>
    /// <returns>0; the engine's warnings and the lives' ends are written to standard output.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var life = $"life-{args[2]}";
        using var lived = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var registry = new DurableRegistry();
        Register(
            registry,
            () =>
            {
                // Not before the others have done their work, and the one beside has begun, where it may begin.
                lived.Wait();
                begun.Wait(Long / 3);
                Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite);
            },
            () =>
            {
                begun.Set();
                return Task.Delay(Long);
            });
        await using var database = HostDatabase.Open(args[0]);
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(new WarningLines()));
        await using var engine = new DurableEngine(
            database, registry, new DurableOptions { MaxConcurrentActivities = 4, MaxConcurrentOrchestrations = 4 }, TimeProvider.System, logs);
        await engine.StartAsync(CancellationToken.None);
        await StartAsync(Beside, Beside);
        var poisoned = StartAsync(args[1], Poisoned);
        await StartAsync("Life", life);
        await engine.Client.WaitForInstanceCompletionAsync(life);
        await Console.Out.WriteLineAsync($"{life} ended");
        lived.Set();
        await poisoned;
        await engine.Client.WaitForInstanceCompletionAsync(Poisoned);
        await engine.Client.WaitForInstanceCompletionAsync(Beside);
        await engine.StopAsync(CancellationToken.None);
        return 0;

        async Task StartAsync(string orchestrator, string id)
        {
            if (await engine.Client.GetInstanceAsync(id) is null)
                await engine.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, null, new StartOrchestrationOptions(id));
        }
    }

    private sealed class WarningLines : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            ArgumentNullException.ThrowIfNull(formatter);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{logLevel}: {formatter(state, exception)}"));
        }
    }
}
