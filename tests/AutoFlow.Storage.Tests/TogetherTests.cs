using AutoFlow.Support;
using AutoFlow.Support.Conversations;
using AutoFlow.Support.Definitions;
using AutoFlow.Support.Events;
using AutoFlow.Support.Journal;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Messages;
using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Shipments;
using AutoFlow.Support.Tickets;
using AutoFlow.Support.Training;
using AutoFlow.Support.Understanding;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Storage.Tests;

/// <summary>What a store promises, it promises to four processes that do the same at once.</summary>
public sealed class TogetherTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Money Paid = new(100m, "EUR");

    [Theory, OnSqlite, OnPostgres]
    public async Task No_more_is_set_aside_for_an_order_than_was_paid(On on)
    {
        await using var data = await SupportData.OpenAsync(on);

        var results = await data.FourProcessesAsync((ILedger ledger, int number) => ledger.ReserveAsync(Refund($"k-{number}", 30m), Paid, false, None));

        Assert.Equal(3, results.Count(result => result.IsSuccess));
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal("over-refund", result.Failure?.Code));
        Assert.Equal(90m, (await data.Get<ILedger>().ListAsync("1042", None)).Sum(entry => entry.Amount.Amount));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_refund_once_per_order_and_one_entry_per_key(On on)
    {
        await using var data = await SupportData.OpenAsync(on);

        var results = await data.FourProcessesAsync((ILedger ledger, int number) => ledger.ReserveAsync(Refund($"k-{number % 2}", 10m), Paid, true, None));

        var kept = Assert.Single(await data.Get<ILedger>().ListAsync(null, None));
        Assert.Equal([kept], results.Where(result => result.IsSuccess).Select(result => result.Value).Distinct());
        Assert.Equal(8, results.Count(result => result.IsSuccess));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_reservation_is_settled_or_released_and_not_both(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await data.Get<ILedger>().ReserveAsync(Refund("k", 10m), Paid, false, None);

        var failed = await data.FourProcessesAsync(async (ILedger ledger, int number) => await Record.ExceptionAsync(
            () => number % 2 == 0 ? ledger.SettleAsync("k", "ref", None) : ledger.ReleaseAsync("k", "refused", None)));

        var isSettled = (await data.Get<ILedger>().ListAsync(null, None)).Single().State == LedgerState.Settled;
        Assert.All(failed.Where((_, number) => number % 2 == 0 == isSettled), Assert.Null);
        Assert.All(failed.Where((_, number) => number % 2 == 0 != isSettled), exception => Assert.IsType<InvalidOperationException>(exception));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Everything_with_a_key_is_stored_once(On on)
    {
        await using var data = await SupportData.OpenAsync(on);

        var messages = await data.FourProcessesAsync(async (IInbox inbox, int _) => await inbox.AddAsync(SupportData.Mail("<a@x>"), None));
        var pushes = await data.FourProcessesAsync((IPushes all, int _) => all.AddAsync("k", "{}", None));
        var notes = await data.FourProcessesAsync((INotifications all, int _) => all.AddAsync(new MailNotification("s", null, "r", "c"), None));
        var events = await data.FourProcessesAsync((IEvents all, int number) => all.AddAsync([Event($"e{number % 2}"), Event($"e{(number + 1) % 2}")], None));
        var tickets = await data.FourProcessesAsync((ITickets all, int _) => all.OpenAsync(
            new NewTicket { Type = TicketType.Fault, Priority = TicketPriority.Low, Department = "it", Subject = "s", Summary = "s", InstanceId = "i" }, "k", None));
        await data.FourProcessesAsync(async (IJournal all, int _) =>
        {
            await all.WriteAsync(new JournalLine("k", "i", JournalKind.Did, "text", TestClock.Start), None);
            return true;
        });
        await data.FourProcessesAsync(async (ISubscriptions all, int _) =>
        {
            await all.AddAsync("i", "t", None);
            return true;
        });

        Assert.Single(messages, one => one.Added);
        Assert.Single(pushes, isNew => isNew);
        Assert.Single(notes, isNew => isNew);
        Assert.Equal(2, events.Sum(added => added.Count(isNew => isNew)));
        Assert.Equal("T-1001", Assert.Single(tickets.Select(ticket => ticket.Number).Distinct()));
        Assert.Single(await data.Get<IJournal>().ReadAsync(["i"], None));
        Assert.Equal(["t"], Assert.Single(await data.Get<ISubscriptions>().ToAsync("t", None)).Types);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Ticket_numbers_have_no_gaps_and_none_comes_twice(On on)
    {
        await using var data = await SupportData.OpenAsync(on);

        var tickets = await data.FourProcessesAsync((ITickets all, int number) => all.OpenAsync(
            new NewTicket { Type = TicketType.Fault, Priority = TicketPriority.Low, Department = "it", Subject = "s", Summary = "s", InstanceId = "i" }, $"k-{number}", None));

        Assert.Equal(Enumerable.Range(1001, 16).Select(number => $"T-{number}"), tickets.Select(ticket => ticket.Number).Order(StringComparer.Ordinal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Messages_about_one_order_that_come_at_once_are_one_conversation(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var entries = await data.FourProcessesAsync(async (IInbox inbox, int number) => (await inbox.AddAsync(SupportData.Mail($"<{number}@x>"), None)).Entry);

        var joined = await data.FourProcessesAsync((IConversations all, int number) => all.JoinAsync(
            entries[number].Id, entries[number].Message, "de", ["1042"], TestClock.Start.AddDays(-1), TimeSpan.Zero, None));

        Assert.Single(joined.Select(one => one.Id).Distinct());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_parts_of_a_burst_that_come_at_once_are_one_conversation(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var entries = await data.FourProcessesAsync(async (IInbox inbox, int number) => (await inbox.AddAsync(SupportData.Mail($"<{number}@x>"), None)).Entry);

        var joined = await data.FourProcessesAsync((IConversations all, int number) => all.JoinAsync(
            entries[number].Id, entries[number].Message, "de", [], TestClock.Start.AddDays(-1), TimeSpan.FromMinutes(1), None));

        Assert.Single(joined.Select(one => one.Id).Distinct());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_instance_claims_a_conversation_and_one_delivery_marks_a_message(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var (entry, conversation) = await JoinedAsync(data, "<a@x>");

        var owners = await data.FourProcessesAsync((IConversations all, int number) => all.ClaimAsync(conversation, $"i-{number}", None));
        var marks = await data.FourProcessesAsync((IInbox all, int number) => all.RoutedAsync(entry, $"i-{number}", "w", "r", false, None));

        Assert.Single(owners.Distinct());
        Assert.Equal(owners[0], (await data.Get<IConversations>().FindAsync(conversation, None))!.OpenInstanceId);
        var mark = Assert.Single(marks.OfType<InboxEntry>());
        Assert.Equal(mark.InstanceId, (await data.Get<IInbox>().FindAsync(entry, None))!.InstanceId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_understood_first_holds_for_every_delivery(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var (entry, conversation) = await JoinedAsync(data, "<a@x>", understood: false);

        var understood = await data.FourProcessesAsync((IInbox all, int number) => all.UnderstoodAsync(entry, Said($"text {number}"), conversation, None));

        Assert.Single(understood.Select(one => one.Understood!.VisibleText).Distinct());
    }

    /// <summary>Each of a burst's messages tries to take all the others along: one does, and its row knows all of them.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task One_message_of_a_burst_takes_the_others(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var ids = new List<string>();
        for (var number = 0; number < 4; number++) ids.Add((await JoinedAsync(data, $"<{number}@x>")).Entry);

        var took = await data.FourProcessesAsync(async (IInbox all, int number) =>
        {
            var id = ids[number % 4];
            if (!await all.ReadTogetherAsync(id, [.. ids.Where(other => other != id)], Said("all of it"), None)) return null;
            return await all.RoutedAsync(id, "i", "w", "r", false, None) is null ? null : id;
        });

        var leader = Assert.Single(took.OfType<string>());
        foreach (var id in ids)
        {
            var row = (await data.Get<IInbox>().FindAsync(id, None))!;
            Assert.Equal((InboxState.Routed, "i", id == leader ? null : leader), (row.State, row.InstanceId, row.ReadWith));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_content_is_published_under_an_identity_and_all_of_a_batch_or_none(On on)
    {
        await using var data = await SupportData.OpenAsync(on);

        var published = await data.FourProcessesAsync((IDefinitionStore all, int number) => all.PublishAsync(
            [Definition($"own-{number}", $"own-{number}"), Definition("shared", $"content-{number % 3}")], None));

        var stored = await data.Get<IDefinitionStore>().AfterAsync(0, None);
        var shared = Assert.Single(stored, one => one.Name == "shared");
        foreach (var (result, number) in published.Select((result, number) => (result, number)))
        {
            var isShared = $"hash-content-{number % 3}" == shared.Hash;
            Assert.Equal(isShared, result.Taken.Count == 0);
            Assert.Equal(isShared, stored.Any(one => one.Name == $"own-{number}"));
        }
    }

    /// <summary>Hosts ask for what came after the last number that they saw: a smaller one that is committed later would never be seen.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task A_number_is_seen_only_after_every_smaller_one(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await using var other = data.Compose();
        var (took, mayCommit) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = data.Get<SupportWriter>().WriteAsync(
            async db =>
            {
                await db.NextAsync("definitions", None);
                took.TrySetResult();
                await mayCommit.Task;
            },
            None);
        await took.Task;

        // SQLite waits for its lock without awaiting.
        var next = Task.Run(() => other.GetRequiredService<IDefinitionStore>().PublishAsync([Definition("later", "later")], None));
        var first = await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(200)));
        mayCommit.SetResult();
        await slow;

        Assert.NotSame(next, first);
        Assert.Equal(2, (await next).Published.Single().Definition.Number);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_last_of_two_corrections_stays_and_every_one_gets_a_number(On on)
    {
        await using var data = await SupportData.OpenAsync(on);

        var kept = await data.FourProcessesAsync((ICorrections all, int number) => all.KeepAsync(CorrectionTests.Of("m-1") with { Intent = $"intent-{number}" }, None));

        Assert.Equal(16, kept.Select(one => one.Number).Distinct().Count());
        Assert.Equal(kept.MaxBy(one => one.Number)!.Intent, (await data.Get<ICorrections>().FindAsync("m-1", None))!.Intent);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_ticket_is_decided_once(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var ticket = await data.Get<ITickets>().OpenAsync(
            new NewTicket { Type = TicketType.Approval, Priority = TicketPriority.Low, Department = "it", Subject = "s", Summary = "s", InstanceId = "i" }, "k", None);

        var decided = await data.FourProcessesAsync((ITickets all, int number) => all.DecideAsync(ticket.Number, number % 2 == 0, $"person-{number}", null, None));

        Assert.Single(decided.Select(one => (one!.State, one.DecidedBy)).Distinct());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_latest_end_of_a_models_wait_holds_for_all(On on)
    {
        await using var data = await SupportData.OpenAsync(on);

        await data.FourProcessesAsync(async (IModelWaits waits, int number) =>
        {
            await waits.BeginAsync("support-mini", TestClock.Start.AddSeconds(number), None);
            return true;
        });

        Assert.Equal(TestClock.Start.AddSeconds(15), await data.Get<IModelWaits>().UntilAsync("support-mini", None));
        Assert.Null(await data.Get<IModelWaits>().UntilAsync("other", None));
    }

    private static async Task<(string Entry, string Conversation)> JoinedAsync(SupportData data, string id, bool understood = true)
    {
        var entry = (await data.Get<IInbox>().AddAsync(SupportData.Mail(id), None)).Entry;
        var conversation = await data.Get<IConversations>().JoinAsync(entry.Id, entry.Message, "de", [], TestClock.Start.AddDays(-1), TimeSpan.FromMinutes(1), None);
        if (understood) await data.Get<IInbox>().UnderstoodAsync(entry.Id, Said("Hallo"), conversation.Id, None);
        return (entry.Id, conversation.Id);
    }

    private static UnderstoodMessage Said(string text) => new()
    {
        Kind = MessageKind.Person,
        Language = "de",
        VisibleText = text,
        Intents = [new ScoredIntent("order_status", 0.9)],
        Entities = MessageEntities.None,
        ModelVersion = "test",
    };

    private static LedgerEntry Refund(string key, decimal amount) => new()
    {
        Key = key,
        OrderNumber = "1042",
        Kind = LedgerKind.Refund,
        Amount = new Money(amount, "EUR"),
        State = LedgerState.Reserved,
        InstanceId = "i-1",
        AllowedBy = "policy",
        CreatedAt = TestClock.Start,
    };

    private static IncomingEvent Event(string id) => new("s", id, "t", "{}");

    private static NewDefinition Definition(string name, string content) => new($"hash-{content}", "default", name, "1.0.0", content, new Dictionary<string, string>());
}
