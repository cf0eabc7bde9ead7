using AutoFlow.Support.Messages;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Storage.Tests;

/// <summary>What comes from outside services is stored before it is acknowledged.</summary>
public sealed class PushTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_push_is_added_once_and_stays_until_done()
    {
        await using var file = await SupportFile.OpenAsync();
        var pushes = file.Get<IPushes>();

        var added = await SupportFile.SixteenTimesAsync(_ => pushes.AddAsync("p-1", "{}", None));
        file.Clock.Advance(TimeSpan.FromMinutes(1));
        await pushes.AddAsync("p-2", "[]", None);
        await file.ReopenAsync();
        pushes = file.Get<IPushes>();

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

    [Fact]
    public async Task A_notification_is_added_once_per_change()
    {
        await using var file = await SupportFile.OpenAsync();
        var notifications = file.Get<INotifications>();
        var note = new MailNotification("sub-1", null, "AAMk=", "W/\"1\"");

        var added = await SupportFile.SixteenTimesAsync(_ => notifications.AddAsync(note, None));
        Assert.True(await notifications.AddAsync(note with { ChangeKey = "W/\"2\"", UserId = "user-1" }, None));
        await file.ReopenAsync();
        notifications = file.Get<INotifications>();

        Assert.Single(added, isNew => isNew);
        var open = await notifications.UnprocessedAsync(TestClock.Start.AddSeconds(1), 10, None);
        Assert.Equal([note, note with { ChangeKey = "W/\"2\"", UserId = "user-1" }], open.Select(stored => stored.Notification));
        await notifications.MarkDoneAsync(note.Key, None);
        Assert.Single(await notifications.UnprocessedAsync(TestClock.Start.AddSeconds(1), 10, None));
        Assert.Equal(note, (await notifications.FindAsync(note.Key, None))!.Notification);
    }
}
