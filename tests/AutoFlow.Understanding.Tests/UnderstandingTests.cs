using AutoFlow.Support.Understanding;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace AutoFlow.Understanding.Tests;

public class UnderstandingTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("en", "order_status", "Hi there,\n\nI bought a reading lamp from your shop about three weeks ago and I am still waiting for it. Could you check where the parcel is at the moment? My order number is 10442.\n\nKind regards,\nAnna Miller")]
    [InlineData("de", "order_status", "Guten Tag,\n\nmeine Lieferung ist jetzt schon eine Woche überfällig. Können Sie bitte nachsehen, wo das Paket steckt?\n\nBestellnummer: 10443\n\nViele Grüße\nJonas")]
    [InlineData("fr", "delivery_problem", "Bonjour, votre transporteur affirme avoir livré mon colis hier mais je n'ai rien trouvé, ni dans la boîte ni chez les voisins. Commande 10444. Merci de vérifier.")]
    [InlineData("es", "cancel_order", "Buenas tardes, me he equivocado al comprar y quiero cancelar el pedido 10445 antes de que lo envíen, por favor.")]
    [InlineData("it", "damaged_or_defective", "Buonasera, la lampada che ho ricevuto oggi ha il vetro rotto, vi mando le foto. Ordine 10446.")]
    [InlineData("nl", "wrong_or_missing_item", "Goedemiddag, in mijn pakket zat maar één kussen terwijl ik er twee heb besteld. Bestelling 10447. Groet, Sanne")]
    [InlineData("pl", "order_status", "Dzień dobry, kiedy mogę spodziewać się dostawy zamówienia 10448? Minęły już dwa tygodnie. Pozdrawiam")]
    public void A_customers_message_is_understood(string language, string intent, string text)
    {
        var understood = TestData.Understanding.Understand(TestData.Mail(text));
        output.WriteLine(string.Join(", ", understood.Intents));
        Assert.Equal(MessageKind.Person, understood.Kind);
        Assert.Null(understood.KindReason);
        Assert.Equal(language, understood.Language);
        Assert.Equal(intent, understood.Intents[0].Label);
        Assert.False(understood.Abstained);
        Assert.StartsWith("1044", Assert.Single(understood.Entities.OrderNumbers), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancel_order", "invoice_request", "Please cancel my order 10442. And please send me the invoice for order 10311.")]
    [InlineData("damaged_or_defective", "order_status", "Die Vase aus Bestellung 10442 kam zerbrochen an. Wo bleibt meine andere Bestellung 10450?")]
    public void Two_wishes_in_one_message_are_both_listed(string one, string two, string text)
    {
        var understood = TestData.Understanding.Understand(TestData.Mail(text));
        output.WriteLine(string.Join(", ", understood.Intents));
        Assert.Equal(new[] { one, two }.Order(), understood.Intents.Take(2).Select(i => i.Label).Order());
        Assert.False(understood.Abstained);
        Assert.Equal(2, understood.Entities.OrderNumbers.Count);
    }

    [Theory]
    [InlineData("Thanks, all good!")]
    [InlineData("Danke, hat sich erledigt.")]
    [InlineData("What is the capital of Mongolia?")]
    [InlineData("asdf qwer zxcv")]
    [InlineData("")]
    public void What_asks_for_nothing_known_is_left_to_a_person(string text) =>
        Assert.True(TestData.Understanding.Understand(TestData.Mail(text)).Abstained);

    [Fact]
    public void A_follow_up_with_an_old_thread_below_is_read_without_the_thread()
    {
        var understood = TestData.Understanding.Understand(TestData.Mail(
            "Yes please.\n\nOn Mon, 3 Nov 2025 at 10:00, Lumen Shop <help@lumen-shop.example> wrote:\n> Shall we cancel order 10442?\n", "Re: Your order 10442"));
        Assert.Equal("Yes please.", understood.VisibleText);
        Assert.Equal(["10442"], understood.Entities.OrderNumbers);
    }

    [Fact]
    public void Any_text_is_understood_without_an_exception() =>
        Prop.ForAll<string?, string?>((text, subject) =>
        {
            var understood = TestData.Understanding.Understand(TestData.Mail(text ?? "", subject));
            return understood.Intents.Count > 0 && understood.Intents.All(i => i.Probability is >= 0 and <= 1)
                && understood.Sentiment is >= -1 and <= 1 && understood.Language.Length == 2 && understood.LanguageProbability is >= 0 and <= 1;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a")]
    [InlineData("> ")]
    [InlineData("On 1 ")]
    [InlineData("\n")]
    [InlineData("1")]
    [InlineData("<div>")]
    [InlineData("<b><p>")]
    [InlineData("a@")]
    [InlineData("12 ")]
    [InlineData("-- \n")]
    [InlineData("From: x\n")]
    public void Five_megabytes_are_read_up_to_the_cap(string piece)
    {
        var big = string.Concat(Enumerable.Repeat(piece, 5_000_000 / piece.Length));
        var plain = TestData.Understanding.Understand(TestData.Mail(big));
        var html = TestData.Understanding.Understand(TestData.Mail("", html: big));
        Assert.True(plain.VisibleText.Length <= Text.VisibleText.Longest);
        Assert.True(html.VisibleText.Length <= Text.VisibleText.Longest);
    }

    [Fact]
    public async Task The_services_register_and_resolve()
    {
        using var provider = new ServiceCollection().AddUnderstanding(o => o.SeedsFolder = TestData.SeedsFolder).BuildServiceProvider();
        var result = await provider.GetRequiredService<IUnderstanding>().UnderstandAsync(TestData.Mail("Where is my order 1042?"), CancellationToken.None);
        Assert.Null(result.Again);
        var understood = result.Message;
        Assert.Equal("order_status", understood.Intents[0].Label);
        Assert.Equal(provider.GetRequiredService<UnderstandingModel>().Intents.Version, understood.ModelVersion);
        Assert.Equal(AnswerKind.Yes, provider.GetRequiredService<IAnswerReader>().Read("yes", "en", []).Kind);
    }

    [Fact]
    public void A_shops_own_number_pattern_is_used()
    {
        var understanding = new BuiltInUnderstanding(TestData.Model, new UnderstandingOptions { OrderNumberPattern = @"LS-\d{6}" });
        Assert.Equal(["LS-004411"], understanding.Understand(TestData.Mail("status of ls-004411 and 10442?")).Entities.OrderNumbers);
    }
}
