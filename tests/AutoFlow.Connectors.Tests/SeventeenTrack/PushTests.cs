using AutoFlow.Connectors.SeventeenTrack;
using AutoFlow.Connectors.Tests.Shop;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Connectors.Tests.SeventeenTrack;

public sealed class PushTests
{
    private const string Number = "CH454284108DE"; // out for delivery after 14 hours, delivered after 19

    [Fact]
    public async Task What_happens_to_a_registered_parcel_is_pushed_in_its_order_each_with_its_state()
    {
        await using var sink = await WebhookSink.StartAsync();
        await using var running = await RunningShop.StartAsync(webhook: sink.Address);
        await running.Tracking.RegisterAsync(Number, null, default);
        await running.Server.PushDueAsync(default);
        running.Pass(TimeSpan.FromDays(2));
        await running.Server.PushDueAsync(default);
        await running.Server.PushDueAsync(default);

        Assert.Equal([ShipmentStatus.InTransit, ShipmentStatus.OutForDelivery, ShipmentStatus.Delivered], Statuses(sink, running));
    }

    [Fact]
    public async Task A_parcel_that_nobody_registered_is_not_pushed()
    {
        await using var sink = await WebhookSink.StartAsync();
        await using var running = await RunningShop.StartAsync(webhook: sink.Address);
        running.Pass(TimeSpan.FromDays(2));
        await running.Server.PushDueAsync(default);
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task A_push_is_repeated_with_growing_waits_until_it_is_taken()
    {
        await using var sink = await WebhookSink.StartAsync();
        await using var running = await RunningShop.StartAsync(webhook: sink.Address);
        await running.Tracking.RegisterAsync(Number, null, default);
        sink.Answer = 503;

        var tries = new List<int>();
        for (var second = 0; second < 8; second++)
        {
            await running.Server.PushDueAsync(default);
            tries.Add(sink.Received.Count);
            running.Wait(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([1, 2, 2, 3, 3, 3, 3, 4], tries); // waits of 1, 2 and 4 seconds
        sink.Answer = 200;
        running.Wait(TimeSpan.FromMinutes(1));
        await running.Server.PushDueAsync(default);
        running.Wait(TimeSpan.FromMinutes(1));
        await running.Server.PushDueAsync(default);
        Assert.Equal(5, sink.Received.Count);
        Assert.Single(sink.Received.Distinct()); // the same bytes with the same signature every time
    }

    [Fact]
    public async Task A_kill_loses_no_push()
    {
        await using var sink = await WebhookSink.StartAsync();
        string folder;
        await using (var running = await RunningShop.StartAsync(webhook: sink.Address))
        {
            await running.Tracking.RegisterAsync(Number, null, default);
            sink.Answer = 500;
            running.Pass(TimeSpan.FromHours(15));
            await running.Server.PushDueAsync(default);
            folder = running.CopyOfFolder();
        }

        sink.Answer = 200;
        sink.Received.Clear();
        await using var restarted = await RunningShop.StartAsync(folder, sink.Address);
        await restarted.Server.PushDueAsync(default);
        restarted.Pass(TimeSpan.FromHours(6));
        await restarted.Server.PushDueAsync(default);
        Assert.Equal([ShipmentStatus.InTransit, ShipmentStatus.OutForDelivery, ShipmentStatus.Delivered], Statuses(sink, restarted));
    }

    private static IEnumerable<ShipmentStatus> Statuses(WebhookSink sink, RunningShop running)
    {
        var webhook = new SeventeenTrackWebhook(running.Server.TrackingKey);
        return sink.Received.Select(push => webhook.Read(push.Body, push.Sign).Value!.Status);
    }
}
