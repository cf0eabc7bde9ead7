using AutoFlow.Support.Messages;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Storage.Tests;

/// <summary>What comes from outside services is stored before it is acknowledged.</summary>
public sealed class PushTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_push_is_added_once_and_stays_until_done(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var pushes = data.Get<IPushes>();

        var added = await SupportData.SixteenTimesAsync(_ => pushes.AddAsync("p-1", "{}", None));
        data.Clock.Advance(TimeSpan.FromMinutes(1));
        await pushes.AddAsync("p-2", "[]", None);
        await data.ReopenAsync();
        pushes = data.Get<IPushes>();

        Assert.Single(added, isNew => isNew);
        Assert.Equal(new Push("p-1", "{}", TestClock.Start), await pushes.FindAsync("p-1", None));
        Assert.Equal(["p-1"], (await pushes.UnprocessedAsync(TestClock.Start.AddMinutes(1), 10, None)).Select(push => push.Key));
        Assert.Equal(["p-1", "p-2"], (await pushes.UnprocessedAsync(TestClock.Start.AddMinutes(2), 10, None)).Select(push => push.Key));

        await pushes.MarkDoneAsync("p-1", None);
        await pushes.MarkDoneAsync("p-1", None);
        await pushes.MarkDoneAsync("unknown", None);
        Assert.Equal(["p-2"], (await pushes.UnprocessedAsync(TestClock.Start.AddMinutes(2), 10, None)).Select(push => push.Key));
        Assert.False(await pushes.AddAsync("p-1", "{}", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_notification_is_added_once_per_change(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var notifications = data.Get<INotifications>();
        var note = new MailNotification("sub-1", null, "AAMk=", "W/\"1\"");

        var added = await SupportData.SixteenTimesAsync(_ => notifications.AddAsync(note, None));
        Assert.True(await notifications.AddAsync(note with { ChangeKey = "W/\"2\"", UserId = "user-1" }, None));
        await data.ReopenAsync();
        notifications = data.Get<INotifications>();

        Assert.Single(added, isNew => isNew);
        var open = await notifications.UnprocessedAsync(TestClock.Start.AddSeconds(1), 10, None);
        Assert.Equal([note, note with { ChangeKey = "W/\"2\"", UserId = "user-1" }], open.Select(stored => stored.Notification));
        await notifications.MarkDoneAsync(note.Key, None);
        Assert.Single(await notifications.UnprocessedAsync(TestClock.Start.AddSeconds(1), 10, None));
        Assert.Equal(note, (await notifications.FindAsync(note.Key, None))!.Notification);
    }
}
