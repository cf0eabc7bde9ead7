using AutoFlow.Support.Understanding;

namespace AutoFlow.Understanding.Tests;

public class MessageKindTests
{
    [Theory]
    [InlineData("Auto-Submitted", "auto-replied", MessageKind.AutoReply)]
    [InlineData("auto-submitted", "auto-generated", MessageKind.AutoReply)]
    [InlineData("X-Autoreply", "yes", MessageKind.AutoReply)]
    [InlineData("X-Auto-Response-Suppress", "All", MessageKind.AutoReply)]
    [InlineData("Precedence", "auto_reply", MessageKind.AutoReply)]
    [InlineData("Content-Type", "multipart/report; report-type=delivery-status", MessageKind.Bounce)]
    [InlineData("Content-Type", "multipart/report; report-type=disposition-notification", MessageKind.AutoReply)]
    [InlineData("X-Failed-Recipients", "a@b.example", MessageKind.Bounce)]
    [InlineData("Return-Path", "<>", MessageKind.Bounce)]
    [InlineData("List-Id", "<news.shop.example>", MessageKind.MailingList)]
    [InlineData("List-Unsubscribe", "<mailto:x@y.example>", MessageKind.MailingList)]
    [InlineData("X-AutoFlow", "1", MessageKind.OwnMail)]
    [InlineData("Auto-Submitted", "no", MessageKind.Person)]
    [InlineData("Precedence", "bulk", MessageKind.Person)]
    [InlineData("Content-Type", "multipart/alternative", MessageKind.Person)]
    public void Headers_tell_the_kind(string header, string value, MessageKind kind)
    {
        var understood = TestData.Understanding.Understand(TestData.Mail("Where is my order 1042?", "Order", headers: (header, value)));
        Assert.Equal(kind, understood.Kind);
        Assert.Equal(kind == MessageKind.Person, understood.KindReason is null);
    }

    [Theory]
    [InlineData("MAILER-DAEMON@mx.example", MessageKind.Bounce)]
    [InlineData("Mail System <postmaster@mx.example>", MessageKind.Bounce)]
    [InlineData("Lumen <Help@Lumen-Shop.example>", MessageKind.OwnMail)]
    [InlineData("anna@customer.example", MessageKind.Person)]
    public void The_sender_tells_the_kind(string from, MessageKind kind) =>
        Assert.Equal(kind, TestData.Understanding.Understand(TestData.Mail("Where is my order 1042?", from: from)).Kind);

    [Theory]
    [InlineData("Automatic reply: Your order")]
    [InlineData("Automatische Antwort: Ihre Bestellung")]
    [InlineData("Abwesenheitsnotiz: Ihre Bestellung")]
    [InlineData("Réponse automatique : votre commande")]
    [InlineData("Respuesta automática: su pedido")]
    [InlineData("Risposta automatica: il tuo ordine")]
    [InlineData("Automatisch antwoord: uw bestelling")]
    [InlineData("Odpowiedź automatyczna: zamówienie")]
    public void A_subject_tells_an_auto_reply_without_headers(string subject) =>
        Assert.Equal(MessageKind.AutoReply, TestData.Understanding.Understand(TestData.Mail("I am away.", subject)).Kind);

    [Theory]
    [InlineData("I am currently out of the office and will return on 24 November. For urgent matters please contact my colleague.")]
    [InlineData("Ich bin derzeit nicht im Büro und ab dem 24. November wieder erreichbar. Ihre Mail wird nicht weitergeleitet.")]
    [InlineData("Je suis actuellement absente du bureau et de retour le 24 novembre.")]
    public void An_absence_note_is_told_by_phrase_and_model(string text) =>
        Assert.Equal(MessageKind.AutoReply, TestData.Understanding.Understand(TestData.Mail(text, "Re: Your order 1042")).Kind);

    [Fact]
    public void A_newsletter_without_list_headers_is_not_answered() =>
        Assert.Contains(
            TestData.Understanding.Understand(TestData.Mail("Autumn sale! Up to 60% off all lamps, this week only. Shop now.\n\nView in browser. Unsubscribe here.", "Our biggest sale")).Kind,
            new[] { MessageKind.MailingList, MessageKind.Spam });

    [Fact]
    public void A_customer_who_wants_off_the_newsletter_is_a_person() =>
        Assert.Equal(MessageKind.Person, TestData.Understanding.Understand(TestData.Mail("Please unsubscribe me from your newsletter, and where is my order 1042?")).Kind);
}
