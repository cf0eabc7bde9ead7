using System.Security.Cryptography;
using System.Text;
using AutoFlow.Connectors.SeventeenTrack;
using AutoFlow.Support.Shipments;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Connectors.Tests.SeventeenTrack;

public sealed class WebhookTests
{
    private const string Key = "sample-key";
    private const string Update = """
        {"event":"TRACKING_UPDATED","data":{"number":"RR123456785DE","carrier":7041,"track_info":{
          "latest_status":{"status":"DeliveryFailure","sub_status":"DeliveryFailure_NoBody","sub_status_descr":null},
          "time_metrics":{"estimated_delivery_date":{"source":"Official","from":"2026-03-11T00:30:00+02:00","to":null}},
          "tracking":{"providers":[
            {"provider":{"key":3011,"name":"China Post"},"events":[{"time_utc":"2026-03-01T10:00:00Z","description":"Picked up","location":"Shenzhen","sub_status":"InTransit_PickedUp"}]},
            {"provider":{"key":7041,"name":"DHL Paket"},"events":[{"time_iso":"2026-03-10T11:30:00+01:00","time_utc":null,"description":"Niemand da","location":null,"sub_status":"DeliveryFailure_NoBody"},{"description":"no time"},null]}]}}}}
        """;

    private readonly SeventeenTrackWebhook webhook = new(Key);

    [Fact]
    public void A_signed_push_tells_the_shipment()
    {
        var shipment = webhook.Read(Update, Sign(Update)).Value!;
        Assert.Equal(("RR123456785DE", "DHL Paket"), (shipment.TrackingNumber, shipment.Carrier));
        Assert.Equal((ShipmentStatus.DeliveryFailure, "DeliveryFailure_NoBody"), (shipment.Status, shipment.SubStatus));
        Assert.Equal([new DateTimeOffset(2026, 3, 10, 10, 30, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero)], shipment.Events.Select(scan => scan.At));
        Assert.Equal(shipment.Events[0].At, shipment.LastEventAt);
        Assert.Equal((new DateOnly(2026, 3, 11), new DateOnly(2026, 3, 11)), (shipment.EstimatedFrom, shipment.EstimatedTo)); // the carrier's day
    }

    [Fact]
    public void The_signature_may_be_in_upper_case() => Assert.True(webhook.Read(Update, Sign(Update).ToUpperInvariant()).IsSuccess);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ä")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void Without_the_right_signature_nothing_is_read(string? signature) =>
        Assert.Equal("bad-signature", webhook.Read(Update, signature).Failure!.Code);

    [Fact]
    public void A_byte_changed_on_the_way_breaks_the_signature() =>
        Assert.Equal("bad-signature", webhook.Read(Update.Replace("NoBody", "NoB0dy", StringComparison.Ordinal), Sign(Update)).Failure!.Code);

    [Theory]
    [InlineData("", "bad-payload")]
    [InlineData("null", "bad-payload")]
    [InlineData("[]", "bad-payload")]
    [InlineData("{\"event\":", "bad-payload")]
    [InlineData("{}", "bad-payload")]
    [InlineData("{\"event\":\"TRACKING_UPDATED\"}", "bad-payload")]
    [InlineData("{\"event\":\"TRACKING_UPDATED\",\"data\":{\"number\":\"\"}}", "bad-payload")]
    [InlineData("{\"event\":\"TRACKING_UPDATED\",\"data\":{\"number\":7}}", "bad-payload")]
    [InlineData("{\"event\":\"TRACKING_STOPPED\",\"data\":{\"number\":\"RR123456785DE\"}}", "not-an-update")]
    public void A_signed_push_that_tells_no_shipment_is_a_failure(string body, string code) =>
        Assert.Equal(code, webhook.Read(body, Sign(body)).Failure!.Code);

    [Fact]
    public void Whatever_is_signed_and_pushed_nothing_is_thrown() =>
        Prop.ForAll<NonNull<string>>(body => webhook.Read(body.Get, Sign(body.Get)) is { IsSuccess: true } or { Failure: not null }).QuickCheckThrowOnFailure();

    private static string Sign(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{body}/{Key}")));
}
