using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Understanding;
using Azure.Identity;

namespace AutoFlow.Connectors.Tests.AzureOpenAI;

/// <summary>What comes of answers that are of no use: the built-in intents, a mark for review, and no second request.</summary>
public sealed class AnswerTests
{
    public static TheoryData<int, string, ModelCallOutcome, string> OfNoUse => new()
    {
        { 200, Recorded.Refusal, ModelCallOutcome.Refused, "the model declined the message" },
        { 200, Recorded.AnswerFiltered, ModelCallOutcome.Filtered, "the content filter stopped the message (violence)" },
        { 400, Recorded.PromptFiltered, ModelCallOutcome.Filtered, "the content filter stopped the message (jailbreak, violence)" },
        { 200, Recorded.Truncated, ModelCallOutcome.Truncated, "the model's answer was cut off" },
        { 400, Recorded.BadRequest, ModelCallOutcome.Rejected, "the model did not take the request" },
        { 401, Recorded.Unauthorized, ModelCallOutcome.Unauthorized, "the model did not take our key" },
        { 403, "", ModelCallOutcome.Unauthorized, "the model did not take our key" },
        { 404, Recorded.NoDeployment, ModelCallOutcome.Rejected, "the model did not take the request" },
        { 408, "", ModelCallOutcome.TimedOut, "the model did not answer in time" },
        { 302, "", ModelCallOutcome.Rejected, "the model did not take the request" },
        { 200, "<html>Sign in</html>", ModelCallOutcome.Unreadable, "the model's answer could not be read" },
        { 200, "", ModelCallOutcome.Unreadable, "the model's answer could not be read" },
        { 200, "[]", ModelCallOutcome.Unreadable, "the model's answer could not be read" },
        { 200, "{\"choices\":[]}", ModelCallOutcome.Unreadable, "the model's answer could not be read" },
        { 200, "{\"model\":\"\\ud83d\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"\\ud83d\"}}]}", ModelCallOutcome.Unreadable, "the model's answer could not be read" },
        { 200, "{\"choices\":[7]}", ModelCallOutcome.Unreadable, "the model's answer could not be read" },
        { 200, "{\"choices\":[{\"finish_reason\":\"tool_calls\",\"message\":{}}],\"usage\":[],\"model\":7}", ModelCallOutcome.Unreadable, "the model's answer could not be read" },
    };

    [Theory]
    [MemberData(nameof(OfNoUse))]
    internal async Task The_built_in_intents_stay_and_a_person_looks(int status, string body, ModelCallOutcome outcome, string because)
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.Answers(status, body);

        var result = await world.AskAsync("Wo bleibt Bestellung 1042?");

        Assert.Null(result.Again);
        Assert.Equal(world.BuiltIn with { ReviewReason = because }, result.Message);
        Assert.Single(world.Stub.Requests);
        Assert.Equal(outcome, Assert.Single(world.Book.Calls).Outcome);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"intents\":[{\"label\":\"\\ud83d\",\"probability\":0.9}]}")]
    [InlineData("{\"intents\":[{\"label\":\"order_status\",\"probability\":0.9}")]
    [InlineData("{\"intents\":{}}")]
    [InlineData("{\"intents\":[]}")]
    [InlineData("[]")]
    [InlineData("{\"intents\":[{\"label\":\"refund_everything\",\"probability\":0.9}]}")]
    [InlineData("{\"intents\":[{\"label\":\"order_status\",\"probability\":0.9},{\"label\":\"refund_everything\",\"probability\":0.9}]}")]
    [InlineData("{\"intents\":[{\"label\":\"ORDER_STATUS\",\"probability\":0.9}]}")]
    [InlineData("{\"intents\":[{\"label\":\"order_status\",\"probability\":1.01}]}")]
    [InlineData("{\"intents\":[{\"label\":\"order_status\",\"probability\":-0.1}]}")]
    [InlineData("{\"intents\":[{\"label\":\"order_status\",\"probability\":\"0.9\"}]}")]
    [InlineData("{\"intents\":[{\"label\":\"order_status\",\"probability\":1e400}]}")]
    [InlineData("{\"intents\":[{\"label\":7,\"probability\":0.9}]}")]
    [InlineData("{\"intents\":[{\"probability\":0.9}]}")]
    [InlineData("{\"intents\":[null]}")]
    public async Task Content_that_is_not_as_asked_for_counts_as_none(string content)
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.Answers(200, Recorded.Success(content));

        var result = await world.AskAsync("Wo bleibt Bestellung 1042?");

        Assert.Equal(world.BuiltIn with { ReviewReason = "the model's answer could not be read" }, result.Message);
        var call = Assert.Single(world.Book.Calls);
        Assert.Equal((ModelCallOutcome.Unreadable, 1500), (call.Outcome, call.Tokens.Input));
    }

    [Fact]
    public async Task Tokens_of_an_answer_of_no_use_are_paid_and_counted()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.Answers(200, Recorded.Refusal);

        await world.AskAsync("Wo bleibt Bestellung 1042?");

        Assert.Equal(new TokenCount(1500, 1024, 40), Assert.Single(world.Book.Calls).Tokens);
    }

    [Theory]
    [InlineData("order_status", 0.49, true)]
    [InlineData("order_status", 0.50, false)]
    [InlineData("other", 0.99, true)]
    public async Task The_model_abstains_below_the_threshold_and_where_no_label_fits(string label, double probability, bool abstained)
    {
        await using var world = await ModelWorld.StartAsync(("AbstainBelow", "0.5"));
        world.Stub.AnswersIntents((label, probability));

        var result = await world.AskAsync("Hm");

        Assert.Equal((abstained, label, null), (result.Message.Abstained, result.Message.Intents[0].Label, result.Message.ReviewReason));
    }

    [Fact]
    public async Task Intents_are_ordered_each_once_and_further_ones_must_be_sure()
    {
        await using var world = await ModelWorld.StartAsync();
        world.Stub.AnswersIntents(("promotion", 0.3), ("return_item", 0.6), ("order_status", 0.8), ("return_item", 0.9), ("other", 0.7));

        var result = await world.AskAsync("Hm");

        Assert.Equal([new ScoredIntent("order_status", 0.8), new ScoredIntent("return_item", 0.6)], result.Message.Intents);
    }

    [Fact]
    public async Task A_model_that_does_not_answer_in_time_is_given_up()
    {
        await using var world = await ModelWorld.StartAsync(("Timeout", "00:00:20"));
        world.Stub.Answer = async context =>
        {
            world.Time.Advance(TimeSpan.FromSeconds(20));
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var result = await world.AskAsync("Wo bleibt Bestellung 1042?");

        Assert.Null(result.Again);
        Assert.Equal("the model did not answer in time", result.Message.ReviewReason);
        Assert.Single(world.Stub.Requests);
        var call = Assert.Single(world.Book.Calls);
        Assert.Equal((ModelCallOutcome.TimedOut, TimeSpan.FromSeconds(20), TokenCount.None), (call.Outcome, call.Duration, call.Tokens));
    }

    [Fact]
    public async Task The_hosts_end_is_no_answer()
    {
        await using var world = await ModelWorld.StartAsync();
        using var end = new CancellationTokenSource();
        world.Stub.Answer = async context =>
        {
            await end.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.AskAsync("Wo bleibt Bestellung 1042?", ct: end.Token));
        Assert.Empty(world.Book.Calls);
    }

    [Theory]
    [InlineData(false, "the model did not take our key")]
    [InlineData(true, "the model could not be reached")]
    public async Task Without_a_token_there_is_no_request(bool passing, string because)
    {
        await using var world = await ModelWorld.StartAsync(("ApiKey", null));
        world.Token.Failure = new AuthenticationFailedException("no", passing ? new HttpRequestException() : null!);

        var result = await world.AskAsync("Wo bleibt Bestellung 1042?");

        Assert.Equal((because, passing), (result.Message.ReviewReason, result.Again is not null));
        Assert.Empty(world.Stub.Requests);
    }
}
