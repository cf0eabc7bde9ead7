using AutoFlow.Support;
using AutoFlow.Support.Tickets;

namespace AutoFlow.Storage.Tests;

public sealed class TicketTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static NewTicket New(string department = "claims", Money? amount = null) => new()
    {
        Type = TicketType.Approval,
        Priority = TicketPriority.High,
        Department = department,
        Subject = "Refund over the limit",
        Summary = "Parcel lost",
        ConversationId = "c-1",
        InstanceId = "i-1",
        OrderNumber = "1042",
        Amount = amount,
        DueAt = TestClock.Start.AddHours(8),
    };

    [Theory, OnSqlite, OnPostgres]
    public async Task A_key_opens_one_ticket_also_sixteen_at_once(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var tickets = data.Get<ITickets>();

        var opened = await SupportData.SixteenTimesAsync(_ => tickets.OpenAsync(New(amount: new Money(180.50m, "EUR")), "i-1/approve", None));
        await data.ReopenAsync();

        Assert.Single(opened.Distinct());
        Assert.Equal([opened[0]], await data.Get<ITickets>().ListAsync(null, null, None));
        Assert.Equal("T-1001", opened[0].Number);
        Assert.Equal(new Money(180.50m, "EUR"), opened[0].Amount);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Numbers_have_no_gaps_and_no_doubles_under_sixteen_writers(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var tickets = data.Get<ITickets>();

        var opened = await SupportData.SixteenTimesAsync(number => tickets.OpenAsync(New(), $"key-{number}", None));

        Assert.Equal(Enumerable.Range(1001, 16).Select(number => $"T-{number}"), opened.Select(ticket => ticket.Number).Order());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_first_decision_stands(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var tickets = data.Get<ITickets>();
        var number = (await tickets.OpenAsync(New(), "k", None)).Number;
        data.Clock.Advance(TimeSpan.FromHours(1));

        var decided = await tickets.DecideAsync(number, approved: false, "maria", "no photo", None);
        data.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal((TicketState.Refused, "maria", "no photo", TestClock.Start.AddHours(1)), (decided!.State, decided.DecidedBy, decided.Note, decided.DecidedAt));
        Assert.Equal(decided, await tickets.DecideAsync(number, approved: true, "paul", null, None));
        Assert.Equal(decided, await tickets.CloseAsync(number, "paul", null, None));
        Assert.Equal(decided, await tickets.FindAsync(number, None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Unknown_tickets_are_null(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var tickets = data.Get<ITickets>();

        Assert.Null(await tickets.FindAsync("T-1", None));
        Assert.Null(await tickets.DecideAsync("T-1", true, "maria", null, None));
        Assert.Null(await tickets.CloseAsync("T-1", "maria", null, None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_list_is_filtered_by_state_and_department(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var tickets = data.Get<ITickets>();
        var first = await tickets.OpenAsync(New("claims"), "1", None);
        var second = await tickets.OpenAsync(New("returns"), "2", None);
        var third = await tickets.OpenAsync(New("claims"), "3", None);
        third = await tickets.CloseAsync(third.Number, "maria", null, None);

        Assert.Equal([first, second, third!], await tickets.ListAsync(null, null, None));
        Assert.Equal([first, third!], await tickets.ListAsync(null, "claims", None));
        Assert.Equal([first, second], await tickets.ListAsync(TicketState.Open, null, None));
        Assert.Equal([third!], await tickets.ListAsync(TicketState.Closed, "claims", None));
    }
}
