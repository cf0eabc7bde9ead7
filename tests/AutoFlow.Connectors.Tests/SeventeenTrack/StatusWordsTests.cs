using AutoFlow.Connectors.SeventeenTrack;
using AutoFlow.Support.Shipments;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Connectors.Tests.SeventeenTrack;

public sealed class StatusWordsTests
{
    public static IReadOnlyList<string> Documented => StatusWords.Documented;

    [Fact]
    public void Every_documented_word_keeps_its_meaning() => Assert.All(Documented, word =>
    {
        var (status, subStatus) = StatusWords.Read(word.Split('_')[0], word, hasEvents: true);
        Assert.Equal((word.Split('_')[0], word), (status.ToString(), subStatus));
    });

    [Theory]
    [InlineData("InTransit", "InTransit_TransportArrived", ShipmentStatus.InTransit, "InTransit_TransportArrived")] // a new sub status
    [InlineData("InTransit", "Delivered_Other", ShipmentStatus.InTransit, "InTransit_Other")] // one that does not belong
    [InlineData("InTransit", null, ShipmentStatus.InTransit, "InTransit_Other")]
    [InlineData("InfoReceived", null, ShipmentStatus.InfoReceived, "InfoReceived")]
    [InlineData(null, "Exception_Lost", ShipmentStatus.Exception, "Exception_Lost")]
    [InlineData("Teleported", "Delivered_Other", ShipmentStatus.Delivered, "Delivered_Other")]
    [InlineData("Teleported", "Teleported_Twice", ShipmentStatus.Exception, "Exception_Other")]
    [InlineData("7", null, ShipmentStatus.Exception, "Exception_Other")] // a number is no word
    [InlineData("delivered", null, ShipmentStatus.Exception, "Exception_Other")]
    public void A_new_word_never_becomes_a_promise(string? status, string? subStatus, ShipmentStatus expected, string expectedSub) =>
        Assert.Equal((expected, expectedSub), StatusWords.Read(status, subStatus, hasEvents: true));

    [Fact]
    public void Without_a_word_and_without_a_scan_nobody_knows_the_parcel() =>
        Assert.Equal((ShipmentStatus.NotFound, "NotFound_Other"), StatusWords.Read(null, null, hasEvents: false));

    [Fact]
    public void Whatever_comes_the_sub_status_belongs_to_the_status() =>
        Prop.ForAll<string?, string?, bool>((status, subStatus, hasEvents) =>
        {
            var read = StatusWords.Read(status, subStatus, hasEvents);
            return read.SubStatus.StartsWith(read.Status.ToString(), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
}
