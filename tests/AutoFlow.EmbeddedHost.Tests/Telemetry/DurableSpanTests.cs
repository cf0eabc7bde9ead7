using System.Diagnostics;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Telemetry;

/// <summary>The durable engine's spans, with Microsoft's names, kinds and attributes.</summary>
[Collection(Listening.Name)]
public sealed class DurableSpanTests
{
    private const string Id = "ship~1";
    private static readonly Dictionary<string, string> Tags = new() { ["autoflow.conversation.id"] = "c-1" };

    [Fact]
    public async Task A_start_a_run_and_its_activities_are_one_tree_in_the_callers_trace()
    {
        using var spans = new SpanList();
        await using var host = await Shipping().StartAsync();

        await RunAsync(host);

        var create = spans.One("create_orchestration:Ship");
        var run = spans.One("orchestration:Ship");
        var print = spans.One("activity:Print");
        Assert.Equal((spans.Root.SpanId, ActivityKind.Producer), (create.ParentSpanId, create.Kind));
        Assert.Equal((create.SpanId, ActivityKind.Server), (run.ParentSpanId, run.Kind));
        Assert.Equal((run.SpanId, ActivityKind.Server), (print.ParentSpanId, print.Kind));
        Assert.All(new[] { create, run, print }, span =>
        {
            Assert.Equal(spans.Root.TraceId, span.TraceId);
            Assert.Equal((Id, "c-1"), (span.GetTagItem("durabletask.task.instance_id"), span.GetTagItem("autoflow.conversation.id")));
        });
        Assert.Equal(["orchestration", "orchestration", "activity"], new[] { create, run, print }.Select(span => span.GetTagItem("durabletask.type")));
        Assert.Equal(["Ship", "Ship", "Print"], new[] { create, run, print }.Select(span => span.GetTagItem("durabletask.task.name")));
        Assert.Equal($"00-{run.TraceId}-{run.SpanId}-01", run.Id);
    }

    [Fact]
    public async Task Many_turns_with_their_replays_write_each_span_once()
    {
        using var spans = new SpanList();
        await using var host = new DurableHost(inMemory: false);
        SampleFlows.Register(host.Registry, _ => { });
        await host.StartAsync();
        var id = await host.RunAsync(SampleFlows.Journey, id: "journey");

        await JourneyAsync(host, id, reopen: true);

        // Two rounds: in each two activities, and two children whose activity fails once.
        Assert.Equal(2, spans.Named("orchestration:Journey").Count);
        Assert.Equal(4, spans.Named("activity:Double").Count);
        Assert.Equal(4, spans.Named("orchestration:Parcel").Count);
        var trace = Assert.Single(spans.Ended.Where(span => span != spans.Root).Select(span => span.TraceId).Distinct());
        Assert.Equal(spans.Root.TraceId, trace);
        var runs = spans.Named("orchestration:Journey").Select(span => span.SpanId).ToHashSet();
        Assert.All(spans.Named("activity:Double").Concat(spans.Named("orchestration:Parcel")), span => Assert.Contains(span.ParentSpanId, runs));
        Assert.Contains(spans.Named("activity:Flaky"), span => span is { Status: ActivityStatusCode.Error, StatusDescription: nameof(TimeoutException) });
    }

    [Fact]
    public async Task A_kill_at_any_commit_keeps_the_trace_and_its_tree()
    {
        var whole = 0;
        for (var commit = 1; ; commit++)
        {
            using var spans = new SpanList();
            await using var host = new DurableHost(inMemory: false) { MaxWritesPerCommit = 1 };
            host.Registry = Shipping().Registry;
            await host.StartAsync(crashAfter: commit);
            try
            {
                await RunAsync(host).WaitAsync(TimeSpan.FromSeconds(30));
            }
            catch (IOException)
            {
                // The start itself was cut off.
            }

            var crashed = host.Crashed;
            Activity.Current = null;
            await host.ReopenAsync();
            await host.IdleAsync();
            // A start that was committed goes on by itself; another caller finds it, or begins in a trace of its own.
            if (await host.Client.GetInstanceAsync(Id) is null) continue;
            Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.GetAsync(Id)).RuntimeStatus);
            // A span that was not written yet dies with the process; none is written twice, and none elsewhere.
            Assert.All(spans.Ended, span => Assert.Equal(spans.Root.TraceId, span.TraceId));
            Assert.InRange(spans.Named("orchestration:Ship").Count, crashed ? 0 : 1, 1);
            var parent = Assert.Single(spans.Named("activity:Print").Select(span => span.ParentSpanId).Distinct());
            Assert.All(spans.Named("orchestration:Ship"), run => Assert.Equal(parent, run.SpanId));
            whole += spans.Named("orchestration:Ship").Count;
            if (!crashed) break;
        }

        Assert.True(whole > 1, $"Only {whole} of the killed runs wrote their span after all.");
    }

    [Fact]
    public async Task A_failed_run_tells_that_it_failed_and_nothing_of_what_was_said()
    {
        using var spans = new SpanList();
        await using var host = await new DurableHost()
            .Orchestrator("Fail", _ => throw new InvalidOperationException("anna@example.org wrote this")).StartAsync();

        await host.RunAsync("Fail");

        var run = spans.One("orchestration:Fail");
        Assert.Equal((ActivityStatusCode.Error, "Failed"), (run.Status, run.StatusDescription));
        Assert.DoesNotContain(run.TagObjects, tag => tag.Value?.ToString()?.Contains('@', StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_listener_that_throws_at_a_runs_span_keeps_nobody_from_going_on()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.DurableTask",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => _ = span.OperationName == "orchestration:Child" ? throw new InvalidOperationException("no room") : 0,
        };
        ActivitySource.AddActivityListener(listener);
        using var caller = new Activity("caller").Start();
        await using var host = await new DurableHost()
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>("Child"))
            .Orchestrator("Child", async context => await context.CallActivityAsync<string>("Print"))
            .Activity("Print", _ => "label").StartAsync();

        var id = await host.RunAsync("Parent");

        Assert.Equal("\"label\"", (await host.GetAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task An_event_of_a_client_is_a_span_of_its_own()
    {
        using var spans = new SpanList();
        await using var host = await new DurableHost().Orchestrator("Wait", async context => await context.WaitForExternalEvent<string>("news")).StartAsync();
        var id = await host.RunAsync("Wait");

        await host.RaiseAsync(id, "news", "x");

        var raised = spans.One("orchestration_event:news");
        Assert.Equal((ActivityKind.Producer, id, spans.Root.SpanId), (raised.Kind, raised.GetTagItem("durabletask.event.target_instance_id"), raised.ParentSpanId));
    }

    [Fact]
    public async Task While_nobody_listens_no_span_is_made_and_no_trace_is_kept()
    {
        // Somebody else's span, as ASP.NET Core makes one for each request whether anybody listens or not.
        using var others = new Activity("others").Start();
        Activity? current = others;
        await using var host = await new DurableHost().Orchestrator("Ship", Ship).StartAsync();
        host.Registry.AddActivity("Print", (call, _) =>
        {
            current = Activity.Current;
            return Task.FromResult<object?>(call.Trace is null);
        });

        await RunAsync(host);

        Assert.Null(host.History(Id)[0].Received.OfType<ExecutionStarted>().Single().Trace);
        Assert.Equal("true", (await host.GetAsync(Id)).SerializedOutput);
        Assert.Null(current);
    }

    private static DurableHost Shipping() => new DurableHost().Orchestrator("Ship", Ship).Activity("Print", _ => "label");

    private static async Task<object?> Ship(TaskOrchestrationContext context) => await context.CallActivityAsync<object?>("Print");

    private static async Task RunAsync(DurableHost host)
    {
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Ship", null, new StartOrchestrationOptions(Id) { Tags = Tags });
        await host.IdleAsync();
    }

    private static async Task JourneyAsync(DurableHost host, string id, bool reopen)
    {
        for (var round = 0; round < 2; round++)
        {
            await host.AdvanceAsync(TimeSpan.FromHours(7));
            if (reopen) await host.ReopenAsync();
            await host.RaiseAsync(id, $"reply-{round}", "asked");
        }

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.GetAsync(id)).RuntimeStatus);
    }
}
