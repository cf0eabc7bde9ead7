using AutoFlow.Support.Decisions;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Support.Tests.Decisions;

public class SettledIntentTests
{
    private static readonly Dictionary<string, string> Workflows = new()
    {
        ["order_status"] = "where-is-my-order",
        ["delivery_problem"] = "where-is-my-order",
        ["cancel_order"] = "cancel-order",
    };

    [Fact]
    public void Doubt_between_two_intents_of_one_workflow_does_not_matter()
    {
        var settled = SettledIntent.Of(Unsure("order_status", 0.5, "delivery_problem", 0.4), Workflows);
        Assert.False(settled.Abstained);
        Assert.Equal(new ScoredIntent("order_status", 0.9), settled.Intents[0]);
    }

    [Theory]
    [InlineData("order_status", 0.5, "cancel_order", 0.4)]
    [InlineData("order_status", 0.4, "delivery_problem", 0.3)]
    [InlineData("product_question", 0.5, "place_order", 0.4)]
    [InlineData("order_status", 0.5, null, 0.0)]
    public void Any_other_doubt_stays(string first, double probability, string? second, double less)
    {
        var unsure = Unsure(first, probability, second, less);
        Assert.Same(unsure, SettledIntent.Of(unsure, Workflows));
    }

    [Fact]
    public void What_is_sure_or_came_before_thresholds_were_kept_is_left_alone()
    {
        var sure = Unsure("order_status", 0.9, "delivery_problem", 0.05) with { Abstained = false };
        Assert.Same(sure, SettledIntent.Of(sure, Workflows));
        var old = Unsure("order_status", 0.5, "delivery_problem", 0.4) with { ActFrom = 1 };
        Assert.Same(old, SettledIntent.Of(old, Workflows));
    }

    [Fact]
    public void Of_two_wishes_the_one_that_a_workflow_answers_comes_first()
    {
        var both = Unsure("invoice_request", 0.9, null, 0) with { Abstained = false, Intents = [new ScoredIntent("invoice_request", 0.9), new ScoredIntent("cancel_order", 0.85)] };
        Assert.Equal(["cancel_order", "invoice_request"], SettledIntent.Of(both, Workflows).Intents.Select(intent => intent.Label));
        var unsure = both with { Intents = [both.Intents[0], new ScoredIntent("cancel_order", 0.6)] };
        Assert.Same(unsure, SettledIntent.Of(unsure, Workflows));
    }

    private static UnderstoodMessage Unsure(string first, double probability, string? second, double less) => new()
    {
        Kind = MessageKind.Person,
        Language = "en",
        VisibleText = "",
        Intents = [new ScoredIntent(first, probability)],
        Alternative = second is null ? null : new ScoredIntent(second, less),
        Abstained = true,
        ActFrom = 0.8,
        Entities = MessageEntities.None,
        ModelVersion = "test",
    };
}
