using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Tests;

/// <summary>Mails in the shape of each mail system and client; the folder of <c>Mails/</c> is the kind that they must be.</summary>
public class MailSystemTests
{
    public static TheoryData<string> Mails() =>
        [.. Directory.GetFiles(MailFile.Folder, "*.eml", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(MailFile.Folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Mails))]
    public void A_mail_is_what_its_folder_says(string mail)
    {
        var understood = TestData.Understanding.Understand(MailFile.Read(Path.Combine(MailFile.Folder, mail)));

        Assert.Equal((Enum.Parse<MessageKind>(mail.Split('/')[0]), understood.KindReason), (understood.Kind, understood.KindReason));
        Assert.Equal(understood.Kind == MessageKind.Person, understood.KindReason is null);
    }

    [Fact]
    public void At_least_ten_systems_and_five_clients_are_there()
    {
        Assert.True(Directory.GetFiles(MailFile.Folder, "*.eml", SearchOption.AllDirectories).Count(path => !path.Contains("Person", StringComparison.Ordinal)) >= 20);
        Assert.True(Directory.GetFiles(Path.Combine(MailFile.Folder, nameof(MessageKind.Person))).Length >= 10);
    }

    /// <summary>The machine's headers decide, also when its text is a customer's own words.</summary>
    [Theory]
    [InlineData("AutoReply/gmail-vacation-responder.eml")]
    [InlineData("AutoReply/zendesk-autoresponder.eml")]
    [InlineData("Bounce/exim-bounce.eml")]
    [InlineData("MailingList/mailchimp-campaign.eml")]
    public void Headers_decide_whatever_the_text_says(string mail) =>
        Assert.NotEqual(MessageKind.Person, TestData.Understanding.Understand(MailFile.Read(Path.Combine(MailFile.Folder, mail)) with { Text = "Where is my order 1042?", Subject = "My order" }).Kind);

    [Theory]
    [InlineData(null, "I am out of office next week, please deliver later.")]
    [InlineData("Out of office next week", "Please deliver my parcel after the 14th, there is nobody at the office before.")]
    [InlineData(null, "unsubscribe me from the newsletter please")]
    [InlineData("Newsletter", "Bitte melden Sie mich vom Newsletter ab.")]
    [InlineData("Undelivered parcel", "It came back to you, the tracking says.")]
    [InlineData("Not delivered", "My order 1042 was not delivered.")]
    [InlineData("Undeliverable", "The courier says undeliverable. My address is right.")]
    [InlineData("Undeliverable: order 1042", "The parcel could not be delivered, says the courier.")]
    [InlineData("Delivery failed", "The driver did not ring.")]
    [InlineData("Delivery failure", "third time now that nobody rang")]
    [InlineData("Nicht zustellbar", "Laut Sendungsverfolgung ist das Paket nicht zustellbar.")]
    [InlineData("Zustellung fehlgeschlagen", "Der Bote war nicht da.")]
    [InlineData("Niet bezorgd", "Mijn pakket is niet bezorgd.")]
    [InlineData("Niet bezorgd", "Het kon niet worden bezorgd, ik was gewoon thuis")]
    [InlineData("No entregado", "Mi pedido no ha llegado.")]
    [InlineData("Ausencia", "Estuve ausente cuando vino el repartidor.")]
    [InlineData("Assenza", "Ero assente quando è passato il corriere, il pacco dov'è?")]
    [InlineData("Mancata consegna", "il corriere non è mai passato")]
    [InlineData("Non remis", "Mon colis n'a pas été remis.")]
    [InlineData("Échec de livraison", "Le livreur n'est jamais passé.")]
    [InlineData("Nie dostarczono", "Kurier zostawił awizo, ale byłam w domu.")]
    [InlineData("Abwesenheit", "Ich bin vom 3. bis 14. verreist, bitte liefern Sie erst danach.")]
    [InlineData("Urlaub", "Wir sind im Urlaub. Kann das Paket zum Nachbarn?")]
    [InlineData("Vacation", "We leave on Friday. Can you hold the delivery until we return?")]
    [InlineData("Auto: Ersatzlampe", "Passt die Lampe für mein Auto?")]
    [InlineData("Automatic reply did not help", "I want to talk to a person about order 1042.")]
    [InlineData("Re: Automatic reply: Your order 1042", "Thank you, but where is my order?")]
    [InlineData(null, "My mailbox was full, could you send the invoice again?")]
    [InlineData("my mail bounced", "Hi, I wrote to you before but my mail came back: 550 5.1.1 user unknown. Where is order 1042?")]
    [InlineData("不在票", "不在票が入っていました。再配達してください。")]
    [InlineData("未送达", "包裹未送达，请退款。")]
    [InlineData("Your request", "You asked for a photo of the damaged lamp, here it is, order 1042.")]
    public void What_a_person_writes_is_a_persons(string? subject, string text) =>
        Assert.Equal((MessageKind.Person, null), Kind(TestData.Understanding.Understand(TestData.Mail(text, subject))));

    [Theory]
    [InlineData("auto-replied", false)]
    [InlineData("(away) Auto-Replied (vacation)", false)]
    [InlineData("auto-generated; type=notice", false)]
    [InlineData("auto-notified;owner-email=\"a;b@c.example\"", false)]
    [InlineData("x-anything", false)]
    [InlineData("no", true)]
    [InlineData("No (written by (really) a person)", true)]
    [InlineData("(comment \\) still) no", true)]
    [InlineData("no; reason=x", true)]
    [InlineData("nothing", false)]
    public void Auto_Submitted_is_read_as_RFC_3834_says(string value, bool person) =>
        Assert.Equal(person, TestData.Understanding.Understand(TestData.Mail("Where is my order 1042?", "Order", headers: ("Auto-Submitted", value))).Kind == MessageKind.Person);

    [Theory]
    [InlineData("None", MessageKind.Person)]
    [InlineData("OOF", MessageKind.Person)]
    [InlineData("DR, OOF, AutoReply", MessageKind.Person)]
    [InlineData("All", MessageKind.AutoReply)]
    [InlineData("DR, RN, NRN, OOF, AutoReply", MessageKind.AutoReply)]
    public void X_Auto_Response_Suppress_is_a_proof_only_when_it_suppresses_everything(string value, MessageKind kind) =>
        Assert.Equal(kind, TestData.Understanding.Understand(TestData.Mail("Where is my order 1042?", "Order", headers: ("X-Auto-Response-Suppress", value))).Kind);

    [Fact]
    public void Two_hints_of_different_causes_are_a_proof() =>
        Assert.Equal(MessageKind.AutoReply, TestData.Understanding.Understand(TestData.Mail(
            "Your order has been received.", "Order", from: "no-reply@partner.example", headers: ("Precedence", "bulk"))).Kind);

    private static (MessageKind, string?) Kind(UnderstoodMessage understood) => (understood.Kind, understood.KindReason);
}
