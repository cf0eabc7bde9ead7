using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AutoFlow.Functions.Instances;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Functions.Triggers;
using DurableTask.Core.History;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Instances;

public sealed class ControlInstancesTests
{
    [Fact]
    public async Task One_is_stopped_goes_on_and_is_ended_with_a_reason()
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Listen", "l");

        Assert.Equal((202, """{"id":"l","asked":"suspend"}"""), await app.SendAsync(HttpMethod.Post, "/api/instances/l/suspend", """{"reason":"look first"}"""));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, await StatusAsync(app, "l"));
        Assert.Equal(202, (await app.SendAsync(HttpMethod.Post, "/api/instances/l/resume")).Status);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await StatusAsync(app, "l"));
        Assert.Equal(202, (await app.SendAsync(HttpMethod.Post, "/api/instances/l/terminate", """{"reason":"enough"}""")).Status);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, await StatusAsync(app, "l"));
        Assert.Equal("enough", (await app.GetAsync("/api/instances/l"))["output"]!.GetValue<string>());
        Assert.Contains("look first", (await app.GetAsync("/api/instances/l/history")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_one_is_rewound()
    {
        await using var app = await InstancesApp.StartAsync();
        app.Door.IsClosed = true;
        await app.StartFlowAsync("Buy", "b", "shoes");
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, await StatusAsync(app, "b"));

        app.Door.IsClosed = false;
        Assert.Equal(202, (await app.SendAsync(HttpMethod.Post, "/api/instances/b/rewind", """{"reason":"the shop is open"}""")).Status);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await StatusAsync(app, "b"));
        var rewound = (await app.GetAsync("/api/instances/b/history"))["events"]!.AsArray().Single(one => one!["type"]!.GetValue<string>() == "executionRewound")!;
        Assert.Equal("the shop is open", rewound["reason"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("terminate", "Instance b is Completed; only one that is not over can be asked to do that.")]
    [InlineData("suspend", "Instance b is Completed; only one that is not over can be asked to do that.")]
    [InlineData("resume", "Instance b is Completed; only one that is not over can be asked to do that.")]
    [InlineData("rewind", "Instance b is Completed; only a Failed one can be rewound.")]
    public async Task The_wrong_state_is_a_conflict_and_an_unknown_one_is_not_found(string what, string detail)
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Buy", "b", "shoes");

        Assert.Equal((409, detail), await app.SendAsync(HttpMethod.Post, $"/api/instances/b/{what}"));
        Assert.Equal((404, "There is no instance nobody."), await app.SendAsync(HttpMethod.Post, $"/api/instances/nobody/{what}", "{}"));
    }

    [Theory]
    [InlineData("""{"reason": 5}""", "The JSON is wrong at line 1")]
    [InlineData("nonsense", "The JSON is wrong at line 1")]
    [InlineData("""{"recursiv": true}""", "'recursiv' is no field here; those are reason and recursive.")]
    public async Task A_wrong_body_is_one_clear_problem(string body, string detail)
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Listen", "l");

        var (status, said) = await app.SendAsync(HttpMethod.Post, "/api/instances/l/terminate", body);

        Assert.Equal(400, status);
        Assert.StartsWith(detail, said, StringComparison.Ordinal);
        Assert.Equal((400, "'reason' has at most 1000 characters."), await app.SendAsync(HttpMethod.Post, "/api/instances/l/terminate", $$"""{"reason":"{{new string('x', 1001)}}"}"""));
        Assert.Equal(OrchestrationRuntimeStatus.Running, await StatusAsync(app, "l"));
    }

    /// <summary>No header tells whether there is a body: sent in chunks it has no length, and a type can stand before nothing.</summary>
    [Theory]
    [InlineData("""{"recursiv":true}""", null, HttpStatusCode.BadRequest, OrchestrationRuntimeStatus.Running)]
    [InlineData("""{"reason":"enough"}""", null, HttpStatusCode.Accepted, OrchestrationRuntimeStatus.Terminated)]
    [InlineData("", "application/json", HttpStatusCode.Accepted, OrchestrationRuntimeStatus.Terminated)]
    [InlineData("", null, HttpStatusCode.Accepted, OrchestrationRuntimeStatus.Terminated)]
    public async Task A_body_is_what_is_sent_whatever_the_headers_say(string body, string? type, HttpStatusCode status, OrchestrationRuntimeStatus then)
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Listen", "l");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/instances/l/terminate") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.TransferEncodingChunked = true;
        if (type is not null) request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);

        using var answer = await app.Http.SendAsync(request);
        await app.IdleAsync();

        Assert.Equal((status, then), (answer.StatusCode, await StatusAsync(app, "l")));
    }

    [Fact]
    public async Task Only_an_end_can_be_of_the_children_too()
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Listen", "l");

        Assert.Equal((400, "'recursive' is no field here; the only one is reason."), await app.SendAsync(HttpMethod.Post, "/api/instances/l/suspend", """{"recursive":true}"""));
        Assert.Equal(202, (await app.SendAsync(HttpMethod.Post, "/api/instances/l/terminate", """{"recursive":true}""")).Status);
    }

    [Fact]
    public async Task A_finished_one_is_purged_and_a_live_one_is_not()
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Buy", "b", "shoes");
        await app.StartFlowAsync("Listen", "l");

        Assert.Equal((200, """{"purged":1,"complete":true}"""), await app.SendAsync(HttpMethod.Delete, "/api/instances/b"));
        Assert.Equal((404, "There is no instance b."), await app.SendAsync(HttpMethod.Delete, "/api/instances/b"));
        Assert.Equal((409, "Instance l is Running; only a finished one can be purged; terminate it first."), await app.SendAsync(HttpMethod.Delete, "/api/instances/l"));
    }

    /// <summary>A word misspelt would do something else than was meant: delete an instance without its children.</summary>
    [Theory]
    [InlineData("DELETE", "b?recursiv=true", "'recursiv' is no parameter here; the only one is recursive.")]
    [InlineData("DELETE", "b?recursive=maybe", "'recursive' is true or false.")]
    [InlineData("GET", "b?payloads=false", "'payloads' is no parameter here; there is none.")]
    [InlineData("GET", "b/history?from=3&to=4", "'from' is no parameter here; those are skip, take. 'to' is no parameter here; those are skip, take.")]
    [InlineData("POST", "b/terminate?recursive=true", "'recursive' is no parameter here; there is none.")]
    [InlineData("POST", "b/suspend?reason=x", "'reason' is no parameter here; there is none.")]
    [InlineData("POST", "b/rewind?reason=x", "'reason' is no parameter here; there is none.")]
    public async Task An_unknown_parameter_is_named_with_those_that_there_are(string method, string path, string detail)
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Buy", "b", "shoes");

        Assert.Equal((400, detail), await app.SendAsync(new HttpMethod(method), $"/api/instances/{path}"));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await StatusAsync(app, "b"));
    }

    [Fact]
    public async Task Those_of_a_filter_are_purged()
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Buy", "b1", "shoes");
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        await app.StartFlowAsync("Buy", "b2", "shoes");
        await app.StartFlowAsync("Listen", "l");

        Assert.Equal((200, """{"purged":1,"complete":true}"""), await app.SendAsync(HttpMethod.Delete, "/api/instances?status=Completed&to=2026-03-01T08:30:00Z"));
        Assert.Equal(["b2", "l"], (await app.GetAsync("/api/instances"))["instances"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()));
    }

    /// <summary>A backend that is told no status would purge what lives too.</summary>
    [Theory]
    [InlineData("?to=2026-03-01", "Completed Failed Terminated")]
    [InlineData("?from=2026-03-01&recursive=true", "Completed Failed Terminated")]
    [InlineData("?status=failed&to=2026-03-01", "Failed")]
    public void A_purge_names_the_statuses_of_finished_ones(string query, string statuses)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);

        var (filter, problem) = InstanceFilter.OfPurge(request);

        Assert.Null(problem);
        Assert.Equal(statuses, string.Join(' ', filter!.Statuses!));
    }

    [Theory]
    [InlineData("", "Say which are purged: status (Completed, Failed or Terminated), from and to, or some of them.")]
    [InlineData("?recursive=true", "Say which are purged")]
    [InlineData("?status=&to=2026-03-02", "'status' is empty; leave it out for any.")]
    [InlineData("?status=,&to=", "'status' is empty; leave it out for any. 'to' is empty; leave it out for any.")]
    [InlineData("?status=Running", "'status' is one of Completed, Failed, Terminated, or several with commas; not 'Running'.")]
    [InlineData("?status=Completed&prefix=x", "'prefix' is no parameter here; those are status, from, to, recursive.")]
    [InlineData("?status=Completed&recursive=maybe", "'recursive' is true or false.")]
    public async Task A_purge_that_does_not_say_what_it_means_is_refused(string filter, string detail)
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Buy", "b", "shoes");

        var (status, said) = await app.SendAsync(HttpMethod.Delete, $"/api/instances{filter}");

        Assert.Equal(400, status);
        Assert.StartsWith(detail, said, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await StatusAsync(app, "b"));
    }

    [Fact]
    public async Task A_backend_that_cannot_says_so()
    {
        var durable = new FakeDurable(new Gate()) { ["f"] = OrchestrationRuntimeStatus.Failed };
        var request = new DefaultHttpContext().Request;

        var rewind = Assert.IsType<ObjectResult>(await ControlInstances.Rewind(request, "f", durable, default));
        var history = Assert.IsType<ObjectResult>(await ShowInstances.History(request, "f", durable, default));
        var purge = Assert.IsType<ObjectResult>(await PurgeInstances.One(request, "f", durable, default));

        Assert.Equal([501, 501, 501], new[] { rewind, history, purge }.Select(one => one.StatusCode));
        Assert.Equal("The durable backend of this app cannot rewind instances.", ((ProblemDetails)rewind.Value!).Detail);
        Assert.Equal("The durable backend of this app cannot show histories.", ((ProblemDetails)history.Value!).Detail);
    }

    /// <summary>The client throws one for an instance that there is not; the reading is another matter.</summary>
    [Fact]
    public async Task A_history_that_cannot_be_read_is_not_told_as_an_unknown_instance()
    {
        var request = new DefaultHttpContext().Request;
        var durable = new FakeDurable(new Gate()) { ["f"] = OrchestrationRuntimeStatus.Failed };
        durable.Reading = () => throw new ArgumentException("no such instance");
        Assert.Equal(404, Assert.IsType<ObjectResult>(await ShowInstances.History(request, "f", durable, default)).StatusCode);

        durable.Reading = () => new UnreadableHistory();

        await Assert.ThrowsAsync<ArgumentException>(() => ShowInstances.History(request, "f", durable, default));
    }

    [Theory]
    [InlineData("Unimplemented", true)]
    [InlineData("NotFound", false)]
    public void What_a_remote_backend_has_not_is_told_by_its_status(string status, bool unsupported) =>
        Assert.Equal(unsupported, InstanceCalls.IsUnsupported(new RpcException($"Status(StatusCode=\"{status}\", Detail=\"\")")));

    private static async Task<OrchestrationRuntimeStatus> StatusAsync(InstancesApp app, string id) => (await app.Client.GetInstanceAsync(id))!.RuntimeStatus;

    private sealed class UnreadableHistory : List<HistoryEvent>, IEnumerable<HistoryEvent>
    {
        IEnumerator<HistoryEvent> IEnumerable<HistoryEvent>.GetEnumerator() => throw new ArgumentException("an event that cannot be read");
    }

    /// <summary>Stands for Grpc.Core.RpcException.</summary>
    private sealed class RpcException(string message) : Exception(message);
}
