using AutoFlow.SampleShop.Carrier;
using AutoFlow.SampleShop.Data;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Connectors.Tests.Shop;

public sealed class SampleDataTests
{
    private static readonly SampleData Data = SampleData.Load();

    [Fact]
    public void There_are_enough_orders_in_every_state()
    {
        Assert.True(Data.Orders.Count >= 66);
        Assert.Equal(["fulfilled", "partial", "unfulfilled"], Data.Orders.Select(order => order.FulfillmentStatus).Distinct().Order());
        Assert.Equal(["paid", "partially_refunded", "pending", "refunded"], Data.Orders.Select(order => order.FinancialStatus).Distinct().Order());
        Assert.Equal(["EUR", "GBP", "PLN", "USD"], Data.Orders.Select(order => order.Currency).Distinct().Order());
        Assert.Equal(["DE", "ES", "FR", "GB", "IE", "IT", "NL", "PL", "US"], Data.Orders.Select(order => order.Address.Country).Distinct().Order());
    }

    [Fact]
    public void Every_main_status_and_the_important_sub_statuses_occur_at_the_epoch()
    {
        var now = Data.Parcels.Select(parcel => ParcelView.At(parcel, TimeSpan.Zero)).ToList();
        Assert.Equal(Enum.GetNames<ShipmentStatus>().Order(), now.Select(view => view.Status).Distinct().Order());
        Assert.Empty(SeventeenTrack.StatusWordsTests.Documented.Except(now.Select(view => view.SubStatus)));
    }

    [Fact]
    public void Every_tracking_number_passes_its_check_digit()
    {
        Assert.All(Data.Parcels, parcel => Assert.NotEqual(false, CheckDigits.Passes(parcel.Number)));
        Assert.True(Data.Parcels.Count(parcel => CheckDigits.Passes(parcel.Number) == true) >= 60);
    }

    [Fact]
    public void Orders_and_parcels_know_each_other()
    {
        var fromOrders = Data.Orders.SelectMany(order => order.Parcels.Select(parcel => (order.Number, parcel.TrackingNumber, parcel.Carrier))).Order();
        var fromParcels = Data.Parcels.Select(parcel => (parcel.Order, parcel.Number, Data.FindCarrier(parcel.Carrier)!.Name)).Order();
        Assert.Equal(fromOrders, fromParcels);
        Assert.Equal(Data.Orders.Count, Data.Orders.Select(order => order.Number).Distinct().Count());
    }

    [Fact]
    public void Sums_are_right_and_no_more_is_refunded_than_was_paid()
    {
        Assert.All(Data.Orders, order => Assert.Equal(order.Total, order.Shipping + order.Items.Sum(item => item.Price * item.Quantity)));
        Assert.All(Data.Orders, order => Assert.True(order.Refunds.Sum(refund => refund.Amount) <= order.Total));
        Assert.All(Data.Orders.Where(order => order.FinancialStatus == "refunded"), order => Assert.Equal(order.Total, order.Refunds.Sum(refund => refund.Amount)));
    }

    [Fact]
    public void What_is_in_the_parcels_says_how_much_is_fulfilled() => Assert.All(Data.Orders, order =>
    {
        var sent = order.Parcels.SelectMany(parcel => parcel.Skus).ToHashSet();
        var expected = sent.Count == 0 ? "unfulfilled" : sent.IsSupersetOf(order.Items.Select(item => item.Sku)) ? "fulfilled" : "partial";
        Assert.Equal(expected, order.FulfillmentStatus);
        Assert.All(sent, sku => Assert.Contains(sku, order.Items.Select(item => item.Sku)));
    });

    [Fact]
    public void Events_are_in_order_and_after_the_order_was_placed() => Assert.All(Data.Parcels, parcel =>
    {
        var times = parcel.Events.Select(happened => happened.At).ToList();
        Assert.Equal(times.Order(), times);
        var order = Data.Orders.Single(one => one.Number == parcel.Order);
        Assert.All(times, at => Assert.True(at > order.Placed));
        Assert.True(order.Parcels.Single(one => one.TrackingNumber == parcel.Number).Shipped > order.Placed);
    });

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(25)]
    public void Some_parcel_on_its_way_has_not_moved_for_so_many_days(int days) =>
        Assert.Contains(Data.Parcels.Select(parcel => ParcelView.At(parcel, TimeSpan.Zero)), view => view.SubStatus == "InTransit_Other" && -view.Events[0].At.Days == days);

    [Fact]
    public void Some_customers_have_several_open_orders_and_some_orders_several_parcels()
    {
        Assert.True(Data.Orders.GroupBy(order => order.Email).Count(orders => orders.Count() >= 3) >= 2);
        Assert.Contains(Data.Orders, order => order.Parcels.Count == 3);
        Assert.Contains(Data.Orders, order => order.Parcels.Count == 2);
    }

    [Fact]
    public void Nobody_real_is_written_to() =>
        Assert.All(Data.Orders, order => Assert.Matches(@"^[a-z.]+@example\.(de|fr|es|it|nl|pl|ie|com|co\.uk)$", order.Email));
}
