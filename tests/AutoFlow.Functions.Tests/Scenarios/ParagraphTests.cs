using System.Text.RegularExpressions;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Decisions;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Functions.Tests.Scenarios;

/// <summary>Every paragraph that a definition or a decision can name is in the texts, with its placeholders filled, in every language.</summary>
public sealed partial class ParagraphTests
{
    private static readonly ReplyCatalog Texts = World.Folder.Replies;

    [Fact]
    public void Every_paragraph_that_a_definition_names_exists_and_gets_its_values()
    {
        var named = World.Folder.Definitions.All.SelectMany(definition => Named(definition.Text).Select(one => (definition.Identity.Name, one.Key, one.Values))).ToList();

        Assert.True(named.Count >= 20, $"only {named.Count} were found");
        Assert.All(named, one =>
        {
            var template = Texts.Find(one.Key, Texts.Fallback);
            Assert.True(template is not null, $"{one.Name} names '{one.Key}', which no text has");
            Assert.Empty(template.Required.Except(one.Values).Select(missing => $"{one.Name}: {one.Key} needs {missing}"));
            Assert.Empty(one.Values.Except([.. template.Required, .. template.Optional]).Select(extra => $"{one.Name}: {one.Key} knows no {extra}"));
        });
    }

    [Fact]
    public void Every_action_that_a_definition_asks_for_is_one_that_a_decision_gives()
    {
        string[] given =
        [
            .. Words("AutoFlow.Support/Decisions/OrderDecision.cs"), .. Words("AutoFlow.Support/Decisions/ParcelDecision.cs"), .. Words("AutoFlow.Support/Decisions/OrderMatch.cs"),
            .. Words("AutoFlow.Support/Decisions/CancellationDecision.cs"), .. Words("AutoFlow.Support/Decisions/CompensationDecision.cs"), .. Words("AutoFlow.Support/Decisions/DamageDecision.cs"),
        ];
        var asked = World.Folder.Definitions.All.SelectMany(definition => AskedAction().Matches(definition.Text).Select(match => $"{definition.Identity.Name}: {match.Groups[1].Value}")).ToList();

        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked, one => !given.Contains(one.Split(": ")[1]));
    }

    [Fact]
    public void Whatever_a_decision_says_can_be_said_in_every_language()
    {
        var composer = new ReplyComposer(Texts);
        var said = Decided().ToList();

        Assert.True(said.Select(paragraph => paragraph.Key).Distinct().Count() > 35);
        foreach (var language in Texts.Languages.Keys)
            foreach (var paragraph in said)
                Assert.Null(composer.Compose(language, "Ida", [paragraph]).Failure);
    }

    private static IEnumerable<Paragraph> Decided()
    {
        var policies = World.Policies;
        string[] subs =
        [
            "InTransit_Other", "InTransit_CustomsProcessing", "InTransit_CustomsRequiringInformation", "Exception_Lost", "Exception_Damage", "Exception_Returning", "Exception_Rejected",
            "Exception_Delayed", "Exception_Other", "Exception_Cancel", "Exception_Security", "Exception_NoBody", "DeliveryFailure_InvalidAddress", "DeliveryFailure_NoBody", "Unheard_Of",
        ];
        Order[] orders =
        [
            Sample.Order(), Sample.Order(parcels: "P1"), Sample.Order("1", 900, Sample.Customer, "P1", "P2"), Sample.Order() with { Financial = FinancialStatus.Pending },
            Sample.Order() with { CancelledAt = Sample.Start }, Sample.Order(parcels: "P1") with { Fulfillment = FulfillmentStatus.Partial },
            Sample.Order() with { Financial = FinancialStatus.Refunded, Refunded = Sample.Eur(80) }, Sample.Order() with { PlacedAt = Sample.Start.AddDays(-1) },
        ];
        foreach (var order in orders)
        {
            foreach (var paragraph in OrderDecision.Decide(order, policies.Delivery, Sample.Start).Paragraphs) yield return paragraph;
            foreach (var paragraph in CancellationDecision.Decide(order, policies.Cancellation).Paragraphs) yield return paragraph;
            foreach (var paragraph in DamageDecision.Decide(order, "x", 0, policies.Compensation).Paragraphs) yield return paragraph;
            foreach (var paragraph in OrderMatch.Decide(null, null, [order, Sample.Order("77")], [], Sample.Customer).Paragraphs) yield return paragraph;
            foreach (var paragraph in OrderMatch.Decide("9", null, [], [], Sample.Customer).Paragraphs) yield return paragraph;
            foreach (var paragraph in OrderMatch.Decide(null, null, [], [], Sample.Customer).Paragraphs) yield return paragraph;
            foreach (var kind in Enum.GetValues<LedgerKind>())
                foreach (var cause in Enum.GetValues<CompensationCause>())
                    yield return CompensationDecision.Decide(cause, order, order.Items, kind, policies.Compensation, []).Paragraph;
        }

        foreach (var status in Enum.GetValues<ShipmentStatus>())
            foreach (var sub in subs)
                foreach (var days in new[] { 1d, 6, 20, 40 })
                    foreach (var shipment in new[] { Sample.Shipment("P1", status, sub, days), Sample.Shipment("P1", status, sub, days) with { LastEventAt = null, Events = [], Carrier = null, TrackingUrl = null } })
                    {
                        foreach (var notReceived in new[] { true, false })
                            yield return ParcelDecision.Decide(shipment, orders[1], orders[1].Parcels[0], policies.Delivery, Sample.Start, notReceived).Paragraph;
                        if (ShipmentChange.Decide(null, shipment).Paragraph is { } update) yield return update;
                        if (ShipmentChange.Decide(Sample.Shipment("P1", ShipmentStatus.InTransit, "InTransit_Other", days + 1), shipment, traced: true).Paragraph is { } moving) yield return moving;
                    }
    }

    /// <summary>The paragraphs written out in a definition, with the names of their values.</summary>
    private static IEnumerable<(string Key, string[] Values)> Named(string definition)
    {
        foreach (Match match in KeyAndValues().Matches(definition))
        {
            var keys = Quoted().Matches(match.Groups["keys"].Value).Select(quoted => quoted.Groups[1].Value).Where(word => Texts.Keys.Contains(word) || word.Contains('-')).ToList();
            if (keys.Count == 0) keys.Add(match.Groups["keys"].Value.Trim());
            string[] values = [.. ValueName().Matches(match.Groups["values"].Value).Select(name => name.Groups[1].Value)];
            foreach (var key in keys) yield return (key, values);
        }
    }

    private static IEnumerable<string> Words(string source) =>
        Quoted().Matches(File.ReadAllText(Path.Combine(Sources.Root, "src", source))).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\{\s*key:\s*(?<keys>""[a-z-]+""|[a-z-]+|\(if [^)]*end\)),\s*values:\s*(?<values>\(?\{.*?\}+)\s*\)?\s*(?:\}|\+)", RegexOptions.Singleline)]
    private static partial Regex KeyAndValues();

    [GeneratedRegex("\"([a-z-]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:^\(?\{|,)\s*([a-zA-Z]+)\s*:")]
    private static partial Regex ValueName();

    [GeneratedRegex("\\.action == \"([a-z-]+)\"")]
    private static partial Regex AskedAction();
}
