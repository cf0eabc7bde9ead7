using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Orders;

namespace AutoFlow.Functions.Tests.Scenarios;

public sealed class DamagedItemTests
{
    private const string Definition = "damaged-item";
    private static readonly string[] PutRight =
        ["compensate: decideCompensation", "compensate: reshipOrder", "openTicket HandOver damaged_or_defective", "sendReply damage-regret+reship"];

    private readonly World _world = new();

    public DamagedItemTests() => _world.Shop.Orders.Add(Sample.Order(parcels: "P1"));

    [Fact]
    public void With_a_photo_the_goods_are_sent_again()
    {
        var run = Start().RunToEnd(Definition, Letter.Of("damaged_or_defective", files: 1));

        Assert.Equal(PutRight, run.Deeds);
        Assert.Equal("reship", Assert.Single(_world.Shop.Reships).Key.Contains("~c", StringComparison.Ordinal) ? "reship" : "");
    }

    [Fact]
    public void Without_a_photo_we_ask_and_then_put_it_right()
    {
        var run = Start().ThenWrites(1, "here", files: 1).RunToEnd(Definition, Letter.Of("damaged_or_defective"));

        Assert.Equal(["sendReply ask-photo", .. PutRight], run.Deeds);
    }

    [Fact]
    public void What_is_missing_needs_no_photo()
    {
        var run = Start().RunToEnd(Definition, Letter.Of("wrong_or_missing_item"));

        Assert.Equal(
            ["compensate: decideCompensation", "compensate: reshipOrder", "openTicket HandOver wrong_or_missing_item", "sendReply damage-regret+reship"], run.Deeds);
    }

    [Fact]
    public void With_several_items_we_ask_which()
    {
        _world.Shop.Orders[0] = _world.Shop.Orders[0] with
        {
            Items = [.. _world.Shop.Orders[0].Items, new OrderItem { Id = "i-2", Sku = "LAMP-1", Title = "Head lamp", Quantity = 1, Price = Sample.Eur(20) }],
        };

        var run = Start().ThenWrites(1, "the head lamp").RunToEnd(Definition, Letter.Of("damaged_or_defective", files: 1));

        Assert.Equal(["sendReply which-item", .. PutRight], run.Deeds);
        Assert.Equal("i-2", run.Context.Children[0].Input["itemIds"][0].AsString());
    }

    [Fact]
    public void After_two_questions_a_person_takes_over()
    {
        var run = Start().ThenWrites(1, "no").ThenWrites(2, "no", "m-3").RunToEnd(Definition, Letter.Of("damaged_or_defective"));

        Assert.Equal(["sendReply ask-photo", "sendReply ask-photo", "openTicket HandOver damaged_or_defective", "sendReply not-understood"], run.Deeds);
    }

    [Fact]
    public void Without_an_answer_we_remind_once_and_then_close()
    {
        var run = Start().RunToEnd(Definition, Letter.Of("damaged_or_defective"));

        Assert.Equal(["sendReply ask-photo", "sendReply reminder", "sendReply no-answer"], run.Deeds);
        Assert.Equal(Sample.Start + World.Policies.Delivery.RemindAfter + World.Policies.Delivery.AnswerWithin, run.Ended);
    }

    [Fact]
    public void A_late_photo_is_still_taken()
    {
        var run = Start().ThenWrites(5, "sorry, here", files: 1).RunToEnd(Definition, Letter.Of("damaged_or_defective"));

        Assert.Equal(["sendReply ask-photo", "sendReply reminder", .. PutRight], run.Deeds);
    }

    [Fact]
    public void Without_an_order_we_ask_for_it_and_then_a_person_takes_over()
    {
        _world.Shop.Orders.Clear();

        var run = Start().ThenWrites(1, "no idea").RunToEnd(Definition, Letter.Of("damaged_or_defective", files: 1));

        Assert.Equal(["sendReply ask-order-number", "openTicket HandOver damaged_or_defective", "sendReply not-understood"], run.Deeds);
    }

    private Scenario Start() => new(_world);
}
