using System.Net.Sockets;
using AutoFlow.Storage.Postgres;
using AutoFlow.Support;
using AutoFlow.Support.Definitions;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Tickets;
using AutoFlow.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AutoFlow.Storage.Tests;

/// <summary>A connection that is cut anywhere, and a server that goes away, lose nothing and do nothing twice.</summary>
public sealed class FailoverTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>
    /// Every request of a write is cut, before it arrives and after. Whatever comes of it is true: what was returned is stored,
    /// what threw is there or not, and a repeat finds one of the two.
    /// </summary>
    [Theory, OnPostgres(false), OnPostgres(true)]
    public async Task A_write_that_is_cut_at_any_request_is_made_once(On on, bool arrives)
    {
        await using var data = await SupportData.OpenAsync(on);
        using var proxy = new CuttingProxy(data.Postgres!.Port);
        await using var app = data.Compose(data.Postgres with { Port = proxy.Port });
        var (inbox, ledger) = (app.GetRequiredService<IInbox>(), app.GetRequiredService<ILedger>());
        await inbox.CountAsync(None);
        var cuts = 0;
        var threw = new List<string>();

        for (var request = 1; ; request++)
        {
            var message = SupportData.Mail($"<{request}@x>");
            proxy.CutAt(request, arrives);
            var added = await Record.ExceptionAsync(async () => Assert.True((await inbox.AddAsync(message, None)).Added));
            if (!proxy.HasCut) break;
            cuts++;
            if (added is not null) threw.Add($"{request}: {added}");
            else Assert.NotNull(await data.Get<IInbox>().FindAsync(InboxId.Of("mail", message.Id), None));
            await inbox.AddAsync(message, None);

            proxy.CutAt(request, arrives);
            var entry = Refund($"k-{request}", $"order-{request}");
            var reserved = await Record.ExceptionAsync(async () => Assert.True((await ledger.ReserveAsync(entry, new Money(1m, "EUR"), true, None)).IsSuccess));
            if (reserved is null) Assert.Single(await data.Get<ILedger>().ListAsync(entry.OrderNumber, None));
            Assert.True((await ledger.ReserveAsync(entry, new Money(1m, "EUR"), true, None)).IsSuccess);
        }

        // BEGIN goes with the first statement; then the counter, the row and the commit.
        Assert.True(cuts >= 4, $"Only {cuts} requests were cut.");
        Assert.Single(threw); // the commit's answer, and nothing else
        Assert.Equal(cuts + 1, await inbox.CountAsync(None));
        Assert.Equal(cuts, (await ledger.ListAsync(null, None)).Count);
    }

    /// <summary>Null says that another delivery took care of the message: it must not be our own mark that is found on another try.</summary>
    [Theory, OnPostgres(false), OnPostgres(true)]
    public async Task A_mark_whose_commit_was_cut_is_never_taken_for_somebody_elses(On on, bool arrives)
    {
        await using var data = await SupportData.OpenAsync(on);
        using var proxy = new CuttingProxy(data.Postgres!.Port);
        await using var app = data.Compose(data.Postgres with { Port = proxy.Port });
        var inbox = app.GetRequiredService<IInbox>();

        for (var request = 1; ; request++)
        {
            var id = (await inbox.AddAsync(SupportData.Mail($"<{request}@x>"), None)).Entry.Id;
            proxy.CutAt(request, arrives);
            InboxEntry? marked = null;
            var threw = await Record.ExceptionAsync(async () => marked = await inbox.RoutedAsync(id, "i", "w", "r", true, None));
            if (!proxy.HasCut) break;
            Assert.True(threw is not null || marked is not null, $"The mark was lost at request {request}.");
        }
    }

    /// <summary>What a failover does to every connection (57P01), again and again, while four processes write.</summary>
    [Theory, OnPostgres]
    public async Task Sessions_that_the_server_ends_again_and_again_lose_nothing(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var server = await PostgresServer.StartedAsync();
        var ended = 0;
        var killer = Task.Run(async () =>
        {
            while (ended < 12)
            {
                ended += (await server.RunAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{data.Postgres!.User}'")).Count;
                await Task.Delay(100);
            }
        });

        var numbers = await data.FourProcessesAsync(async (ITickets tickets, int number) =>
        {
            var opened = new List<string>();
            for (var ticket = 0; ticket < 4 || !killer.IsCompleted; ticket++) opened.Add(await AgainAsync(() => tickets.OpenAsync(Ticket, $"k-{number}-{ticket}", None)));
            return opened;
        });
        await killer;

        var stored = (await data.Get<ITickets>().ListAsync(null, null, None)).Select(ticket => ticket.Number).ToList();
        Assert.Equal(stored, Enumerable.Range(1001, stored.Count).Select(number => $"T-{number}"));
        Assert.Equal(stored.Order(StringComparer.Ordinal), numbers.SelectMany(opened => opened).Order(StringComparer.Ordinal));
    }

    [Theory, OnPostgres]
    public async Task A_server_that_is_away_for_a_while_is_waited_for(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        using var proxy = new CuttingProxy(data.Postgres!.Port);
        await using var app = data.Compose(data.Postgres with { Port = proxy.Port });
        var inbox = app.GetRequiredService<IInbox>();
        await inbox.CountAsync(None);

        proxy.GoDown();
        var found = Task.Run(() => app.GetRequiredService<IDefinitionStore>().Find("unknown")); // as an orchestration does, which may not await
        var added = inbox.AddAsync(SupportData.Mail("<a@x>"), None);
        var counted = inbox.CountAsync(None);
        while (proxy.Refused < 6) await Task.Delay(20);
        proxy.ComeUp();

        Assert.True((await added).Added);
        Assert.InRange(await counted, 0, 1);
        Assert.Null(await found);
    }

    /// <summary>It holds the order's lock, and would for ever.</summary>
    [Theory, OnPostgres]
    public async Task A_worker_that_is_frozen_in_a_write_is_thrown_out_and_makes_it_again_when_it_wakes(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        await using var app = data.Compose(data.Postgres! with { LongestPause = TimeSpan.FromMilliseconds(300) });
        var (frozen, wakes, tries) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var slow = app.GetRequiredService<SupportWriter>().WriteAsync(
            async db =>
            {
                await db.AloneAsync("ledger", "1042", None);
                if (++tries > 1) return await db.NextAsync("ledger", None);
                frozen.SetResult();
                await wakes.Task;
                return await db.NextAsync("ledger", None);
            },
            None);
        await frozen.Task;

        Assert.True((await data.Get<ILedger>().ReserveAsync(Refund("k", "1042"), new Money(1m, "EUR"), true, None)).IsSuccess);
        wakes.SetResult();

        Assert.Equal(2L, await slow);
        // On a slow machine the server throws out another try too.
        Assert.True(tries >= 2, "The frozen one was not thrown out.");
    }

    [Theory]
    [InlineData("57P01", false, "Absent")]
    [InlineData("57P02", false, "Absent")]
    [InlineData("57P03", false, "Absent")]
    [InlineData("25006", false, "Absent")]
    [InlineData("53300", false, "Absent")]
    [InlineData("08006", false, "Absent")]
    [InlineData("40001", false, "Conflict")]
    [InlineData("40P01", false, "Conflict")]
    [InlineData("23505", false, "Conflict")]
    [InlineData("40001", true, "Conflict")]
    [InlineData("23514", false, "Lasting")]
    [InlineData("42501", false, "Lasting")]
    [InlineData("28P01", false, "Lasting")]
    [InlineData("22021", false, "Lasting")]
    [InlineData("57P01", true, "Lasting")] // the server may have committed before it said so
    [InlineData("08006", true, "Lasting")]
    public void What_the_server_says_means(string state, bool committing, string fault)
    {
        var said = new PostgresException("text", "FATAL", "FATAL", state);

        Assert.Equal(fault, PostgresFaults.Of(said, committing).ToString());
        Assert.Equal(fault, PostgresFaults.Of(new InvalidOperationException("likely transient", new DbUpdateException("saving", said)), committing).ToString());
    }

    [Fact]
    public void A_cut_connection_and_a_row_that_was_changed_mean()
    {
        var cut = new NpgsqlException("cut", new IOException());

        Assert.Equal(PostgresFault.Absent, PostgresFaults.Of(cut, committing: false));
        Assert.Equal(PostgresFault.Lasting, PostgresFaults.Of(cut, committing: true));
        Assert.Equal(PostgresFault.Conflict, PostgresFaults.Of(new DbUpdateConcurrencyException(), committing: false));
        Assert.Equal(PostgresFault.Lasting, PostgresFaults.Of(new InvalidOperationException("a bug"), committing: false));
    }

    [Theory]
    [InlineData("57P01", true)]
    [InlineData("25006", true)]
    [InlineData("08006", true)]
    [InlineData("53300", false)] // no room
    [InlineData("55P03", false)] // a lock that was not had in time
    [InlineData("25P03", false)] // this session alone was ended
    public void The_other_connections_are_given_up_when_the_server_says_that_it_ends_them(string state, bool broken) =>
        Assert.Equal(broken, PostgresDialect.IsBroken(new DbUpdateException("saving", new PostgresException("text", "FATAL", "FATAL", state))));

    [Fact]
    public void The_other_connections_are_given_up_when_one_was_cut_but_not_when_the_pool_is_full()
    {
        Assert.True(PostgresDialect.IsBroken(new NpgsqlException("cut", new IOException())));
        Assert.True(PostgresDialect.IsBroken(new NpgsqlException("cut", new SocketException())));
        Assert.False(PostgresDialect.IsBroken(new NpgsqlException("full", new TimeoutException())));
    }

    [Fact]
    public void An_absence_is_waited_for_half_a_minute_whatever_met_somebody_faster_before()
    {
        var clock = new TestClock();
        using var source = NpgsqlDataSource.Create("Host=unused");
        var dialect = new PostgresDialect(source, new PostgresOptions());
        var tries = new Tries(clock);
        var (conflict, cut) = (new DbUpdateConcurrencyException(), new NpgsqlException("cut", new IOException()));
        for (var met = 0; met < 20; met++) Assert.NotNull(dialect.AgainAfter(conflict, tries, false));

        // The first one is tried again however long it took to notice.
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(TimeSpan.Zero, dialect.AgainAfter(cut, tries, false));
        Assert.Equal(TimeSpan.FromSeconds(0.2), dialect.AgainAfter(cut, tries, false));
        clock.Advance(TimeSpan.FromSeconds(14.9));
        Assert.Equal(TimeSpan.FromSeconds(0.1), dialect.AgainAfter(cut, tries, false));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(dialect.AgainAfter(cut, tries, false));
    }

    private static NewTicket Ticket => new() { Type = TicketType.Fault, Priority = TicketPriority.Low, Department = "it", Subject = "s", Summary = "s", InstanceId = "i" };

    /// <summary>What threw is delivered again, as the queue does it.</summary>
    private static async Task<string> AgainAsync(Func<Task<Ticket>> open)
    {
        while (true)
        {
            try
            {
                return (await open()).Number;
            }
            catch (Exception exception) when (exception is NpgsqlException || exception.InnerException is NpgsqlException)
            {
            }
        }
    }

    private static LedgerEntry Refund(string key, string order) => new()
    {
        Key = key,
        OrderNumber = order,
        Kind = LedgerKind.Refund,
        Amount = new Money(1m, "EUR"),
        State = LedgerState.Reserved,
        InstanceId = "i-1",
        AllowedBy = "policy",
        CreatedAt = TestClock.Start,
    };
}
