using System.Net;
using System.Text.Json.Nodes;
using AutoFlow.Functions.Instances;
using AutoFlow.Functions.Triggers;
using DurableTask.Core.History;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Instances;

public sealed class ShowInstancesTests
{
    [Fact]
    public async Task Instances_are_listed_by_page_without_what_they_were_given()
    {
        await using var app = await InstancesApp.StartAsync();
        for (var number = 1; number <= 5; number++) await app.StartFlowAsync("Buy", $"buy~m-{number}", "private words");

        var ids = new List<string>();
        string? token = null;
        do
        {
            var page = await app.GetAsync($"/api/instances?take=2{(token is null ? "" : $"&token={Uri.EscapeDataString(token)}")}");
            Assert.InRange(page["instances"]!.AsArray().Count, 1, 2);
            Assert.DoesNotContain("private", page.ToJsonString(), StringComparison.Ordinal);
            ids.AddRange(page["instances"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()));
            token = page["next"]?.GetValue<string>();
        }
        while (token is not null);

        Assert.Equal(["buy~m-1", "buy~m-2", "buy~m-3", "buy~m-4", "buy~m-5"], ids);
    }

    [Theory]
    [InlineData("status=Completed", "buy~1 buy~2")]
    [InlineData("status=running,COMPLETED", "buy~1 buy~2 listen~1")]
    [InlineData("status=Running&status=Failed", "listen~1")]
    [InlineData("prefix=listen~", "listen~1")]
    [InlineData("orchestrator=buy", "buy~1 buy~2")]
    [InlineData("to=2026-03-01T08:30:00Z", "buy~1")]
    [InlineData("from=2026-03-01T08:30:00Z&status=Completed", "buy~2")]
    [InlineData("from=2026-03-01T09:30%2B01:00", "buy~2 listen~1")]
    [InlineData("from=2026-03-01T09:30:00.5%2B01:00", "buy~2 listen~1")]
    [InlineData("from=2026-03-01T08:30", "buy~2 listen~1")]
    [InlineData("from=2026-03-01T08:30:00", "buy~2 listen~1")]
    [InlineData("from=2026-03-01T09:00:00.0000001Z", "")]
    [InlineData("from=2026-03-01", "buy~1 buy~2 listen~1")]
    [InlineData("from=2026-03-02", "")]
    [InlineData("orchestrator=nobody", "")]
    public async Task Filters_choose(string filter, string ids)
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Buy", "buy~1", "a");
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        await app.StartFlowAsync("Buy", "buy~2", "b");
        await app.StartFlowAsync("Listen", "listen~1");

        var page = await app.GetAsync($"/api/instances?{filter}");

        Assert.Equal(ids, string.Join(' ', page["instances"]!.AsArray().Select(one => one!["id"]!.GetValue<string>())));
    }

    [Theory]
    [InlineData("status=Gone", "'status' is one of Running, Completed, Failed, Terminated, Pending, Suspended, or several with commas; not 'Gone'.")]
    [InlineData("status=3", "'status' is one of")]
    [InlineData("from=yesterday", "'from' is a time as 2026-01-05T09:00:00Z, or a day as 2026-01-05; not 'yesterday'.")]
    [InlineData("from=05/01/2026", "'from' is a time as")]
    [InlineData("to=10:00", "'to' is a time as")]
    [InlineData("to=2026-01", "'to' is a time as")]
    [InlineData("to=2026-03-01T09:30+01:00", "'to' is a time as")]
    [InlineData("from=2026-01-02&to=2026-01-01", "'to' is before 'from'.")]
    [InlineData("take=0", "'take' is a whole number from 1 to 500.")]
    [InlineData("stauts=Failed", "'stauts' is no parameter here; those are status, from, to, prefix, orchestrator, take, token.")]
    [InlineData("take=501", "'take' is a whole number from 1 to 500.")]
    [InlineData("take=", "'take' is a whole number from 1 to 500.")]
    [InlineData("prefix=", "'prefix' is empty; leave it out for any.")]
    [InlineData("token=", "'token' is empty; leave it out for the first page.")]
    [InlineData("token=else", "'token' is what the page before gave as 'next'; this one is none of it.")]
    public async Task A_wrong_filter_is_one_clear_problem(string filter, string detail)
    {
        await using var app = await InstancesApp.StartAsync();

        var (status, said) = await app.SendAsync(HttpMethod.Get, $"/api/instances?{filter}");

        Assert.Equal(400, status);
        Assert.StartsWith(detail, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_shown_with_what_it_was_given_and_where_it_stands()
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Buy", "buy~1", "shoes");
        app.Door.IsClosed = true;
        await app.StartFlowAsync("Buy", "buy~2", "a tent");
        await app.AdvanceAsync(TimeSpan.FromHours(1));

        var done = await app.GetAsync("/api/instances/buy~1");
        var failed = await app.GetAsync("/api/instances/buy~2");

        Assert.Equal(("Buy", "Completed", "shoes", "ordered shoes", "/do/0/order"), (Text(done, "orchestrator"), Text(done, "status"), Text(done, "input"), Text(done, "output"), Text(done["customStatus"]!, "task")));
        Assert.Equal("2026-03-01T08:00:00+00:00", Text(done, "createdAt"));
        Assert.Null(done["failure"]);
        Assert.Equal(("Failed", "a tent", null), (Text(failed, "status"), Text(failed, "input"), failed["output"]));
        Assert.Equal(typeof(TimeoutException).FullName, Text(failed["failure"]!["inner"]!, "type"));
        Assert.Equal("the shop is closed", Text(failed["failure"]!["inner"]!, "message"));
    }

    [Fact]
    public async Task A_history_tells_each_event_with_time_name_payload_and_attempt()
    {
        await using var app = await InstancesApp.StartAsync();
        app.Door.IsClosed = true;
        await app.StartFlowAsync("Buy", "buy~1", "shoes");
        app.Door.IsClosed = false;
        await app.AdvanceAsync(TimeSpan.FromHours(1));

        var history = await app.GetAsync("/api/instances/buy~1/history");
        var events = history["events"]!.AsArray().Select(one => one!.AsObject()).ToList();

        Assert.Equal("buy~1", Text(history, "id"));
        Assert.Equal(
            [
                "orchestratorStarted", "executionStarted", "taskScheduled", "orchestratorCompleted",
                "orchestratorStarted", "taskFailed", "timerCreated", "orchestratorCompleted",
                "orchestratorStarted", "timerFired", "taskScheduled", "orchestratorCompleted",
                "orchestratorStarted", "taskCompleted", "executionCompleted", "orchestratorCompleted",
            ],
            events.Select(one => Text(one, "type")));
        Assert.Equal(Enumerable.Range(0, 16), events.Select(one => one["number"]!.GetValue<int>()));
        Assert.Equal(("Buy", "shoes"), (Text(events[1], "name"), Text(events[1], "input")));
        Assert.Equal((0, "Order", 1, "shoes"), (events[2]["task"]!.GetValue<int>(), Text(events[2], "name"), events[2]["attempt"]!.GetValue<int>(), Text(events[2], "input")));
        Assert.Equal((0, "Order", 1, "the shop is closed"), (events[5]["task"]!.GetValue<int>(), Text(events[5], "name"), events[5]["attempt"]!.GetValue<int>(), Text(events[5]["failure"]!, "message")));
        Assert.Equal("2026-03-01T08:01:00Z", Text(events[6], "fireAt"));
        Assert.Equal(("2026-03-01T08:01:00Z", 2), (Text(events[10], "time"), events[10]["attempt"]!.GetValue<int>()));
        Assert.Equal(("Order", 2, "ordered shoes"), (Text(events[13], "name"), events[13]["attempt"]!.GetValue<int>(), Text(events[13], "output")));
        Assert.Equal(("Completed", "ordered shoes"), (Text(events[14], "status"), Text(events[14], "output")));
    }

    [Fact]
    public async Task A_history_comes_in_pages_that_together_are_all_of_it()
    {
        await using var app = await InstancesApp.StartAsync();
        app.Door.IsClosed = true;
        await app.StartFlowAsync("Buy", "buy~1", "shoes");
        app.Door.IsClosed = false;
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        var whole = await app.GetAsync("/api/instances/buy~1/history");
        Assert.Null(whole["next"]);

        var events = new List<string>();
        for (int? next = 0; next is { } from;)
        {
            var page = await app.GetAsync($"/api/instances/buy~1/history?skip={from}&take=3");
            Assert.InRange(page["events"]!.AsArray().Count, 1, 3);
            Assert.Equal((Text(whole, "began"), Text(whole, "run")), (Text(page, "began"), Text(page, "run")));
            events.AddRange(page["events"]!.AsArray().Select(one => one!.ToJsonString()));
            next = page["next"]?.GetValue<int>();
        }

        Assert.Equal(whole["events"]!.AsArray().Select(one => one!.ToJsonString()), events);
        Assert.Empty((await app.GetAsync("/api/instances/buy~1/history?skip=2147483647"))["events"]!.AsArray());
    }

    [Theory]
    [InlineData("skip=-1", "skip is 0 or more, take is 1 to 5000, both whole numbers.")]
    [InlineData("take=0", "skip is 0 or more, take is 1 to 5000, both whole numbers.")]
    [InlineData("take=5001", "skip is 0 or more, take is 1 to 5000, both whole numbers.")]
    [InlineData("skip=99999999999", "skip is 0 or more, take is 1 to 5000, both whole numbers.")]
    [InlineData("pageSize=10", "'pageSize' is no parameter here; those are skip, take.")]
    public async Task A_wrong_page_is_one_clear_problem(string query, string detail)
    {
        await using var app = await InstancesApp.StartAsync();

        Assert.Equal((400, detail), await app.SendAsync(HttpMethod.Get, $"/api/instances/buy~1/history?{query}"));
    }

    /// <summary>A wide fan-out of which every call fails and waits for a timer of its own; they fire in another order.</summary>
    [Fact]
    public void Each_of_many_calls_finds_its_own_try()
    {
        const int Calls = 5_000;
        var at = new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);
        var all = Enumerable.Range(0, Calls).ToList();
        List<HistoryEvent> history =
        [
            new OrchestratorStartedEvent(-1),
            .. all.Select(call => new TaskScheduledEvent(call, "Order", "", $"\"{call}\"")),
            new OrchestratorStartedEvent(-1),
            .. all.Select(call => new TaskFailedEvent(-1, call, "closed", null, null)),
            .. all.Select(call => new TimerCreatedEvent(Calls + call, at)),
            new OrchestratorStartedEvent(-1),
            .. all.AsEnumerable().Reverse().Select(call => new TimerFiredEvent(-1, at) { TimerId = Calls + call }),
            .. all.AsEnumerable().Reverse().Select(call => new TaskScheduledEvent((2 * Calls) + call, "Order", "", $"\"{call}\"")),
        ];

        var view = HistoryReader.Read("a", "1", history, new Page(history.Count - Calls, Calls));

        Assert.Equal(Calls, view.Events.Count);
        Assert.All(view.Events, row => Assert.Equal(("taskScheduled", 2), (row.Type, row.Attempt)));
    }

    [Theory]
    [InlineData("watch-parcel~CH454284108DE")]
    [InlineData("two words & more? 100% #1")]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("schedule~ns.name+x")]
    [InlineData("数~ö")]
    public async Task Any_id_can_be_asked_for(string id)
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Listen", id);

        var one = await app.GetAsync($"/api/instances/{Uri.EscapeDataString(id)}");
        var history = await app.GetAsync($"/api/instances/{Uri.EscapeDataString(id)}/history");

        Assert.Equal((id, id), (Text(one, "id"), Text(history, "id")));
    }

    [Theory]
    [InlineData("/api/instances/nobody")]
    [InlineData("/api/instances/nobody/history")]
    public async Task An_unknown_one_is_not_found(string path)
    {
        await using var app = await InstancesApp.StartAsync();

        Assert.Equal((404, "There is no instance nobody."), await app.SendAsync(HttpMethod.Get, path));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_told()
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Buy", "buy~1", "private words");
        app.Http.DefaultRequestHeaders.Remove("x-functions-key");

        foreach (var (method, path) in new (HttpMethod, string)[]
                 {
                     (HttpMethod.Get, ""), (HttpMethod.Get, "/buy~1"), (HttpMethod.Get, "/buy~1/history"), (HttpMethod.Delete, "?status=Completed"), (HttpMethod.Delete, "/buy~1"),
                     (HttpMethod.Post, "/buy~1/terminate"), (HttpMethod.Post, "/buy~1/suspend"), (HttpMethod.Post, "/buy~1/resume"), (HttpMethod.Post, "/buy~1/rewind"),
                 })
        {
            using var request = new HttpRequestMessage(method, $"/api/instances{path}");
            using var answer = await app.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.DoesNotContain("private", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await app.Client.GetInstanceAsync("buy~1"))!.RuntimeStatus);
    }

    [Fact]
    public async Task What_is_shown_is_not_logged()
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Buy", "buy~1", "private words");

        await app.GetAsync("/api/instances/buy~1");
        await app.GetAsync("/api/instances/buy~1/history");

        Assert.NotEmpty(app.Log);
        Assert.DoesNotContain(app.Log, line => line.Contains("private", StringComparison.Ordinal));
    }

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();
}
