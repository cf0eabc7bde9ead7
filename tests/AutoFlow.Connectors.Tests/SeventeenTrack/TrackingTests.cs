using AutoFlow.Connectors.Tests.Shop;
using AutoFlow.SampleShop.Carrier;
using AutoFlow.SampleShop.Data;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Connectors.Tests.SeventeenTrack;

public sealed class TrackingTests
{
    private static readonly SampleData Data = SampleData.Load();

    [Fact]
    public async Task Every_parcel_of_the_sample_is_told_in_its_state_at_any_time()
    {
        await using var running = await RunningShop.StartAsync();
        foreach (var passed in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromHours(20), TimeSpan.FromDays(8)])
        {
            running.Pass(running.Server.Clock.Epoch + passed - running.Server.Clock.GetUtcNow());
            foreach (var parcel in Data.Parcels)
            {
                var expected = ParcelView.At(parcel, passed);
                var shipment = (await running.Tracking.LookUpAsync(parcel.Number, Data.FindCarrier(parcel.Carrier)!.Name, default)).Value!;
                Assert.Equal((expected.Status, expected.SubStatus), (shipment.Status.ToString(), shipment.SubStatus));
                Assert.Equal(expected.Events.Select(scan => running.Server.Clock.Epoch + scan.At), shipment.Events.Select(scan => scan.At));
                Assert.Equal(expected.Events.Count > 0 ? running.Server.Clock.Epoch + expected.Events[0].At : null, shipment.LastEventAt);
            }
        }
    }

    [Fact]
    public async Task A_shipment_says_who_carries_it_and_when_it_should_arrive()
    {
        await using var running = await RunningShop.StartAsync();
        var shipment = (await running.Tracking.LookUpAsync("CH454284108DE", null, default)).Value!;
        var day = DateOnly.FromDateTime(running.Server.Clock.Epoch.UtcDateTime);
        Assert.Equal(("CH454284108DE", "DHL Paket"), (shipment.TrackingNumber, shipment.Carrier));
        Assert.Equal((day.AddDays(1), day.AddDays(2)), (shipment.EstimatedFrom, shipment.EstimatedTo));
        Assert.Equal(("The parcel arrived at the delivery base.", "Leipzig, DE", "InTransit_Other"), (shipment.Events[0].Description, shipment.Events[0].Location, shipment.Events[0].SubStatus));
        Assert.Equal("https://t.17track.net/en#nums=CH454284108DE", shipment.TrackingUrl);
    }

    [Fact]
    public async Task Registering_twice_is_no_failure()
    {
        await using var running = await RunningShop.StartAsync();
        Assert.True((await running.Tracking.RegisterAsync("CH454284108DE", "DHL Paket", default)).Value);
        Assert.True((await running.Tracking.RegisterAsync("CH454284108DE", null, default)).Value);
    }

    [Theory]
    [InlineData("CY999999990DE", null, "NotFound_InvalidCode")] // no carrier can be told
    [InlineData("CY999999990DE", "DHL Paket", "NotFound_Other")] // the carrier knows nothing of it
    [InlineData("not a number", "DHL Paket", "NotFound_InvalidCode")]
    public async Task A_number_that_nobody_knows_is_a_state_and_no_failure(string number, string? carrier, string subStatus)
    {
        await using var running = await RunningShop.StartAsync();
        var shipment = (await running.Tracking.LookUpAsync(number, carrier, default)).Value!;
        Assert.Equal((ShipmentStatus.NotFound, subStatus), (shipment.Status, shipment.SubStatus));
        Assert.Null(shipment.LastEventAt);
    }

    [Fact]
    public async Task Registrations_are_there_after_a_kill()
    {
        string folder;
        await using (var running = await RunningShop.StartAsync())
        {
            await running.Tracking.RegisterAsync("CH454284108DE", null, default);
            folder = running.CopyOfFolder();
        }

        await using var restarted = await RunningShop.StartAsync(folder);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("17token", restarted.Server.TrackingKey);
        var list = await http.PostAsync(new Uri(restarted.Server.BaseAddress, "/track/v2.2/gettracklist"), null);
        Assert.Contains("CH454284108DE", await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
