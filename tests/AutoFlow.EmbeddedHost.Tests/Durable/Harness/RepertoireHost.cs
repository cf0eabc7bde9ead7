using AutoFlow.EmbeddedHost.CrashHost.Repertoire;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Harness;

/// <summary>The repertoire on an engine under virtual time.</summary>
internal static class RepertoireHost
{
    /// <summary>The flows with waits of real hours.</summary>
    public static Flows Flows { get; } = new(TimeSpan.FromHours(1));

    /// <summary>Registers the flows; each run of an activity is noted.</summary>
    public static DurableHost WithRepertoire(this DurableHost host)
    {
        Flows.Register(host.Registry, (call, _) =>
        {
            host.Ran.Enqueue(Flows.Describe(call));
            return Task.CompletedTask;
        });
        return host;
    }

    /// <summary>Goes on until everything has come to its end, or the host has crashed.</summary>
    public static async Task DriveAsync(this DurableHost host, Flows flows)
    {
        try
        {
            await host.IdleAsync();
            for (var step = 0; !host.Crashed && !await new Outside(host.Client, flows, host.Time).StepAsync(); step++)
            {
                Assert.True(step < 200, $"It does not end: {string.Join("\n", await host.OutcomeAsync(flows))}");
                await host.AdvanceAsync(flows.Hour);
            }
        }
        catch (Exception exception) when (host.Crashed && exception is IOException or InvalidOperationException)
        {
            // Whoever called is gone too.
        }
    }

    /// <inheritdoc cref="Outside.OutcomeAsync"/>
    public static Task<IReadOnlyList<string>> OutcomeAsync(this DurableHost host, Flows flows) => new Outside(host.Client, flows, host.Time).OutcomeAsync();

    /// <summary>What the flows come to when nothing interrupts them.</summary>
    public static async Task<IReadOnlyList<string>> ExpectedAsync()
    {
        await using var host = await new DurableHost().WithRepertoire().StartAsync();
        await host.DriveAsync(Flows);
        return await host.OutcomeAsync(Flows);
    }
}
