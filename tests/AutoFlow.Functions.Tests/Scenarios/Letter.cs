using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Tests.Fakes;

namespace AutoFlow.Functions.Tests.Scenarios;

/// <summary>Messages as workflows get them.</summary>
internal static class Letter
{
    public const string Received = MessageEnvelope.Type;

    public static MessageFacts Of(string intent, string text = "Where is it?", string[]? orders = null, string[]? alsoAsked = null, int files = 0, string id = "m-1") => new()
    {
        InboxId = id,
        Conversation = Sample.Conversation,
        Channel = "mail",
        Customer = Sample.Customer,
        Text = text,
        ReceivedAt = Sample.Start,
        Language = "en",
        Intent = intent,
        Probability = 0.9,
        OrderNumbers = orders ?? [],
        TrackingNumbers = [],
        AlsoAsked = alsoAsked ?? [],
        AttachmentCount = files,
    };

    public static Scenario ThenWrites(this Scenario scenario, double afterDays, string text, string id = "m-2", int files = 0, string[]? orders = null) =>
        scenario.After(TimeSpan.FromDays(afterDays), Received, id, Of("other", text, orders, files: files, id: id));
}
