using System.Text.Json;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable.History;

/// <summary>One orchestration, and an activity that says again what it is told, or fails.</summary>
internal sealed class RewindApp : IAsyncDisposable
{
    public const string Id = "flow";

    private readonly Func<TaskOrchestrationContext, Task<object?>> _flow;
    private readonly Dictionary<string, int> _fails = [];

    private RewindApp(Func<TaskOrchestrationContext, Task<string>> flow) => _flow = async context => await flow(context);

    // One after the other: what runs, and in which order, is the same each time.
    public DurableHost Host { get; } = new() { Options = new() { MaxConcurrentActivities = 1, MaxConcurrentOrchestrations = 1 } };

    /// <summary>What was said, in order, failures too.</summary>
    public List<string> Ran { get; } = [];

    public static async Task<RewindApp> StartAsync(
        Func<TaskOrchestrationContext, Task<string>> flow, Func<TaskOrchestrationContext, Task<string>>? child = null)
    {
        var app = new RewindApp(flow);
        app.Host.Orchestrator("Flow", app._flow).Activity("Say", app.Say).Activity("Else", app.Say);
        if (child is not null)
            app.Host.Orchestrator("Child", async context => await child(context));
        await app.Host.StartAsync();
        return app;
    }

    /// <summary>Makes some words fail.</summary>
    public void Fails(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            _fails[word] = int.MaxValue;
    }

    public void Fails(string word, int times) => _fails[word] = times;

    /// <summary>Runs the orchestration until it has failed, an hour later.</summary>
    public async Task FailAsync()
    {
        await Host.RunAsync("Flow", id: Id);
        await Host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await Host.GetAsync(Id)).RuntimeStatus);
    }

    /// <summary>Takes it back and lets a day pass.</summary>
    /// <param name="mended">Nothing fails any more.</param>
    public async Task RewindAsync(bool mended = true)
    {
        if (mended)
            _fails.Clear();
        await Host.Client.RewindInstanceAsync(Id, "the shop is back");
        await Host.IdleAsync();
        await Host.AdvanceAsync(TimeSpan.FromDays(1));
    }

    public RewoundHistory Rewound() => RewoundHistory.Of(Id, Host.History(Id), _flow, NullLoggerFactory.Instance);

    /// <summary>What the activities are told that are to run again.</summary>
    public static IEnumerable<string> Pending(RewoundHistory rewound) => rewound.Pending.OfType<TaskScheduled>().Select(task => Words(task.Input));

    public async Task<string?> OutputAsync()
    {
        var instance = await Host.GetAsync(Id);
        Assert.Null(instance.FailureDetails?.ErrorMessage);
        return instance.ReadOutputAs<string>();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public static string Words(string? json) => JsonSerializer.Deserialize<string>(json!)!;

    private string Say(string? json)
    {
        var word = Words(json);
        Ran.Add(word);
        if (!_fails.TryGetValue(word, out var left) || left == 0)
            return word;
        _fails[word] = left - 1;
        throw new TimeoutException(word);
    }
}
