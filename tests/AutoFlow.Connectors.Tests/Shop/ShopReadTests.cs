using AutoFlow.Support;
using AutoFlow.Support.Orders;

namespace AutoFlow.Connectors.Tests.Shop;

public sealed class ShopReadTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private readonly IShop shop = shared.Running.Shop;
    private readonly DateTimeOffset epoch = shared.Running.Server.Clock.Epoch;

    [Theory]
    [InlineData("1012")]
    [InlineData("#1012")]
    [InlineData(" #1012 ")]
    public async Task An_order_is_found_by_its_number_with_all_that_is_known(string number)
    {
        var order = (await shop.FindByNumberAsync(number, default)).Value!.Item!;

        Assert.Equal("1012", order.Number);
        Assert.Equal("julien.garnier@example.fr", order.CustomerEmail);
        Assert.Equal("Julien Garnier", order.CustomerName);
        Assert.Equal(new Money(380.80m, "EUR"), order.Total);
        Assert.Equal(Money.Zero("EUR"), order.Refunded);
        Assert.Equal((FinancialStatus.Paid, FulfillmentStatus.Fulfilled, null), (order.Financial, order.Fulfillment, order.CancelledAt));
        Assert.Equal(3, order.Items.Count);
        Assert.Equal(new Money(189m, "EUR"), order.Items[0].Price);
        Assert.Equal(3, order.Parcels.Count);
        Assert.Equal("CF417099827DE", order.Parcels[0].TrackingNumber);
        Assert.Equal("DHL Paket", order.Parcels[0].Carrier);
        Assert.Contains("CF417099827DE", order.Parcels[0].TrackingUrl, StringComparison.Ordinal);
        Assert.Equal([order.Items[0].Id], order.Parcels[0].ItemIds);
        Assert.Equal(epoch - TimeSpan.FromHours(106), order.Parcels[0].ShippedAt);
        Assert.Equal(("38000", "Grenoble", "FR"), (order.ShippingAddress.PostalCode, order.ShippingAddress.City, order.ShippingAddress.Country));
    }

    [Theory]
    [InlineData("9999")]
    [InlineData("")]
    [InlineData("101")]
    [InlineData("1012&status=any")]
    public async Task A_number_that_no_order_has_finds_nothing(string number) =>
        Assert.Null((await shop.FindByNumberAsync(number, default)).Value!.Item);

    [Fact]
    public async Task Every_order_of_the_sample_can_be_read_back()
    {
        foreach (var order in AutoFlow.SampleShop.Data.SampleData.Load().Orders)
        {
            var read = (await shop.FindByNumberAsync(order.Number, default)).Value!.Item!;
            Assert.Equal(order.Total, read.Total.Amount);
            Assert.Equal(order.Refunds.Sum(refund => refund.Amount), read.Refunded.Amount);
            Assert.Equal(order.Parcels.Select(parcel => parcel.TrackingNumber), read.Parcels.Select(parcel => parcel.TrackingNumber));
            Assert.Equal(order.Cancelled is not null, read.CancelledAt is not null);
        }
    }

    [Fact]
    public async Task A_customers_orders_come_newest_first_and_only_theirs()
    {
        var orders = (await shop.FindByCustomerAsync("A.Hoffmeister@example.de", 10, default)).Value!;
        Assert.Equal(["1005", "1003", "1004"], orders.Select(order => order.Number));
    }

    [Fact]
    public async Task Not_more_orders_come_than_asked_for() =>
        Assert.Equal("1015", Assert.Single((await shop.FindByCustomerAsync("samia.benali@example.fr", 1, default)).Value!).Number);

    [Theory]
    [InlineData("nobody@example.org")]
    [InlineData("")]
    public async Task Nobody_has_no_orders(string email) =>
        Assert.Empty((await shop.FindByCustomerAsync(email, 10, default)).Value!);
}
