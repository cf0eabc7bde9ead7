using System.Net.Http.Json;
using System.Text.Json;
using AutoFlow.SampleShop;
using AutoFlow.Support;
using AutoFlow.Support.Orders;

namespace AutoFlow.Connectors.Tests.Shop;

public sealed class ShopChangeTests
{
    [Fact]
    public async Task An_order_that_has_not_shipped_is_cancelled_once()
    {
        await using var running = await RunningShop.StartAsync();
        var id = await IdAsync(running, "1005");

        var first = await running.Shop.CancelAsync(id, "customer asked", "cancel-1005", default);
        var again = await running.Shop.CancelAsync(id, "customer asked", "cancel-1005", default);
        var other = await running.Shop.CancelAsync(id, "customer asked", "another key", default);

        Assert.Equal(running.Server.Clock.Epoch, first.Value!.CancelledAt);
        Assert.Equal(first.Value!.CancelledAt, again.Value!.CancelledAt);
        Assert.Equal("already-cancelled", other.Failure!.Code);
        Assert.Equal(1, await CountAsync(running, "cancels"));
    }

    [Theory]
    [InlineData("1001")]
    [InlineData("1033")]
    public async Task What_has_left_the_warehouse_is_not_cancelled(string number)
    {
        await using var running = await RunningShop.StartAsync();
        var answer = await running.Shop.CancelAsync(await IdAsync(running, number), "customer asked", "key", default);
        Assert.Equal("already-shipped", answer.Failure!.Code);
        Assert.False(answer.Failure.IsTransient);
        Assert.Equal(0, await CountAsync(running, "cancels"));
    }

    [Fact]
    public async Task Money_is_paid_back_once_per_key_and_shows_in_the_order()
    {
        await using var running = await RunningShop.StartAsync();
        var id = await IdAsync(running, "1010");

        var first = await running.Shop.RefundAsync(id, new Money(18.80m, "EUR"), "damaged", "refund-1", default);
        var again = await running.Shop.RefundAsync(id, new Money(18.80m, "EUR"), "damaged", "refund-1", default);
        var rest = await running.Shop.RefundAsync(id, new Money(100m, "EUR"), "damaged", "refund-2", default);

        Assert.Equal(new Money(18.80m, "EUR"), first.Value!.Amount);
        Assert.Equal(first.Value, again.Value);
        Assert.NotEqual(first.Value!.Id, rest.Value!.Id);
        var order = (await running.Shop.FindByNumberAsync("1010", default)).Value!.Item!;
        Assert.Equal((FinancialStatus.Refunded, new Money(118.80m, "EUR")), (order.Financial, order.Refunded));
        Assert.Equal(2, await CountAsync(running, "refunds"));
    }

    [Theory]
    [InlineData("1010", 118.81, "EUR")] // a cent more than was paid
    [InlineData("1010", 10, "USD")] // another currency
    [InlineData("1058", 73.91, "EUR")] // 20.00 of 93.90 are paid back already
    [InlineData("1051", 10, "EUR")] // not paid yet
    public async Task More_than_was_paid_is_never_paid_back(string number, double amount, string currency)
    {
        await using var running = await RunningShop.StartAsync();
        var answer = await running.Shop.RefundAsync(await IdAsync(running, number), new Money((decimal)amount, currency), "", "key", default);
        Assert.Equal("over-refund", answer.Failure!.Code);
        Assert.Equal(0, await CountAsync(running, "refunds"));
    }

    [Fact]
    public async Task Items_are_sent_again_in_one_new_order_of_value_zero()
    {
        await using var running = await RunningShop.StartAsync();
        var order = (await running.Shop.FindByNumberAsync("1029", default)).Value!.Item!;

        var first = await running.Shop.ReshipAsync(order.Id, [order.Items[0].Id], "reship-1029", default);
        var again = await running.Shop.ReshipAsync(order.Id, [order.Items[0].Id], "reship-1029", default);
        var all = await running.Shop.ReshipAsync(order.Id, [], "reship-1029-all", default);

        Assert.Equal(("2001", 0m), (first.Value!.Number, first.Value.Total.Amount));
        Assert.Equal("LT-TENT-4", Assert.Single(first.Value.Items).Sku);
        Assert.Equal(order.ShippingAddress, first.Value.ShippingAddress);
        Assert.Equal(first.Value.Id, again.Value!.Id);
        Assert.Equal(order.Items.Select(item => (item.Sku, item.Quantity)), all.Value!.Items.Select(item => (item.Sku, item.Quantity)));
        Assert.Equal(2, await CountAsync(running, "reships"));
        Assert.Equal("2001", (await running.Shop.FindByNumberAsync("2001", default)).Value!.Item!.Number);
    }

    [Fact]
    public async Task An_item_of_another_order_is_not_sent()
    {
        await using var running = await RunningShop.StartAsync();
        var answer = await running.Shop.ReshipAsync(await IdAsync(running, "1029"), ["12345"], "key", default);
        Assert.Equal("unknown-item", answer.Failure!.Code);
    }

    [Theory]
    [InlineData("5699999999999")]
    [InlineData("../../orders")]
    [InlineData("")]
    public async Task An_order_that_does_not_exist_is_told_as_data(string id)
    {
        await using var running = await RunningShop.StartAsync();
        Assert.Equal("order-not-found", (await running.Shop.CancelAsync(id, "", "a", default)).Failure!.Code);
        Assert.Equal("order-not-found", (await running.Shop.RefundAsync(id, new Money(1, "EUR"), "", "b", default)).Failure!.Code);
        Assert.Equal("order-not-found", (await running.Shop.ReshipAsync(id, [], "c", default)).Failure!.Code);
    }

    [Fact]
    public async Task Sixteen_calls_at_once_with_one_key_do_it_once()
    {
        await using var running = await RunningShop.StartAsync();
        var id = await IdAsync(running, "1008");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => running.Shop.RefundAsync(id, new Money(5, "EUR"), "late", "one key", default)));
        Assert.Single(answers.Select(answer => answer.Value).Distinct());
        Assert.Equal(1, await CountAsync(running, "refunds"));
    }

    [Fact]
    public async Task A_lost_answer_and_a_second_try_pay_back_once()
    {
        await using var running = await RunningShop.StartAsync();
        var id = await IdAsync(running, "1019");
        running.Server.Faults.Plan("1019", Fault.ServerErrorAfterwards, times: 1);

        var lost = await running.Shop.RefundAsync(id, new Money(50, "EUR"), "lost", "refund-1019", default);
        var retried = await running.Shop.RefundAsync(id, new Money(50, "EUR"), "lost", "refund-1019", default);

        Assert.Equal(("shop-unavailable", true), (lost.Failure!.Code, lost.Failure.IsTransient));
        Assert.Equal(50, retried.Value!.Amount.Amount);
        Assert.Equal(1, await CountAsync(running, "refunds"));
    }

    [Fact]
    public async Task A_key_serves_one_request_only()
    {
        await using var running = await RunningShop.StartAsync();
        Assert.True((await running.Shop.CancelAsync(await IdAsync(running, "1005"), "", "one key", default)).IsSuccess);
        Assert.Equal("shop-refused", (await running.Shop.CancelAsync(await IdAsync(running, "1015"), "", "one key", default)).Failure!.Code);
    }

    [Fact]
    public async Task What_was_done_is_there_after_a_kill_and_is_not_done_again()
    {
        string folder;
        string id;
        Result<Order> before;
        await using (var running = await RunningShop.StartAsync())
        {
            id = await IdAsync(running, "1029");
            before = await running.Shop.ReshipAsync(id, [], "reship-1029", default);
            await running.Shop.RefundAsync(id, new Money(7, "EUR"), "late", "refund-1029", default);
            folder = running.CopyOfFolder();
        }

        await using var restarted = await RunningShop.StartAsync(folder);
        var after = await restarted.Shop.ReshipAsync(id, [], "reship-1029", default);
        Assert.Equal(before.Value!.Id, after.Value!.Id);
        Assert.Equal(7, (await restarted.Shop.FindByNumberAsync("1029", default)).Value!.Item!.Refunded.Amount);
        Assert.Equal(1, await CountAsync(restarted, "reships"));
        Assert.Equal(1, await CountAsync(restarted, "refunds"));
    }

    private static async Task<string> IdAsync(RunningShop running, string number) =>
        (await running.Shop.FindByNumberAsync(number, default)).Value!.Item!.Id;

    private static async Task<int> CountAsync(RunningShop running, string what)
    {
        using var http = new HttpClient();
        var state = await http.GetFromJsonAsync<JsonElement>(new Uri(running.Server.BaseAddress, "/sample/state"));
        return state.GetProperty(what).GetArrayLength();
    }
}
