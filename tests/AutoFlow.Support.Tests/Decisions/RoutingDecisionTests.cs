using AutoFlow.Support.Decisions;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Support.Tests.Decisions;

public sealed class RoutingDecisionTests
{
    private static readonly RoutingPolicy Policy = new() { ActFrom = 0.5, AlsoFrom = 0.4, HandOver = "hand-over", SameMatterWithin = TimeSpan.FromDays(14) };

    private static readonly Dictionary<string, string> Workflows = new()
    {
        ["order_status"] = "where-is-my-order",
        ["delivery_problem"] = "where-is-my-order",
        ["cancel_order"] = "cancel-order",
    };

    [Theory]
    [InlineData(MessageKind.AutoReply)]
    [InlineData(MessageKind.Bounce)]
    [InlineData(MessageKind.MailingList)]
    [InlineData(MessageKind.Spam)]
    [InlineData(MessageKind.OwnMail)]
    public void Only_people_are_answered(MessageKind kind) =>
        Assert.IsType<RoutingDecision.Ignore>(Decide(Message(("order_status", 0.9)) with { Kind = kind }));

    [Theory]
    [InlineData(0.5, "cancel-order", "cancel_order")]
    [InlineData(0.4999, "hand-over", null)]
    public void Below_the_policys_probability_a_person_decides(double probability, string workflow, string? intent)
    {
        var start = Start(Message(("cancel_order", probability)));
        Assert.Equal((workflow, intent), (start.Workflow, start.Intent));
    }

    [Fact]
    public void An_intent_without_a_workflow_is_handed_over_by_its_name()
    {
        var start = Start(Message(("invoice_request", 0.9)));
        Assert.Equal(("hand-over", "invoice_request"), (start.Workflow, start.Intent));
    }

    [Fact]
    public void A_second_matter_is_passed_on_unless_the_same_workflow_answers_it()
    {
        var start = Start(Message(("order_status", 0.9), ("delivery_problem", 0.8), ("invoice_request", 0.6), ("promotion", 0.1)));
        Assert.Equal(["invoice_request"], start.AlsoAsked);
    }

    [Fact]
    public void No_intent_at_all_goes_to_a_person() => Assert.Equal("hand-over", Start(Message()).Workflow);

    private static RoutingDecision Decide(UnderstoodMessage message) => RoutingDecision.Decide(message, Workflows, Policy);

    private static RoutingDecision.Start Start(UnderstoodMessage message) =>
        Assert.IsType<RoutingDecision.Start>(Decide(message));

    private static UnderstoodMessage Message(params (string Label, double Probability)[] intents) => new()
    {
        Kind = MessageKind.Person,
        Language = "en",
        VisibleText = "text",
        Intents = [.. intents.Select(intent => new ScoredIntent(intent.Label, intent.Probability))],
        Entities = MessageEntities.None,
        ModelVersion = "test",
    };
}
