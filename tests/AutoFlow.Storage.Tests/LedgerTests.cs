using AutoFlow.Support;
using AutoFlow.Support.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Storage.Tests;

public sealed class LedgerTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Money Paid = new(100m, "EUR");

    private static LedgerEntry Entry(string key, decimal amount, LedgerKind kind = LedgerKind.Refund, string order = "1042") => new()
    {
        Key = key,
        OrderNumber = order,
        Kind = kind,
        Amount = new Money(amount, "EUR"),
        State = LedgerState.Reserved,
        InstanceId = "i-1",
        AllowedBy = "policy",
        CreatedAt = TestClock.Start,
    };

    [Theory, OnSqlite, OnPostgres]
    public async Task A_known_key_returns_its_entry_whatever_is_asked(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var ledger = data.Get<ILedger>();

        var first = await ledger.ReserveAsync(Entry("k", 12.50m), Paid, false, None);
        await ledger.SettleAsync("k", "refund-1", None);
        var again = await ledger.ReserveAsync(Entry("k", 999m), Paid, true, None);

        Assert.Equal(Entry("k", 12.50m), first.Value);
        Assert.Equal(Entry("k", 12.50m) with { State = LedgerState.Settled, Reference = "refund-1" }, again.Value);
        await data.ReopenAsync();
        Assert.Equal([again.Value!], await data.Get<ILedger>().ListAsync("1042", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task More_than_was_paid_is_refused_and_all_of_it_is_allowed(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var ledger = data.Get<ILedger>();
        await ledger.ReserveAsync(Entry("1", 60m), Paid, false, None);

        var over = await ledger.ReserveAsync(Entry("2", 40.01m, LedgerKind.Reship), Paid, false, None);
        var exact = await ledger.ReserveAsync(Entry("3", 40m), Paid, false, None);

        Assert.Equal("over-refund", over.Failure?.Code);
        Assert.True(exact.IsSuccess);
        Assert.Equal(["1", "3"], (await ledger.ListAsync(null, None)).Select(entry => entry.Key));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_released_amount_is_free_again(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var ledger = data.Get<ILedger>();
        await ledger.ReserveAsync(Entry("1", 100m), Paid, true, None);
        await ledger.ReleaseAsync("1", "shop refused", None);
        await ledger.ReleaseAsync("1", "again", None);

        Assert.True((await ledger.ReserveAsync(Entry("2", 100m), Paid, true, None)).IsSuccess);
        Assert.Equal(LedgerState.Released, (await ledger.ReserveAsync(Entry("1", 100m), Paid, true, None)).Value!.State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Once_per_order_holds_per_kind_and_order(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var ledger = data.Get<ILedger>();
        await ledger.ReserveAsync(Entry("1", 10m), Paid, true, None);

        Assert.Equal("already-compensated", (await ledger.ReserveAsync(Entry("2", 10m), Paid, true, None)).Failure?.Code);
        Assert.True((await ledger.ReserveAsync(Entry("3", 10m, LedgerKind.Reship), Paid, true, None)).IsSuccess);
        Assert.True((await ledger.ReserveAsync(Entry("4", 10m, order: "1043"), Paid, true, None)).IsSuccess);
        Assert.True((await ledger.ReserveAsync(Entry("5", 10m), Paid, false, None)).IsSuccess);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_of_sixteen_refunds_at_once_is_allowed(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var ledger = data.Get<ILedger>();

        var results = await SupportData.SixteenTimesAsync(number => ledger.ReserveAsync(Entry($"k-{number}", 60m), Paid, false, None));

        Assert.Single(results, result => result.IsSuccess);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal("over-refund", result.Failure?.Code));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_settled_cannot_be_released_nor_the_other_way(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var ledger = data.Get<ILedger>();
        await ledger.ReserveAsync(Entry("1", 10m), Paid, false, None);
        await ledger.ReserveAsync(Entry("2", 10m), Paid, false, None);
        await ledger.SettleAsync("1", "refund-1", None);
        await ledger.SettleAsync("1", "refund-1", None);
        await ledger.ReleaseAsync("2", "refused", None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.ReleaseAsync("1", "x", None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.SettleAsync("2", "x", None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.SettleAsync("unknown", "x", None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Negative_amounts_and_foreign_currencies_are_bugs(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var ledger = data.Get<ILedger>();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ledger.ReserveAsync(Entry("1", -1m), Paid, false, None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.ReserveAsync(Entry("2", 1m), new Money(100m, "USD"), false, None));
        Assert.Empty(await ledger.ListAsync(null, None));
    }

    /// <summary>A step of a random history: an amount in cents reserved under one of a few keys, or an entry settled or released.</summary>
    private static readonly Gen<(int Action, int Key, int Cents, bool Once)> Step =
        from action in Gen.Choose(0, 3)
        from key in Gen.Choose(0, 7)
        from cents in Gen.Choose(0, 7000)
        from once in Gen.Elements(true, false, false)
        select (action, key, cents, once);

    [Theory, OnSqlite, OnPostgres]
    public async Task Reserved_and_settled_never_exceed_what_was_paid(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var ledger = data.Get<ILedger>();
        var orders = 0;

        await Task.Run(() => Prop.ForAll(Step.ListOf().ToArbitrary(), steps =>
        {
            var order = $"order-{Interlocked.Increment(ref orders)}";
            return RunAsync(ledger, order, steps).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithEndSize(20)));

        Assert.True(orders >= 40);
    }

    private static async Task<bool> RunAsync(ILedger ledger, string order, IEnumerable<(int Action, int Key, int Cents, bool Once)> steps)
    {
        foreach (var (action, key, cents, once) in steps)
        {
            var name = $"{order}/{key}";
            var state = (await ledger.ListAsync(order, None)).SingleOrDefault(entry => entry.Key == name)?.State;
            if (action == 2 && state == LedgerState.Reserved)
                await ledger.SettleAsync(name, "ref", None);
            else if (action == 3 && state == LedgerState.Reserved)
                await ledger.ReleaseAsync(name, "refused", None);
            else
                await ledger.ReserveAsync(Entry(name, cents / 100m, key % 2 == 0 ? LedgerKind.Refund : LedgerKind.Reship, order), Paid, once, None);
            var standing = (await ledger.ListAsync(order, None)).Where(entry => entry.State != LedgerState.Released).Sum(entry => entry.Amount.Amount);
            if (standing > Paid.Amount)
                return false;
        }
        return true;
    }
}
