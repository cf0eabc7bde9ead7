using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;

namespace AutoFlow.Functions.Tests.Steps;

public sealed class LedgerMoveTests
{
    private static readonly Order TheOrder = Sample.Order();

    [Theory]
    [InlineData("refundOrder")]
    [InlineData("reshipOrder")]
    public async Task Killed_anywhere_and_repeated_it_moves_once(string step)
    {
        for (var survived = 0; ; survived++)
        {
            var world = Given();
            world.Gate.DieAfter(survived);
            var killed = await Record.ExceptionAsync(() => MoveAsync(world, step));
            world.Gate.Live();

            var outcome = await MoveAsync(world, step);

            Assert.Equal("80", World.Output<LedgerMove.Settled>(outcome).Amount.Amount.ToString("0", null));
            Assert.Equal(1, world.Shop.Refunds.Count + world.Shop.Reships.Count);
            Assert.True(Assert.Single(world.Ledger.Entries) is { State: LedgerState.Settled, AllowedBy: "policy" });
            Assert.Single(world.Journal.Lines);
            if (killed is null) break;
            Assert.IsType<KilledException>(killed);
        }
    }

    [Fact]
    public async Task The_shop_is_asked_with_the_calls_key_and_not_again_once_settled()
    {
        var world = Given();

        var first = World.Output<LedgerMove.Settled>(await MoveAsync(world, "refundOrder"));
        var again = World.Output<LedgerMove.Settled>(await MoveAsync(world, "refundOrder"));

        Assert.Equal("key-1", Assert.Single(world.Shop.Refunds).Key);
        Assert.Equal(first, again);
        Assert.Single(world.Gate.Passed, operation => operation == "shop.refund");
    }

    [Fact]
    public async Task A_refusal_of_the_shop_frees_the_amount()
    {
        var world = Given();
        world.Shop.Fails = _ => new Failure("over-refund", "No.");

        var outcome = await MoveAsync(world, "refundOrder");

        Assert.Equal("over-refund", outcome.Failure!.Code);
        Assert.Equal(LedgerState.Released, Assert.Single(world.Ledger.Entries).State);
        Assert.Empty(world.Journal.Lines);
    }

    [Fact]
    public async Task A_refused_move_is_not_asked_again_when_its_step_is_repeated()
    {
        var world = Given();
        world.Shop.Fails = _ => new Failure("shop-refused", "No.");
        await MoveAsync(world, "refundOrder");
        world.Shop.Fails = _ => null;

        var repeated = await MoveAsync(world, "refundOrder");

        Assert.Equal(("refused-before", false), (repeated.Failure!.Code, repeated.Failure.IsTransient));
        Assert.Empty(world.Shop.Refunds);
        Assert.Equal(LedgerState.Released, Assert.Single(world.Ledger.Entries).State);
    }

    [Fact]
    public async Task A_silent_shop_keeps_the_amount_set_aside_and_the_retry_finishes()
    {
        var world = Given();
        world.Shop.Fails = _ => new Failure("shop-unavailable", "No answer.", IsTransient: true);

        var silent = await MoveAsync(world, "refundOrder");
        Assert.True(silent.Failure!.IsTransient);
        Assert.Equal(LedgerState.Reserved, Assert.Single(world.Ledger.Entries).State);
        world.Shop.Fails = _ => null;
        await MoveAsync(world, "refundOrder");

        Assert.Equal(LedgerState.Settled, Assert.Single(world.Ledger.Entries).State);
        Assert.Single(world.Shop.Refunds);
    }

    [Fact]
    public async Task Another_call_for_the_same_order_moves_nothing()
    {
        var world = Given();
        await MoveAsync(world, "refundOrder");

        var outcome = await MoveAsync(world, "refundOrder", "key-2");

        Assert.Equal(("already-compensated", false), (outcome.Failure!.Code, outcome.Failure.IsTransient));
        Assert.Single(world.Shop.Refunds);
    }

    private static World Given()
    {
        var world = new World();
        world.Shop.Orders.Add(TheOrder);
        return world;
    }

    private static Task<StepOutcome> MoveAsync(World world, string step, string key = "key-1") => step == "refundOrder"
        ? world.RunAsync(step, new RefundOrder.With { Order = TheOrder, Amount = Sample.Eur(80), Reason = "test", AllowedBy = "policy" }, key)
        : world.RunAsync(step, new ReshipOrder.With { Order = TheOrder, Amount = Sample.Eur(80), AllowedBy = "policy" }, key);
}
