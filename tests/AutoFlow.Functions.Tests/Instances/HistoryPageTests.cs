using System.Text.Json.Nodes;
using AutoFlow.Functions.Instances;
using AutoFlow.Functions.Triggers;
using DurableTask.Core.History;

namespace AutoFlow.Functions.Tests.Instances;

/// <summary>Tests that measure what the process has.</summary>
[CollectionDefinition(HistoryPageTests.Alone, DisableParallelization = true)]
public sealed class MeasuresMemory;

/// <summary>A page of a long history costs what the page is, not what the history is.</summary>
[Collection(Alone)]
public sealed class HistoryPageTests
{
    internal const string Alone = "measures memory";

    private const int Calls = 50_000;
    private const int EventsPerCall = 4;
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public void The_last_page_keeps_nothing_of_the_payloads_before_it()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long atEnd = 0;
        var view = HistoryReader.Read("a", "1", Long(() => atEnd = GC.GetTotalMemory(forceFullCollection: true)), new Page((Calls * EventsPerCall) - 1, 10));

        // The calls' payloads alone are 200 MiB.
        Assert.InRange(atEnd - before, long.MinValue, 8 * Mebibyte);
        Assert.Equal(["taskScheduled", "orchestratorStarted", "taskFailed"], view.Events.Select(row => row.Type));
        Assert.Equal((Calls - 1, "Order", Calls), (view.Events[2].Task, view.Events[2].Name, view.Events[2].Attempt));
        Assert.Null(view.Next);
    }

    [Fact]
    public void The_first_page_reads_no_further_than_to_the_next_event()
    {
        var pulled = 0;

        var view = HistoryReader.Read("a", "1", Long(() => { }).Select(one => (pulled++, one).one), new Page(0, 10));

        Assert.Equal((10, 10, 11), (view.Events.Count, view.Next, pulled));
    }

    /// <summary>What the durable engine stores of a later turn is not even looked at.</summary>
    [Fact]
    public async Task A_page_is_read_from_the_store_as_far_as_it_goes()
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Buy", "b", "shoes");
        await app.DamageTurnAsync("b", 1);

        var page = await app.GetAsync("/api/instances/b/history?take=3");

        Assert.Equal(["orchestratorStarted", "executionStarted", "taskScheduled"], page["events"]!.AsArray().Select(one => one!["type"]!.GetValue<string>()));
        Assert.Equal(3, page["next"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_rewind_and_a_start_anew_make_another_run_of_it()
    {
        await using var app = await InstancesApp.StartAsync();
        app.Door.IsClosed = true;
        await app.StartFlowAsync("Buy", "b", "shoes");
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        var failed = await app.GetAsync("/api/instances/b/history?take=2");
        var again = await app.GetAsync("/api/instances/b/history?take=2&skip=2");
        app.Door.IsClosed = false;
        await app.SendAsync(HttpMethod.Post, "/api/instances/b/rewind");
        var rewound = await app.GetAsync("/api/instances/b/history?take=2&skip=2");
        await app.SendAsync(HttpMethod.Delete, "/api/instances/b");
        await app.StartFlowAsync("Buy", "b", "shoes");
        var anew = await app.GetAsync("/api/instances/b/history?take=2&skip=2");

        Assert.Equal(Run(failed), Run(again));
        Assert.Equal(failed["began"]!.GetValue<string>(), rewound["began"]!.GetValue<string>());
        Assert.Equal(3, new[] { Run(again), Run(rewound), Run(anew) }.Distinct().Count());
    }

    /// <summary>Calls with inputs of 2 KiB and more; each fails and is tried again at once.</summary>
    private static IEnumerable<HistoryEvent> Long(Action atEnd)
    {
        var at = new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);
        for (var call = 0; call < Calls; call++)
        {
            yield return new OrchestratorStartedEvent(-1) { Timestamp = at };
            yield return call == 0 ? new ExecutionStartedEvent(-1, null) : new TaskFailedEvent(-1, call - 1, new string('f', 1024), null, null);
            yield return new EventRaisedEvent(-1, new string('e', 1024)) { Name = "news" };
            yield return new TaskScheduledEvent(call, "Order", "", new string('i', 2048));
        }

        yield return new OrchestratorStartedEvent(-1);
        atEnd();
        yield return new TaskFailedEvent(-1, Calls - 1, "closed", null, null);
    }

    private static string Run(JsonObject page) => page["run"]!.GetValue<string>();
}
