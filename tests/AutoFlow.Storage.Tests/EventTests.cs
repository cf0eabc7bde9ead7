using AutoFlow.Support.Events;

namespace AutoFlow.Storage.Tests;

/// <summary>Events are stored before they are acknowledged, and who wants them is known after a restart.</summary>
public sealed class EventTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnSqlite, OnPostgres]
    public async Task An_event_is_added_once_per_source_and_id_and_stays_until_routed(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var events = data.Get<IEvents>();

        var added = await SupportData.SixteenTimesAsync(_ => events.AddAsync([One("/shop", "1"), One("/shop", "1"), One("/other", "1")], None));
        data.Clock.Advance(TimeSpan.FromMinutes(1));
        await data.ReopenAsync();
        events = data.Get<IEvents>();

        Assert.Equal([true, false, true], added.Single(each => each.Contains(true)));
        var key = One("/shop", "1").Key;
        Assert.Equal(new StoredEvent(key, "/shop", "1", "test.happened", "{}", TestClock.Start, false), await events.FindAsync(key, None));
        Assert.Equal([key, One("/other", "1").Key], await events.UnprocessedAsync(TestClock.Start.AddSeconds(1), 10, None));
        await events.MarkDoneAsync(key, None);
        await events.MarkDoneAsync("unknown", None);
        Assert.Equal([One("/other", "1").Key], await events.UnprocessedAsync(TestClock.Start.AddSeconds(1), 10, None));
        Assert.True((await events.FindAsync(key, None))!.IsDone);
        Assert.Equal([false], await events.AddAsync([One("/shop", "1")], None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Routed_events_are_forgotten_in_time_and_others_are_kept(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var events = data.Get<IEvents>();
        await events.AddAsync([One("/shop", "old"), One("/shop", "open"), One("/shop", "new")], None);
        await events.MarkDoneAsync(One("/shop", "old").Key, None);
        data.Clock.Advance(TimeSpan.FromDays(2));
        await events.MarkDoneAsync(One("/shop", "new").Key, None);

        await events.ForgetAsync(TestClock.Start.AddDays(1), None);

        Assert.Equal(["new", "open"], (await events.ListAsync(null, 0, 10, None)).Select(one => one.Id));
        Assert.Equal(["open"], (await events.ListAsync("test.happened", 1, 10, None)).Select(one => one.Id));
        Assert.Empty(await events.ListAsync("test.other", 0, 10, None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_instance_gets_what_it_asked_for_until_it_takes_that_back(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var subscriptions = data.Get<ISubscriptions>();
        await SupportData.SixteenTimesAsync(async _ =>
        {
            await subscriptions.AddAsync("a~1", "test.happened", None);
            return true;
        });
        await subscriptions.AddAsync("a~1", ISubscriptions.AnyType, None);
        await subscriptions.AddAsync("b~1", ISubscriptions.AnyType, None);
        await data.ReopenAsync();
        subscriptions = data.Get<ISubscriptions>();

        Assert.Equal(["a~1: *, test.happened", "b~1: *"], Lines(await subscriptions.ToAsync("test.happened", None)));
        Assert.Equal(["a~1: *", "b~1: *"], Lines(await subscriptions.ToAsync("test.other", None)));
        await subscriptions.RemoveAsync("a~1", ISubscriptions.AnyType, None);
        Assert.Equal(["b~1: *"], Lines(await subscriptions.ToAsync("test.other", None)));
        await subscriptions.RemoveAsync("a~1", None);
        Assert.Equal(["b~1: *"], Lines(await subscriptions.ToAsync("test.happened", None)));
    }

    private static IncomingEvent One(string source, string id) => new(source, id, "test.happened", "{}");

    private static IEnumerable<string> Lines(IEnumerable<Subscription> subscriptions) =>
        subscriptions.Select(one => $"{one.InstanceId}: {string.Join(", ", one.Types.Order(StringComparer.Ordinal))}");
}
