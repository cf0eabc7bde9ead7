using System.Net;
using AutoFlow.Functions.Instances;
using AutoFlow.Functions.Tests.Fakes;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Instances;

/// <summary>What callers are told of an instance that cannot be asked, through no fault of theirs.</summary>
public sealed class UnavailableInstanceTests
{
    [Theory]
    [InlineData("suspend")]
    [InlineData("terminate")]
    public async Task One_that_is_set_aside_says_so_to_every_caller_and_is_shown_as_it_was(string what)
    {
        await using var app = await InstancesApp.StartAsync();
        await app.StartFlowAsync("Listen", "l");
        await app.RefuseTurnsAsync();
        const string told = "The instance 'l' is set aside, as it was before, until the next start of the host: what it did could not be stored. The host's log says more, under the instance's id.";

        for (var caller = 0; caller < 2; caller++) Assert.Equal((409, told), await app.SendAsync(HttpMethod.Post, $"/api/instances/l/{what}"));

        Assert.Equal("Running", (await app.GetAsync("/api/instances/l"))["status"]!.GetValue<string>());
        Assert.Contains(app.Log, line => line.Contains("Instance 'l' is set aside as it was before, until the next start: what it did could not be stored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rewind_while_the_host_stops_is_to_be_sent_again()
    {
        await using var app = await InstancesApp.StartAsync();
        app.Door.IsClosed = true;
        await app.StartFlowAsync("Buy", "b", "shoes");
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        await app.StopEngineAsync();

        using var answer = await app.Http.PostAsync(new Uri("/api/instances/b/rewind", UriKind.Relative), null);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        Assert.Contains("The host is stopping.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>It is an InvalidOperationException too, but says nothing of the instance.</summary>
    [Fact]
    public async Task What_the_host_has_closed_already_does_not_make_an_instance_one_that_cannot_be_rewound()
    {
        var durable = new FakeDurable(new Gate()) { ["f"] = OrchestrationRuntimeStatus.Failed };
        durable.Rewinding = new ObjectDisposedException("database");

        await Assert.ThrowsAsync<ObjectDisposedException>(() => durable.RewindAsync("f", "why", default));
    }
}
