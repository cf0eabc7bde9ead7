using AutoFlow.Support.Outbox;

namespace AutoFlow.Storage.Tests;

public sealed class OutboxTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static OutboxEntry Entry(string key, OutboxState state = OutboxState.Pending, int minute = 0) => new()
    {
        Key = key,
        State = state,
        ConversationId = "c-1",
        InstanceId = "i-1",
        Channel = "mail",
        To = "anna@example.de",
        InReplyTo = "<a@x>",
        Subject = "Re: Wo ist mein Paket?",
        Text = "Guten Tag",
        Paragraphs = "on-its-way also-asked",
        Language = "de",
        HeldBecause = state == OutboxState.Held ? "angry" : null,
        CreatedAt = TestClock.Start.AddMinutes(minute),
        Proactive = true,
        TraceParent = "00-1-2-01",
    };

    [Fact]
    public async Task A_key_is_stored_once_and_the_first_is_kept()
    {
        await using var file = await SupportFile.OpenAsync();
        var outbox = file.Get<IOutbox>();

        var entries = await SupportFile.SixteenTimesAsync(number => outbox.AddAsync(Entry("k") with { Text = $"text {number}" }, None));
        await file.ReopenAsync();

        var kept = Assert.Single(entries.Distinct());
        Assert.Equal(Entry("k").TraceParent, kept.TraceParent);
        Assert.Equal([kept], await file.Get<IOutbox>().ListAsync(null, 0, 100, None));
    }

    [Fact]
    public async Task A_receipt_is_kept_between_two_steps_and_the_send_is_recorded_once()
    {
        await using var file = await SupportFile.OpenAsync();
        var outbox = file.Get<IOutbox>();
        await outbox.AddAsync(Entry("k"), None);

        await outbox.KeepReceiptAsync("k", "draft-1", None);
        await file.ReopenAsync();
        outbox = file.Get<IOutbox>();
        Assert.Equal("draft-1", (await outbox.FindAsync("k", None))!.Receipt);

        await outbox.FailedAsync("k", "timeout", giveUp: false, None);
        await outbox.SentAsync("k", null, None);
        var sent = await outbox.FindAsync("k", None);
        Assert.Equal((OutboxState.Sent, "draft-1", 1, null, TestClock.Start), (sent!.State, sent.Receipt, sent.Attempts, sent.Error, sent.SentAt));

        file.Clock.Advance(TimeSpan.FromMinutes(1));
        await outbox.SentAsync("k", "other", None);
        await outbox.KeepReceiptAsync("k", "other", None);
        await outbox.FailedAsync("k", "late", giveUp: true, None);
        Assert.Equal(sent, await outbox.FindAsync("k", None));
    }

    [Fact]
    public async Task The_last_failure_gives_up()
    {
        await using var file = await SupportFile.OpenAsync();
        var outbox = file.Get<IOutbox>();
        await outbox.AddAsync(Entry("k"), None);

        await outbox.FailedAsync("k", "first", giveUp: false, None);
        Assert.Equal(OutboxState.Pending, (await outbox.FindAsync("k", None))!.State);
        await outbox.FailedAsync("k", "second", giveUp: true, None);

        var failed = await outbox.FindAsync("k", None);
        Assert.Equal((OutboxState.Failed, 2, "second"), (failed!.State, failed.Attempts, failed.Error));
    }

    [Fact]
    public async Task A_held_entry_is_released_once_with_the_persons_text()
    {
        await using var file = await SupportFile.OpenAsync();
        var outbox = file.Get<IOutbox>();
        await outbox.AddAsync(Entry("k", OutboxState.Held), None);

        var released = await outbox.ReleaseAsync("k", "Edited", None);

        Assert.Equal((OutboxState.Pending, "Edited", null), (released!.State, released.Text, released.HeldBecause));
        Assert.Equal(released, await outbox.ReleaseAsync("k", "Edited again", None));
        Assert.Equal(released, await outbox.DiscardAsync("k", "late", None));
        Assert.Null(await outbox.ReleaseAsync("unknown", null, None));
    }

    [Fact]
    public async Task A_discarded_entry_says_why()
    {
        await using var file = await SupportFile.OpenAsync();
        var outbox = file.Get<IOutbox>();
        await outbox.AddAsync(Entry("k", OutboxState.Held), None);

        var discarded = await outbox.DiscardAsync("k", "customer called", None);

        Assert.Equal((OutboxState.Failed, "customer called"), (discarded!.State, discarded.Error));
        Assert.Null(await outbox.DiscardAsync("unknown", "x", None));
    }

    [Fact]
    public async Task Pending_are_those_created_before_oldest_first()
    {
        await using var file = await SupportFile.OpenAsync();
        var outbox = file.Get<IOutbox>();
        foreach (var entry in new[] { Entry("3", minute: 3), Entry("1", minute: 1), Entry("2", OutboxState.Held, 2), Entry("5", minute: 5) })
            await outbox.AddAsync(entry, None);

        Assert.Equal(["1", "3"], (await outbox.PendingAsync(TestClock.Start.AddMinutes(5), 10, None)).Select(entry => entry.Key));
        Assert.Equal(["1"], (await outbox.PendingAsync(TestClock.Start.AddMinutes(5), 1, None)).Select(entry => entry.Key));
        Assert.Equal(["1", "2", "3", "5"], (await outbox.ListAsync(null, 0, 10, None)).Select(entry => entry.Key));
        Assert.Equal(["3"], (await outbox.ListAsync(OutboxState.Pending, 1, 1, None)).Select(entry => entry.Key));
    }
}
