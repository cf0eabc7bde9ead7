using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>
/// Histories that earlier builds wrote still replay. Set AUTOFLOW_WRITE_HISTORIES to a folder to write them anew there; a change to the files
/// means that instances of an earlier build do not survive an update.
/// </summary>
public sealed class CommittedHistoryTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Durable", "Histories");

    public static TheoryData<string> Files() => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static Func<TaskOrchestrationContext, Task<object?>>? CodeOf(List<TurnRecord> turns)
        => turns[0].Received.OfType<ExecutionStarted>().Single().Name is var name ? SampleFlows.Find(name) ?? RepertoireHost.Flows.Find(name) : null;

    [Theory]
    [MemberData(nameof(Files))]
    public void It_replays(string file)
    {
        var turns = HistoryJson.Read<List<TurnRecord>>(File.ReadAllText(Path.Combine(Folder, file)));
        var execution = new OrchestrationExecution(Path.GetFileNameWithoutExtension(file), CodeOf(turns)!, NullLoggerFactory.Instance);
        var thrown = Record.Exception(() =>
        {
            // A termination ends an instance without its code.
            foreach (var turn in turns.Where(turn => turn.Received is not [ExecutionTerminated]))
                execution.Replay(turn);
        });
        Assert.Null(thrown);
        Assert.True(turns[^1].Received is [ExecutionTerminated] || turns[^1].Decided[^1] is ExecutionCompleted or ExecutionFailed, "It has no end.");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_turn_decides_the_same_given_only_the_turns_before(string file)
    {
        var turns = HistoryJson.Read<List<TurnRecord>>(File.ReadAllText(Path.Combine(Folder, file)));
        var code = CodeOf(turns);
        for (var number = 0; number < turns.Count; number++)
        {
            var input = new TurnInput(Path.GetFileNameWithoutExtension(file), turns[..number], turns[number].Received);
            var outcome = OrchestrationTurn.Take(input, code, turns[number].At, NullLoggerFactory.Instance);
            Assert.Equal(HistoryJson.Write(turns[number]), HistoryJson.Write(WithoutStacks(outcome!.Turn)));
        }
    }

    [Fact]
    public async Task They_can_be_written_anew()
    {
        await using var host = new DurableHost();
        SampleFlows.Register(host.Registry, _ => { });
        await host.StartAsync();
        await host.RunAsync(SampleFlows.Journey, id: "journey-done");
        for (var round = 0; round < 2; round++)
        {
            await host.AdvanceAsync(TimeSpan.FromHours(7));
            await host.RaiseAsync("journey-done", $"reply-{round}", "asked");
        }

        Assert.Equal(SampleFlows.Outcome, (await host.GetAsync("journey-done")).ReadOutputAs<string>());
        var parcel = await host.RunAsync("Parcel", "A-1", "parcel-retried");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        foreach (var id in new[] { "journey-done", parcel })
            await WriteAsync(host, id);
    }

    [Fact]
    public async Task Those_of_the_repertoire_can_be_written_anew()
    {
        await using var host = await new DurableHost { Options = new() { MaxConcurrentActivities = 1, MaxConcurrentOrchestrations = 1 } }.WithRepertoire().StartAsync();
        await host.DriveAsync(RepertoireHost.Flows);
        await foreach (var instance in host.Client.GetAllInstancesAsync())
        {
            Assert.True(instance.IsCompleted, instance.InstanceId);
            await WriteAsync(host, instance.InstanceId);
        }
    }

    private static async Task WriteAsync(DurableHost host, string id)
    {
        var history = host.History(id).Select(WithoutStacks).ToList();
        var text = HistoryJson.Export(history);
        Assert.Equal(HistoryJson.Write(history), HistoryJson.Write(HistoryJson.Read<List<TurnRecord>>(text)));
        if (Environment.GetEnvironmentVariable("AUTOFLOW_WRITE_HISTORIES") is { Length: > 0 } folder)
            await File.WriteAllTextAsync(Path.Combine(folder, $"{id}.json"), text);
    }

    /// <summary>Stacks name the folders of whoever built it.</summary>
    private static TurnRecord WithoutStacks(TurnRecord turn) => turn with
    {
        Received = [.. turn.Received.Select(each => each is TaskFailed failed ? failed with { Failure = WithoutStacks(failed.Failure) } : each)],
        Decided = [.. turn.Decided.Select(each => each is ExecutionFailed failed ? failed with { Failure = WithoutStacks(failed.Failure) } : each)],
    };

    private static TaskFailureDetails WithoutStacks(TaskFailureDetails failure)
        => failure with { StackTrace = null, InnerFailure = failure.InnerFailure is { } inner ? WithoutStacks(inner) : null };
}
