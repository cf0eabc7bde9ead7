using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Tests;

/// <summary>A subject alone silences nobody unless it is a machine's from end to end.</summary>
public class KindSubjectTests
{
    public static TheoryData<string> SubjectsOfCustomers() =>
    [
        "退信用卡的钱什么时候到？",
        "送信エラーで注文できません",
        "Returned mail order 10442 - refund?",
        "Warning: message from your shop says my card failed",
        "Failure notice on my lamp",
        "OOO! Where is my order",
        "Niet aanwezig, pakket 10442",
        "Fuori sede, consegna ordine 10442",
        "Out of office - please change delivery address for order 10442",
        "Out of office",
        "Mail delivery failed",
        "Niet op kantoor: graag later bezorgen",
        "邮件退回：包裹 10442",
        "Automatic reply did not help",
        "\"Automatic reply\": nobody answers me",
        "Auto reply from your shop says nothing",
        "Delivery status notification says delivered, nothing came",
        "自動返信が届きましたが荷物が届きません",
        "Re: Automatic reply: Your order 1042",
        "Fwd: Returned mail: see transcript for details",
        "[Extern] AW: Automatische Antwort: Ihre Bestellung",
    ];

    [Theory]
    [MemberData(nameof(SubjectsOfCustomers))]
    public void A_customers_subject_is_a_persons_with_an_ordinary_text(string subject) =>
        Assert.Equal((MessageKind.Person, null), Kind("Hello, can you look into this? My order is 10442. Thanks, Anna", subject));

    [Theory]
    [MemberData(nameof(SubjectsOfCustomers))]
    public void A_customers_subject_is_a_persons_with_a_text_that_says_little(string subject) =>
        Assert.Equal((MessageKind.Person, null), Kind("Please help me with this. Anna", subject));

    [Theory]
    [MemberData(nameof(SubjectsOfCustomers))]
    public void A_customers_subject_is_a_persons_without_a_text(string subject) =>
        Assert.Equal((MessageKind.Person, null), Kind("", subject));

    [Theory]
    [InlineData("Automatic reply: Where is my order?", MessageKind.AutoReply)]
    [InlineData("Automatic reply", MessageKind.AutoReply)]
    [InlineData("[External] Automatic reply: Your order", MessageKind.AutoReply)]
    [InlineData("Automatic reply - Re: Your order", MessageKind.AutoReply)]
    [InlineData("Abwesenheitsnotiz: Ihre Bestellung", MessageKind.AutoReply)]
    [InlineData("Out of Office: Your order", MessageKind.AutoReply)]
    [InlineData("Out of office - Re: Your order", MessageKind.AutoReply)]
    [InlineData("OOO: Your order", MessageKind.AutoReply)]
    [InlineData("Réponse automatique : votre commande", MessageKind.AutoReply)]
    [InlineData("自動返信: ご注文", MessageKind.AutoReply)]
    [InlineData("自動返信：ご注文", MessageKind.AutoReply)]
    [InlineData("【自動返信】不在のお知らせ", MessageKind.AutoReply)]
    [InlineData("自动回复:订单", MessageKind.AutoReply)]
    [InlineData("Undelivered Mail Returned to Sender", MessageKind.Bounce)]
    [InlineData("\"Undelivered Mail Returned to Sender\"", MessageKind.Bounce)]
    [InlineData("Delivery Status Notification (Failure)", MessageKind.Bounce)]
    [InlineData("Mail delivery failed: returning message to sender", MessageKind.Bounce)]
    [InlineData("配信不能: ご注文 1042", MessageKind.Bounce)]
    public void A_machines_whole_subject_is_a_proof(string subject, MessageKind kind) => Assert.Equal(kind, Kind("See below.", subject).Item1);

    [Fact]
    public void A_hint_in_the_subject_counts_with_another_in_the_headers_unless_it_is_about_an_order()
    {
        Assert.Equal(MessageKind.AutoReply, Of("Niet aanwezig"));
        Assert.Equal(MessageKind.Person, Of("Niet aanwezig, pakket 10442"));

        static MessageKind Of(string subject) =>
            TestData.Understanding.Understand(TestData.Mail("Tot maandag.", subject, headers: ("X-Auto-Response-Suppress", "OOF"))).Kind;
    }

    private static (MessageKind, string?) Kind(string text, string subject)
    {
        var understood = TestData.Understanding.Understand(TestData.Mail(text, subject));
        return (understood.Kind, understood.KindReason);
    }
}
