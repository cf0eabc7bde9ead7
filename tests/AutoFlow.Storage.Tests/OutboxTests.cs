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

    [Theory, OnSqlite, OnPostgres]
    public async Task A_key_is_stored_once_and_the_first_is_kept(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();

        var entries = await SupportData.SixteenTimesAsync(number => outbox.AddAsync(Entry("k") with { Text = $"text {number}" }, None));
        await data.ReopenAsync();

        var kept = Assert.Single(entries.Distinct());
        Assert.Equal(Entry("k").TraceParent, kept.TraceParent);
        Assert.Equal([kept], await data.Get<IOutbox>().ListAsync(null, 0, 100, None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_receipt_is_kept_between_two_steps_and_the_send_is_recorded_once(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();
        await outbox.AddAsync(Entry("k"), None);

        await TakeAsync(outbox, "worker");
        Assert.True(await outbox.KeepReceiptAsync("k", "worker", "draft-1", None));
        await data.ReopenAsync();
        outbox = data.Get<IOutbox>();
        Assert.Equal("draft-1", (await outbox.FindAsync("k", None))!.Receipt);

        await outbox.FailedAsync("k", "worker", "timeout", giveUp: false, None);
        await TakeAsync(outbox, "worker");
        await outbox.SentAsync("k", null, None);
        var sent = await outbox.FindAsync("k", None);
        Assert.Equal((OutboxState.Sent, "draft-1", 1, null, TestClock.Start), (sent!.State, sent.Receipt, sent.Attempts, sent.Error, sent.SentAt));

        data.Clock.Advance(TimeSpan.FromMinutes(1));
        await outbox.SentAsync("k", "other", None);
        Assert.False(await outbox.KeepReceiptAsync("k", "worker", "other", None));
        await outbox.FailedAsync("k", "worker", "late", giveUp: true, None);
        Assert.Equal(sent, await outbox.FindAsync("k", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_last_failure_gives_up(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();
        await outbox.AddAsync(Entry("k"), None);

        await TakeAsync(outbox, "worker");
        await outbox.FailedAsync("k", "worker", "first", giveUp: false, None);
        Assert.Equal(OutboxState.Pending, (await outbox.FindAsync("k", None))!.State);
        await TakeAsync(outbox, "worker");
        await outbox.FailedAsync("k", "worker", "second", giveUp: true, None);

        var failed = await outbox.FindAsync("k", None);
        Assert.Equal((OutboxState.Failed, 2, "second"), (failed!.State, failed.Attempts, failed.Error));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_held_entry_is_released_once_with_the_persons_text(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();
        await outbox.AddAsync(Entry("k", OutboxState.Held), None);

        var released = await outbox.ReleaseAsync("k", "Edited", None);

        Assert.Equal((OutboxState.Pending, "Edited", null), (released!.State, released.Text, released.HeldBecause));
        Assert.Equal(released, await outbox.ReleaseAsync("k", "Edited again", None));
        Assert.Equal(released, await outbox.DiscardAsync("k", "late", None));
        Assert.Null(await outbox.ReleaseAsync("unknown", null, None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_discarded_entry_says_why(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();
        await outbox.AddAsync(Entry("k", OutboxState.Held), None);

        var discarded = await outbox.DiscardAsync("k", "customer called", None);

        Assert.Equal((OutboxState.Failed, "customer called"), (discarded!.State, discarded.Error));
        Assert.Null(await outbox.DiscardAsync("unknown", "x", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Pending_are_those_created_before_oldest_first(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();
        foreach (var entry in new[] { Entry("3", minute: 3), Entry("1", minute: 1), Entry("2", OutboxState.Held, 2), Entry("5", minute: 5) })
            await outbox.AddAsync(entry, None);

        Assert.Equal(["1", "3"], (await outbox.PendingAsync(TestClock.Start.AddMinutes(5), 10, None)).Select(entry => entry.Key));
        Assert.Equal(["1"], (await outbox.PendingAsync(TestClock.Start.AddMinutes(5), 1, None)).Select(entry => entry.Key));
        Assert.Equal(["1", "2", "3", "5"], (await outbox.ListAsync(null, 0, 10, None)).Select(entry => entry.Key));
        Assert.Equal(["3"], (await outbox.ListAsync(OutboxState.Pending, 1, 1, None)).Select(entry => entry.Key));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_of_sixteen_in_four_processes_has_the_turn_and_the_others_hear_until_when(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await data.Get<IOutbox>().AddAsync(Entry("k"), None);

        var turns = await data.FourProcessesAsync((IOutbox outbox, int number) => outbox.TakeTurnAsync("k", $"worker-{number}", Minute(2), None));

        Assert.Single(turns.OfType<OutboxTurn.Ours>());
        Assert.Equal(15, turns.OfType<OutboxTurn.Taken>().Count(taken => taken.Until == Minute(2)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_worker_killed_in_its_turn_lets_another_go_on_when_it_is_over(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();
        await outbox.AddAsync(Entry("k"), None);
        await outbox.TakeTurnAsync("k", "killed", Minute(2), None);
        await outbox.KeepReceiptAsync("k", "killed", "draft-1", None);
        await data.ReopenAsync();
        outbox = data.Get<IOutbox>();

        data.Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromTicks(1));
        Assert.IsType<OutboxTurn.Taken>(await outbox.TakeTurnAsync("k", "other", Minute(4), None));
        Assert.Empty(await outbox.PendingAsync(Minute(4), 10, None));
        data.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Single(await outbox.PendingAsync(Minute(4), 10, None));

        var turn = Assert.IsType<OutboxTurn.Ours>(await outbox.TakeTurnAsync("k", "other", Minute(4), None));
        Assert.Equal("draft-1", turn.Entry.Receipt);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_lost_its_turn_keeps_no_receipt_counts_no_failure_and_ends_no_other_turn(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();
        await outbox.AddAsync(Entry("k"), None);
        await outbox.TakeTurnAsync("k", "slow", Minute(1), None);
        data.Clock.Advance(TimeSpan.FromMinutes(1));
        await outbox.TakeTurnAsync("k", "other", Minute(3), None);

        Assert.False(await outbox.KeepReceiptAsync("k", "slow", "draft-2", None));
        await outbox.FailedAsync("k", "slow", "late", giveUp: true, None);
        await outbox.EndTurnAsync("k", "slow", None);

        // One try: the turn that was lost.
        Assert.Equal((OutboxState.Pending, 1, null, null), await outbox.FindAsync("k", None) is { } entry ? (entry.State, entry.Attempts, entry.Receipt, entry.Error) : default);
        Assert.IsType<OutboxTurn.Taken>(await outbox.TakeTurnAsync("k", "third", Minute(9), None));
        // What has left the house is sent, whoever's turn it is.
        await outbox.SentAsync("k", "late", None);
        Assert.IsType<OutboxTurn.Over>(await outbox.TakeTurnAsync("k", "other", Minute(9), None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_send_that_kills_each_worker_is_given_up_after_five(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();
        await outbox.AddAsync(Entry("k"), None);
        // What fails and what is given back is not lost.
        await TakeAsync(outbox, "failed");
        await outbox.FailedAsync("k", "failed", "timeout", giveUp: false, None);
        await TakeAsync(outbox, "stopped");
        await outbox.EndTurnAsync("k", "stopped", None);

        for (var killed = 1; killed <= 5; killed++)
        {
            Assert.IsType<OutboxTurn.Ours>(await outbox.TakeTurnAsync("k", $"killed-{killed}", data.Clock.GetUtcNow().AddMinutes(1), None));
            data.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var given = Assert.IsType<OutboxTurn.GivenUp>(await outbox.TakeTurnAsync("k", "next", Minute(60), None)).Entry;
        Assert.Equal((OutboxState.Failed, 6, "5 workers began to send this and were not heard of again."), (given.State, given.Attempts, given.Error));
        Assert.Equal(given, await outbox.FindAsync("k", None));
        Assert.IsType<OutboxTurn.Over>(await outbox.TakeTurnAsync("k", "next", Minute(60), None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_failure_or_a_turn_given_back_lets_the_next_one_in_at_once(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();
        await outbox.AddAsync(Entry("k"), None);

        await TakeAsync(outbox, "one");
        await outbox.FailedAsync("k", "one", "timeout", giveUp: false, None);
        await TakeAsync(outbox, "two");
        await outbox.EndTurnAsync("k", "two", None);
        await TakeAsync(outbox, "three");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task There_is_no_turn_for_what_is_held_or_unknown(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var outbox = data.Get<IOutbox>();
        await outbox.AddAsync(Entry("k", OutboxState.Held), None);

        Assert.IsType<OutboxTurn.Over>(await outbox.TakeTurnAsync("k", "one", Minute(1), None));
        Assert.IsType<OutboxTurn.Over>(await outbox.TakeTurnAsync("unknown", "one", Minute(1), None));
    }

    private static DateTimeOffset Minute(int minute) => TestClock.Start.AddMinutes(minute);

    private static async Task TakeAsync(IOutbox outbox, string owner) =>
        Assert.IsType<OutboxTurn.Ours>(await outbox.TakeTurnAsync("k", owner, Minute(60), None));
}
