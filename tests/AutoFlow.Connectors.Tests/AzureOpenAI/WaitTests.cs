using AutoFlow.Connectors.AzureOpenAI;
using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Connectors.Tests.AzureOpenAI;

/// <summary>A service without room: the message is put off, by whoever has it, and nothing here tries again.</summary>
public sealed class WaitTests
{
    [Theory]
    [InlineData(429, "Retry-After", "7", 7.0)]
    [InlineData(429, "retry-after-ms", "1500", 1.5)]
    [InlineData(429, "x-ms-retry-after-ms", "2500", 2.5)]
    [InlineData(429, "Retry-After", "Mon, 02 Mar 2026 12:00:30 GMT", 30.0)]
    [InlineData(429, "Retry-After", "0", 1.0)]
    [InlineData(429, "Retry-After", "soon", 10.0)]
    [InlineData(429, "X-Other", "7", 10.0)]
    [InlineData(503, "Retry-After", "7", 7.0)]
    [InlineData(500, "X-Other", "7", 10.0)]
    [InlineData(502, "X-Other", "7", 10.0)]
    public async Task A_message_is_asked_about_again_after_the_wait(int status, string header, string value, double seconds)
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.Answers(status, status == 429 ? Recorded.TooMany : Recorded.ServerError, (header, value));

        var result = await world.AskAsync("Wo bleibt Bestellung 1042?");

        Assert.Equal(new AskAgain(TimeSpan.FromSeconds(seconds), TimeSpan.FromMinutes(2)), result.Again);
        Assert.Equal(world.BuiltIn with { ReviewReason = status == 429 ? "the model had no room" : "the model could not be reached" }, result.Message);
        Assert.Single(world.Stub.Requests);
        var call = Assert.Single(world.Book.Calls);
        Assert.Equal((status == 429 ? ModelCallOutcome.Throttled : ModelCallOutcome.Unavailable, TokenCount.None), (call.Outcome, call.Tokens));
    }

    [Fact]
    public async Task The_finer_header_counts()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.Answers(429, Recorded.TooMany, ("Retry-After", "7"), ("retry-after-ms", "6200"));

        Assert.Equal(TimeSpan.FromSeconds(6.2), (await world.AskAsync("Hm")).Again!.After);
    }

    [Fact]
    public async Task A_service_that_asks_to_wait_is_left_alone_until_then_by_every_message()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.Answers(429, Recorded.TooMany, ("Retry-After", "7"));
        await world.AskAsync("One", id: "<1@x>");
        world.Stub.AnswersIntents(("order_status", 0.9));

        world.Time.Advance(TimeSpan.FromSeconds(3));
        var second = await world.AskAsync("Two", id: "<2@x>");

        Assert.Equal(TimeSpan.FromSeconds(4), second.Again!.After);
        Assert.Equal("the model had no room", second.Message.ReviewReason);
        Assert.Single(world.Stub.Requests);
        Assert.Single(world.Book.Calls);

        world.Time.Advance(TimeSpan.FromSeconds(4));
        var again = await world.AskAsync("Two", id: "<2@x>");

        Assert.Equal((null, null), (again.Again, again.Message.ReviewReason));
        Assert.Equal(2, world.Stub.Requests.Count);
    }

    [Fact]
    public async Task A_wait_that_one_worker_was_asked_for_holds_for_another()
    {
        await using var world = await ModelWorld.StartAsync();
        await using var other = world.Beside();
        world.Stub.Answers(429, Recorded.TooMany, ("Retry-After", "7"));
        await world.AskAsync("One", id: "<1@x>");
        world.Stub.AnswersIntents(("order_status", 0.9));

        Assert.Equal(TimeSpan.FromSeconds(7), (await other.AskAsync("Two", id: "<2@x>")).Again!.After);
        Assert.Single(world.Stub.Requests);

        world.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Null((await other.AskAsync("Two", id: "<2@x>")).Again);
    }

    [Fact]
    public async Task A_quota_that_is_used_up_for_days_is_asked_about_again_after_the_longest_wait()
    {
        await using var world = await ModelWorld.StartAsync(("LongestWait", "00:05:00"));
        world.Stub.Answers(429, Recorded.TooMany, ("Retry-After", "86400"));

        Assert.Equal(new AskAgain(TimeSpan.FromDays(1), TimeSpan.FromMinutes(5)), (await world.AskAsync("One")).Again);

        world.Stub.AnswersIntents(("order_status", 0.9));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((await world.AskAsync("Two")).Again);
    }

    [Fact]
    public async Task A_fault_of_the_service_stops_no_other_message()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.Answers(500, Recorded.ServerError);
        await world.AskAsync("One");
        world.Stub.AnswersIntents(("order_status", 0.9));

        Assert.Null((await world.AskAsync("Two")).Again);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_asked_again()
    {
        await using var world = await ModelWorld.StartAsync();
        var understanding = world.Understanding;
        await world.Stub.StopAsync();

        var result = await world.AskAsync("Wo bleibt Bestellung 1042?");

        Assert.NotNull(result.Again);
        Assert.Equal("the model could not be reached", result.Message.ReviewReason);
        Assert.Equal(ModelCallOutcome.Unavailable, Assert.Single(world.Book.Calls).Outcome);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.Answer = async context =>
        {
            context.Response.ContentLength = 10_000;
            await context.Response.Body.WriteAsync("{ \"choices\": ["u8.ToArray());
            context.Abort();
        };

        var result = await world.AskAsync("Wo bleibt Bestellung 1042?");

        Assert.Equal(("the model could not be reached", true), (result.Message.ReviewReason, result.Again is not null));
        Assert.Single(world.Stub.Requests);
    }

    [Theory]
    [InlineData("-1", null)]
    [InlineData("1e9", null)]
    [InlineData("99999999999999999999", 86_400.0)]
    [InlineData("Sun, 01 Mar 2026 12:00:00 GMT", 0.0)]
    [InlineData("", null)]
    public void Odd_waits_stay_within_a_day(string value, double? seconds) => Assert.Equal(
        seconds is { } some ? TimeSpan.FromSeconds(some) : null,
        RetryAfter.Of(name => name == "Retry-After" ? value : null, new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)));
}
