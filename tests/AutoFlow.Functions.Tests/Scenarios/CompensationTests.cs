using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Tickets;
using AutoFlow.Workflows.Execution;

namespace AutoFlow.Functions.Tests.Scenarios;

/// <summary>compensate and await-approval.</summary>
public sealed class CompensationTests
{
    private readonly World _world = new();
    private readonly Order _order = Sample.Order(parcels: "P1");

    public CompensationTests() => _world.Shop.Orders.Add(_order);

    [Fact]
    public void Within_the_limit_goods_move_once()
    {
        var run = Compensate(_order, out var result);

        Assert.Equal(["reshipOrder"], run.Deeds.Where(line => !line.StartsWith("deci", StringComparison.Ordinal)));
        Assert.Equal("reship", result.Output!["paragraphs"][0]["key"].AsString());
        Assert.Equal(80, result.Output["promised"][0]["amount"].AsNumber());
    }

    [Fact]
    public void Over_the_limit_a_person_decides()
    {
        var run = Compensate(Sample.Order(total: 350, parcels: "P1"), out var result);

        Assert.Equal(["openTicket Approval", "start await-approval T-1 Reship"], run.Deeds);
        Assert.Equal("reship-pending", result.Output!["paragraphs"][0]["key"].AsString());
        Assert.Equal(0, result.Output["promised"].Count);
    }

    [Fact]
    public void What_was_compensated_before_moves_nothing()
    {
        _world.Ledger.Add(new LedgerEntry
        {
            Key = "before",
            OrderNumber = "1001",
            Kind = LedgerKind.Reship,
            Amount = Sample.Eur(80),
            State = LedgerState.Settled,
            InstanceId = "x",
            AllowedBy = "policy",
            CreatedAt = Sample.Start,
        });

        var run = Compensate(_order, out var result);

        Assert.Empty(run.Deeds);
        Assert.Equal("already-reshipped", result.Output!["paragraphs"][0]["key"].AsString());
    }

    [Fact]
    public void An_order_that_is_not_paid_gives_nothing_back()
    {
        Compensate(_order with { Financial = FinancialStatus.Pending }, out var result);

        Assert.Equal("nothing-to-refund", result.Output!["paragraphs"][0]["key"].AsString());
        Assert.Empty(_world.Ledger.Entries);
    }

    [Fact]
    public void A_shop_that_refuses_leaves_it_to_a_person_and_the_ledger_is_free_again()
    {
        _world.Shop.Fails = call => call == "reship" ? new Failure("out-of-stock", "Nothing left.") : null;

        var run = Compensate(_order, out _);

        Assert.Equal(["reshipOrder", "openTicket Approval", "start await-approval T-1 Reship"], run.Deeds);
        Assert.Equal(LedgerState.Released, Assert.Single(_world.Ledger.Entries).State);
    }

    [Theory]
    [InlineData("Refund", "refundOrder", "refund")]
    [InlineData("Reship", "reshipOrder", "reship")]
    public void An_approval_moves_what_was_approved_and_tells(string what, string step, string paragraph)
    {
        var run = Approve(what, approved: true, decidedBefore: false);

        Assert.Equal(["readTicket", step, $"sendReply {paragraph}"], run.Story);
        Assert.Equal("Vera", Assert.Single(_world.Ledger.Entries).AllowedBy);
    }

    [Fact]
    public void An_approved_cancellation_cancels_refunds_and_tells()
    {
        var run = Approve("Cancel", approved: true, decidedBefore: false);

        Assert.Equal(["readTicket", "cancelOrder", "refundOrder", "sendReply cancelled"], run.Story);
    }

    [Fact]
    public void An_approved_cancellation_of_an_unpaid_order_only_cancels()
    {
        var run = Approve("Cancel", approved: true, decidedBefore: false, amount: 0);

        Assert.Equal(["readTicket", "cancelOrder", "sendReply cancelled"], run.Story);
    }

    [Theory]
    [InlineData("Refund", "approval-refused")]
    [InlineData("Cancel", "cancel-refused")]
    public void A_refusal_moves_nothing_and_tells(string what, string paragraph)
    {
        Assert.Equal(["readTicket", $"sendReply {paragraph}"], Approve(what, approved: false, decidedBefore: false).Story);
        Assert.Empty(_world.Ledger.Entries);
    }

    [Fact]
    public void A_person_who_was_faster_is_not_waited_for() =>
        Assert.Equal(["readTicket", "refundOrder", "sendReply refund"], Approve("Refund", approved: true, decidedBefore: true).Story);

    private Scenario Compensate(Order order, out WorkflowResult result)
    {
        var run = new Scenario(_world);
        result = run.Run("compensate", new { cause = CompensationCause.Lost, order, trackingNumber = "P1", conversation = Sample.Conversation, language = "en" });
        Assert.Null(result.Error);
        return run;
    }

    private Scenario Approve(string what, bool approved, bool decidedBefore, decimal amount = 80)
    {
        var ticket = Opened();
        var run = new Scenario(_world);
        var decided = ticket with { State = approved ? TicketState.Approved : TicketState.Refused, DecidedBy = "Vera" };
        if (decidedBefore) _world.Tickets.Decide(ticket.Number, approved, "Vera");
        else run.After(TimeSpan.FromDays(20), CloudEvent.TicketDecided, "T-1-decided", decided);
        return run.RunToEnd("await-approval", new
        {
            ticket = ticket.Number,
            what,
            amount = Sample.Eur(amount),
            itemIds = Array.Empty<string>(),
            order = _order,
            conversation = Sample.Conversation,
            language = "en",
        });
    }

    private Ticket Opened() => _world.Tickets.Add(new NewTicket
    {
        Type = TicketType.Approval,
        Priority = TicketPriority.Normal,
        Department = "finance",
        Subject = "Allow it",
        Summary = "Please.",
        InstanceId = "x",
    });
}
