using AutoFlow.Support.Decisions;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using FsCheck;
using FsCheck.Fluent;
using static AutoFlow.Support.Tests.Decisions.Sample;

namespace AutoFlow.Support.Tests.Decisions;

public sealed class CompensationDecisionTests
{
    [Theory]
    [InlineData(CompensationCause.Lost, null, "reship")]
    [InlineData(CompensationCause.Lost, LedgerKind.Refund, "refund")]
    [InlineData(CompensationCause.Damaged, null, "refund")]
    [InlineData(CompensationCause.Damaged, LedgerKind.Reship, "reship")]
    public void The_customers_wish_goes_before_the_policys(CompensationCause cause, LedgerKind? wish, string action) =>
        Assert.Equal(action, CompensationDecision.Decide(cause, Shipped, Shipped.Items, wish, Compensation, []).Action);

    [Theory]
    [InlineData(150, "refund")]
    [InlineData(150.01, "needs-approval")]
    [InlineData(400, "needs-approval")]
    public void The_limit_itself_is_still_automatic(decimal total, string action)
    {
        var order = Shipped with { Total = Euro(total) };
        var decision = CompensationDecision.Decide(CompensationCause.Lost, order, order.Items, LedgerKind.Refund, Compensation, []);
        Assert.Equal((action, Euro(total)), (decision.Action, decision.Amount));
    }

    [Fact]
    public void A_small_part_of_a_large_order_still_needs_approval() =>
        Assert.Equal("needs-approval", CompensationDecision.Decide(
            CompensationCause.Damaged, Shipped with { Total = Euro(401) }, [Bottle], null, Compensation, []).Action);

    [Fact]
    public void Only_the_affected_lines_are_paid_back_or_sent_again()
    {
        Assert.Equal(Euro(20), CompensationDecision.Decide(CompensationCause.Missing, Shipped, [Socks], LedgerKind.Refund, Compensation, []).Amount);
        Assert.Equal(["i2"], CompensationDecision.Decide(CompensationCause.Missing, Shipped, [Socks], LedgerKind.Reship, Compensation, []).ItemIds);
    }

    [Fact]
    public void Unknown_lines_go_to_a_person_unless_there_is_one_only()
    {
        Assert.Equal("needs-approval", CompensationDecision.Decide(CompensationCause.Damaged, Shipped, null, null, Compensation, []).Action);
        Assert.Equal("refund", CompensationDecision.Decide(CompensationCause.Damaged, Shipped with { Items = [Bottle] }, null, null, Compensation, []).Action);
    }

    [Theory]
    [InlineData(LedgerState.Reserved, "already-compensated")]
    [InlineData(LedgerState.Settled, "already-compensated")]
    [InlineData(LedgerState.Released, "reship")]
    public void Once_per_order_counts_what_is_reserved_or_settled(LedgerState state, string action) =>
        Assert.Equal(action, CompensationDecision.Decide(CompensationCause.Lost, Shipped, Shipped.Items, null, Compensation, [Given(LedgerKind.Refund, 5, state)]).Action);

    [Fact]
    public void Once_per_order_counts_what_the_shop_paid_back_by_itself()
    {
        var order = Shipped with { Financial = FinancialStatus.PartiallyRefunded, Refunded = Euro(5) };
        Assert.Equal("already-compensated", CompensationDecision.Decide(CompensationCause.Lost, order, order.Items, null, Compensation, []).Action);
        Assert.Equal("reship", CompensationDecision.Decide(CompensationCause.Lost, order, order.Items, null, Compensation with { OncePerOrder = false }, []).Action);
    }

    [Theory]
    [InlineData(FinancialStatus.Pending, "refused")]
    [InlineData(FinancialStatus.Authorized, "refused")]
    [InlineData(FinancialStatus.Voided, "refused")]
    [InlineData(FinancialStatus.Refunded, "already-compensated")]
    public void What_is_not_paid_or_paid_back_is_not_given(FinancialStatus financial, string action) =>
        Assert.Equal(action, CompensationDecision.Decide(CompensationCause.Lost, Shipped with { Financial = financial }, Shipped.Items, null, Compensation, []).Action);

    [Fact]
    public void A_currency_without_a_limit_needs_a_person()
    {
        var order = Shipped with { Total = new(10, "SEK"), Refunded = Money.Zero("SEK"), Items = [Bottle with { Price = new(10, "SEK") }] };
        Assert.Equal("needs-approval", CompensationDecision.Decide(CompensationCause.Lost, order, null, null, Compensation, []).Action);
    }

    [Fact]
    public void Automatic_money_is_never_above_the_limit_nor_above_what_is_left()
    {
        var cases = from total in Gen.Choose(0, 60000)
                    from refunded in Gen.Choose(0, 60000)
                    from before in Gen.Choose(0, 30000)
                    from kind in Gen.Elements(LedgerKind.Refund, LedgerKind.Reship)
                    from state in Gen.Elements(LedgerState.Reserved, LedgerState.Settled, LedgerState.Released)
                    from once in Gen.Elements(true, false)
                    select (Total: total / 100m, Refunded: Math.Min(total, refunded) / 100m, Before: before / 100m, kind, state, once);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var order = Shipped with { Total = Euro(c.Total), Refunded = Euro(c.Refunded), Financial = c.Refunded > 0 ? FinancialStatus.PartiallyRefunded : FinancialStatus.Paid };
            LedgerEntry[] ledger = c.Before > 0 ? [Given(c.kind, c.Before, c.state)] : [];
            var decision = CompensationDecision.Decide(CompensationCause.Lost, order, order.Items, LedgerKind.Refund, Compensation with { OncePerOrder = c.once }, ledger);
            var reserved = ledger.Where(e => e.Kind == LedgerKind.Refund && e.State == LedgerState.Reserved).Sum(e => e.Amount.Amount);
            var settled = ledger.Where(e => e.Kind == LedgerKind.Refund && e.State == LedgerState.Settled).Sum(e => e.Amount.Amount);
            var givenBack = Math.Max(c.Refunded, settled) + reserved;
            return decision.Amount.Amount >= 0
                && (decision.Action != "refund" || (decision.Amount.Amount + givenBack <= c.Total && decision.Amount.Amount <= 150 && c.Total <= 400))
                && (decision.Action != "refund" || decision.Amount.Amount + settled + reserved <= 150)
                && (decision.Action != "refund" || !c.once || (c.Refunded == 0 && ledger.All(e => e.State == LedgerState.Released)));
        }).QuickCheckThrowOnFailure();
    }
}
