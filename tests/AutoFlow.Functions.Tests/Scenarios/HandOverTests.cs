using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Outbox;

namespace AutoFlow.Functions.Tests.Scenarios;

public sealed class HandOverTests
{
    private readonly World _world = new();

    [Fact]
    public void A_person_gets_it_and_the_customer_is_told_until_when()
    {
        var run = Run(Letter.Of("return_item", orders: ["1001"]));

        Assert.Equal(["openTicket HandOver return_item", "sendReply hand-over"], run.Story);
        var ticket = Assert.Single(_world.Tickets.All);
        Assert.Equal(("returns", "1001"), (ticket.Department, ticket.OrderNumber));
        Assert.Contains("90 %", ticket.Summary, StringComparison.Ordinal);
        Assert.Contains("by 3 January", Assert.Single(_world.Outbox.Entries).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complaint_is_regretted_and_held()
    {
        var run = Run(Letter.Of("complaint") with { Sentiment = -0.9 });

        Assert.Equal(["openTicket HandOver complaint", "sendReply complaint-regret+hand-over"], run.Story);
        Assert.Equal("High", run.Last("openTicket")["priority"].AsString());
        Assert.Equal(OutboxState.Held, Assert.Single(_world.Outbox.Entries).State);
    }

    [Fact]
    public void A_message_that_nobody_understands_goes_to_care()
    {
        Run(Letter.Of("x", alsoAsked: ["promotion"]) with { Intent = null, Abstained = true, Probability = 0.2 });

        var ticket = Assert.Single(_world.Tickets.All);
        Assert.Equal(("care", "Not sure what the customer wants"), (ticket.Department, ticket.Subject));
        Assert.Contains("Also asked: promotion.", ticket.Summary, StringComparison.Ordinal);
    }

    private Scenario Run(MessageFacts facts) => new Scenario(_world).RunToEnd("hand-over", facts);
}
