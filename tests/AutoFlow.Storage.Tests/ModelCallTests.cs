using AutoFlow.Support;
using AutoFlow.Support.ModelCalls;

namespace AutoFlow.Storage.Tests;

public sealed class ModelCallTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly ModelCall Answered = new()
    {
        Id = "call-1",
        InboxId = "m-1",
        Deployment = "mini",
        Model = "gpt-4o-mini-2024-07-18",
        Outcome = ModelCallOutcome.Answered,
        Tokens = new TokenCount(1500, 1024, 40),
        Cost = new Money(0.000171925m, "USD"),
        Duration = TimeSpan.FromMilliseconds(812),
        At = TestClock.Start,
    };

    private static readonly ModelCall TimedOut = new()
    {
        Id = "call-2",
        InboxId = "m-2",
        Deployment = "mini",
        Outcome = ModelCallOutcome.TimedOut,
        Tokens = TokenCount.None,
        Duration = TimeSpan.FromSeconds(20),
        At = TestClock.Start,
    };

    [Theory, OnSqlite, OnPostgres]
    public async Task A_call_is_written_once_and_comes_back_whole(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var calls = data.Get<IModelCalls>();

        await SupportData.SixteenTimesAsync(async number =>
        {
            await calls.RecordAsync(Answered, None);
            return number;
        });
        await calls.RecordAsync(TimedOut, None);
        await calls.RecordAsync(Answered with { Outcome = ModelCallOutcome.Refused }, None);
        await data.ReopenAsync();

        Assert.Equal([TimedOut, Answered], await data.Get<IModelCalls>().ListAsync(0, 10, None));
        Assert.Equal([Answered], await data.Get<IModelCalls>().ListAsync(1, 10, None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Sums_are_exact_and_apart_by_deployment_outcome_and_currency(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var calls = data.Get<IModelCalls>();
        Assert.Empty(await calls.SumsAsync(None));

        for (var number = 0; number < 10; number++) await calls.RecordAsync(Answered with { Id = $"a-{number}" }, None);
        await calls.RecordAsync(Answered with { Id = "euro", Cost = new Money(0.1m, "EUR") }, None);
        await calls.RecordAsync(TimedOut, None);
        await calls.RecordAsync(Answered with { Id = "big", Deployment = "big" }, None);

        Assert.Collection(
            await calls.SumsAsync(None),
            big => Assert.Equal(("big", 1), (big.Deployment, big.Calls)),
            mini =>
            {
                Assert.Equal(("mini", ModelCallOutcome.Answered, 11), (mini.Deployment, mini.Outcome, mini.Calls));
                Assert.Equal(new TokenCount(16_500, 11_264, 440), mini.Tokens);
                Assert.Equal([new Money(0.1m, "EUR"), new Money(0.00171925m, "USD")], mini.Cost);
            },
            late =>
            {
                Assert.Equal((ModelCallOutcome.TimedOut, 1, TokenCount.None), (late.Outcome, late.Calls, late.Tokens));
                Assert.Empty(late.Cost);
            });
    }
}
