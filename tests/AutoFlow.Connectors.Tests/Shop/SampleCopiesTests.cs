using AutoFlow.SampleShop.Data;

namespace AutoFlow.Connectors.Tests.Shop;

/// <summary>The sample shop, larger: every copy is whole, and nothing of it is another's.</summary>
public sealed class SampleCopiesTests
{
    private const int Copies = 40;

    private static readonly SampleData Data = SampleData.Load(Copies);

    [Fact]
    public void Every_number_and_every_address_belongs_to_one_copy()
    {
        var orders = Enumerable.Range(0, Copies + 1).SelectMany(copy => Data.Orders.Select(order => SampleCopies.Order(order, copy))).ToList();

        Assert.Equal(orders.Count, orders.Select(order => order.Number).Distinct().Count());
        Assert.Equal(orders.Count, orders.Select(order => order.Id).Distinct().Count());
        Assert.Equal(orders.Sum(order => order.Parcels.Count), orders.SelectMany(order => order.Parcels).Select(parcel => parcel.TrackingNumber).Distinct().Count());
        Assert.Equal((Copies + 1) * Data.Orders.Select(order => order.Email).Distinct().Count(), orders.Select(order => order.Email).Distinct().Count());
        Assert.Equal(orders.Select(order => order.Number).Order(), Data.AllOrders().Select(order => order.Number).Order());
    }

    [Fact]
    public void The_order_the_customer_and_the_parcel_of_a_copy_know_each_other()
    {
        foreach (var order in Data.AllOrders())
        {
            Assert.Equal(order.Email, Data.FindOrder(order.Number)!.Email);
            Assert.Contains(Data.OrdersOf(order.Email), theirs => theirs.Number == order.Number);
            Assert.All(order.Parcels, parcel => Assert.Equal(order.Number, Data.FindParcel(parcel.TrackingNumber)!.Order));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(777)]
    [InlineData(SampleCopies.Most)]
    public void Check_digits_are_right_in_every_copy(int copy) => Assert.All(
        Data.Parcels,
        parcel => Assert.Equal(CheckDigits.Passes(parcel.Number), CheckDigits.Passes(SampleCopies.ParcelNumber(parcel.Number, copy))));

    [Fact]
    public void The_largest_sample_has_no_number_twice() =>
        Assert.Equal((SampleCopies.Most + 1) * Data.Orders.Count, SampleData.Load(SampleCopies.Most).AllOrders().Count());

    [Fact]
    public async Task What_a_crash_left_of_the_last_line_is_cut_off()
    {
        string folder;
        await using (var running = await RunningShop.StartAsync())
        {
            var order = (await running.Shop.FindByNumberAsync("1005", default)).Value!.Item!;
            Assert.True((await running.Shop.CancelAsync(order.Id, "customer asked", "cancel-1005", default)).IsSuccess);
            folder = running.CopyOfFolder();
        }

        await File.AppendAllTextAsync(Path.Combine(folder, "orders.log"), """{"kind":"refund","order":"10""");
        await using var again = await RunningShop.StartAsync(folder);

        Assert.NotNull((await again.Shop.FindByNumberAsync("1005", default)).Value!.Item!.CancelledAt);
        var other = (await again.Shop.FindByNumberAsync("1049", default)).Value!.Item!;
        Assert.True((await again.Shop.CancelAsync(other.Id, "customer asked", "cancel-1049", default)).IsSuccess);
    }
}
