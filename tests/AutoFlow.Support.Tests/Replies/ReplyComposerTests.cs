using System.Text.Json;
using AutoFlow.Support.Replies;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Support.Tests.Replies;

public sealed class ReplyComposerTests
{
    private static readonly ReplyComposer Composer = new(ShippedReplies.Catalog);

    [Fact]
    public void A_reply_has_greeting_paragraphs_closing_and_signature()
    {
        var reply = Composer.Compose("de", "Miriam Brandt",
            [Paragraph.Of("cancelled", ("order", ReplyValue.Of("1001")), ("amount", ReplyValue.Of(new Money(1234.5m, "EUR")))), Paragraph.Of("thanks")]).Value!;
        Assert.Equal(
            "Guten Tag Miriam Brandt,\n\nIhre Bestellung 1001 ist storniert. Wir erstatten Ihnen 1.234,50 €; das Geld ist meist in drei bis fünf Werktagen da.\n\n" +
            "Danke für Ihre Rückmeldung.\n\nFreundliche Grüße\nIhr Larkmoor Trail-Team\n", reply.Text);
    }

    [Fact]
    public void Lines_of_a_list_stand_under_each_other()
    {
        var line = Paragraph.Of("order-line", ("order", ReplyValue.Of("1001")), ("placed", ReplyValue.Of(new DateOnly(2026, 5, 4))), ("items", ReplyValue.Of(["Tent", "Mat", "Socks"])));
        Assert.Contains("number:\n- 1001, 4 May 2026: Tent, Mat and Socks\n- 1001, ", Composer.Compose("en", null, [Paragraph.Of("which-order"), line, line]).Value!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "1 March 2026", "£1,234.50", "a and b")]
    [InlineData("de", "1. März 2026", "1.234,50 £", "a und b")]
    [InlineData("fr", "1er mars 2026", "1 234,50 £", "a et b")]
    [InlineData("es", "1 de marzo de 2026", "1.234,50 £", "a y b")]
    [InlineData("it", "1º marzo 2026", "1.234,50 £", "a e b")]
    [InlineData("nl", "1 maart 2026", "£ 1.234,50", "a en b")]
    [InlineData("pl", "1 marca 2026", "1 234,50 £", "a i b")]
    [InlineData("ja", "1 March 2026", "£1,234.50", "a and b")]
    public void Dates_money_and_lists_are_written_as_in_the_language(string language, string date, string money, string list)
    {
        var order = ("order", ReplyValue.Of("1"));
        var text = Composer.Compose(language, null,
        [
            Paragraph.Of("already-cancelled", order, ("date", ReplyValue.Of(new DateOnly(2026, 3, 1)))),
            Paragraph.Of("refund", order, ("amount", ReplyValue.Of(new Money(1234.5m, "GBP")))),
            Paragraph.Of("which-item", order, ("items", ReplyValue.Of(["a", "b"]))),
        ]).Value!.Text;
        Assert.Contains(date, text, StringComparison.Ordinal);
        Assert.Contains(money, text, StringComparison.Ordinal);
        Assert.Contains(list, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_currency_nobody_described_is_shown_by_its_code() => Assert.Contains("CZK9.00", Composer.Compose("en", null,
        [Paragraph.Of("refund", ("order", ReplyValue.Of("1")), ("amount", ReplyValue.Of(new Money(9, "CZK"))))]).Value!.Text, StringComparison.Ordinal);

    [Fact]
    public void A_missing_value_or_an_unknown_paragraph_is_a_failure_with_a_hint()
    {
        Assert.Equal(("missing-value", "Paragraph 'refund' needs a value for {amount}."), Failure(Paragraph.Of("refund", ("order", ReplyValue.Of("1")))));
        Assert.Equal(("unknown-paragraph", "There is no paragraph 'refnud' (did you mean 'refund'?)."), Failure(Paragraph.Of("refnud")));

        static (string, string) Failure(Paragraph paragraph) => Composer.Compose("en", null, [paragraph]).Failure is { } f ? (f.Code, f.Message) : ("", "");
    }

    [Theory]
    [InlineData("{amount} [x {date}]", "{amount} [x {date}]")]
    [InlineData("a\r\nBcc: x\u0000\u001b[2J", "a Bcc: x[2J")]
    [InlineData("safe\u202Eevil\u200B", "safeevil")]
    [InlineData("${ .secret }", "${ .secret }")]
    public void A_value_is_plain_data(string value, string shown) => Assert.Contains($"Your order {shown} was already cancelled;",
        Composer.Compose("en", null, [Paragraph.Of("already-cancelled", ("order", ReplyValue.Of(value)))]).Value!.Text, StringComparison.Ordinal);

    [Fact]
    public void Whatever_a_customer_wrote_adds_no_line_and_stays_short()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), ArbMap.Default.ArbFor<string?>(), (value, name) =>
        {
            var written = (value ?? "") + new string('x', 500) + value;
            var text = Composer.Compose("en", name, [Paragraph.Of("already-cancelled", ("order", ReplyValue.Of(written)))]).Value!.Text;
            return text.Split('\n').Length == 7 && text.Length < 600 && text.Contains('…');
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("Zoë d'Ornay-Łuk Jr.", "Zoë d'Ornay-Łuk Jr.")]
    [InlineData("田中 陽斗", "田中 陽斗")]
    [InlineData("Win a prize at evil.example", null)]
    [InlineData("visit https://evil", null)]
    [InlineData("4711", null)]
    [InlineData("one two three four five six", null)]
    [InlineData("kim@example.com", null)]
    [InlineData("...", null)]
    [InlineData("  ", null)]
    public void Only_names_are_greeted(string name, string? greeted) => Assert.Equal(greeted, PlainText.Name(name));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://x/")]
    [InlineData("not a link")]
    public void Only_web_links_are_shown(string link) => Assert.DoesNotContain("follow it here", Composer.Compose("en", null,
        [Paragraph.Of("out-for-delivery", ("parcel", ReplyValue.Of("X")), ("link", ReplyValue.LinkTo(link)))]).Value!.Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("Where is it?", "Re: Where is it?")]
    [InlineData("RE: Where is it?", "RE: Where is it?")]
    [InlineData("AW: Wo?", "AW: Wo?")]
    [InlineData("Odp: Gdzie?", "Odp: Gdzie?")]
    [InlineData("Re[2]: x", "Re[2]: x")]
    [InlineData("Red tent", "Re: Red tent")]
    [InlineData("a\r\nBcc: x", "Re: a Bcc: x")]
    [InlineData("", "Your order 1001")]
    [InlineData(null, "Your order 1001")]
    public void The_subject_answers_the_customers(string? inbound, string subject) => Assert.Equal(subject, Composer.Subject("en", inbound, "1001"));

    [Fact]
    public void Values_survive_json_as_workflows_write_it()
    {
        const string Json = """{"key":"k","values":{"a":"t","b":3,"c":["x","y"],"d":{"date":"2026-05-04T23:30:00+00:00"},"e":{"currency":"EUR","amount":1.50},"f":{"link":"https://a.example/"},"g":null,"h":{"date":null}}}""";
        var paragraph = JsonSerializer.Deserialize<Paragraph>(Json, JsonSerializerOptions.Web)!;
        Assert.Equal(
            """{"key":"k","values":{"a":"t","b":3,"c":["x","y"],"d":{"date":"2026-05-04"},"e":{"amount":1.50,"currency":"EUR"},"f":{"link":"https://a.example/"},"g":null,"h":null}}""",
            JsonSerializer.Serialize(paragraph, JsonSerializerOptions.Web));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Paragraph>("""{"key":"k","values":{"a":{"b":1}}}""", JsonSerializerOptions.Web));
    }
}
