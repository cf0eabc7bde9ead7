using AutoFlow.Understanding.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace AutoFlow.Understanding.Tests;

public class VisibleTextTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Am 3. November 2025 um 10:00 schrieb Shop <a@b.example>:")]
    [InlineData("Am Mo., 3. Nov. 2025 um 10:00 Uhr schrieb Shop <a@b.example>:")]
    [InlineData("Le lun. 3 nov. 2025 à 10:00, Shop <a@b.example> a écrit :")]
    [InlineData("El lun, 3 nov 2025 a las 10:00, Shop (<a@b.example>) escribió:")]
    [InlineData("Il giorno lun 3 nov 2025 alle ore 10:00 Shop <a@b.example> ha scritto:")]
    [InlineData("Op ma 3 nov 2025 om 10:00 schreef Shop <a@b.example>:")]
    [InlineData("W dniu 3.11.2025 o 10:00, Shop pisze:")]
    [InlineData("pon., 3 lis 2025 o 10:00 Shop <a@b.example> napisał(a):")]
    [InlineData("On Mon, 3 Nov 2025 at 10:00, Shop\n<a@b.example> wrote:")]
    [InlineData("-----Ursprüngliche Nachricht-----\nVon: Shop")]
    [InlineData("-----Message d'origine-----\nDe : Shop")]
    [InlineData("________________________________\nVon: Shop <a@b.example>\nGesendet: Montag, 3. November 2025 10:00\nAn: Anna\nBetreff: Ihre Bestellung")]
    [InlineData("From: Shop <a@b.example>\nSent: Monday, 3 November 2025 10:00\nTo: Anna\nSubject: Your order")]
    [InlineData("De: Shop <a@b.example>\nEnviado: lunes, 3 de noviembre de 2025 10:00\nPara: Anna\nAsunto: Pedido")]
    [InlineData("Od: Shop <a@b.example>\nWysłano: poniedziałek, 3 listopada 2025\nDo: Anna\nTemat: Zamówienie")]
    public void An_old_message_below_is_cut(string header) =>
        Assert.Equal("My answer.", VisibleText.Of($"My answer.\n\n{header}\n\nThe old text.\nMore of it."));

    [Theory]
    [InlineData("-- \nAnna Miller\nACME Ltd")]
    [InlineData("Sent from my iPhone")]
    [InlineData("Von meinem iPhone gesendet")]
    [InlineData("Gesendet von Outlook für Android")]
    [InlineData("Envoyé de mon iPhone")]
    [InlineData("Enviado desde mi iPhone")]
    [InlineData("Inviato da iPhone")]
    [InlineData("Verzonden vanaf mijn iPhone")]
    [InlineData("Wysłano z iPhone'a")]
    [InlineData("This e-mail and any attachments are confidential and intended only for the addressee named above.")]
    public void A_signature_is_cut(string signature) => Assert.Equal("Where is it?", VisibleText.Of($"Where is it?\n\n{signature}"));

    [Fact]
    public void Closing_and_order_number_stay_and_contact_lines_go() =>
        Assert.Equal("Wo ist es?\n\nViele Grüße\nAnna\nBestellnummer 1042", VisibleText.Of("Wo ist es?\n\nViele Grüße\nAnna\nTel. 030 1234567\nwww.anna.example\nBestellnummer 1042"));

    [Fact]
    public void Answers_below_and_between_quotes_stay() =>
        Assert.Equal("Answer one.\nAnswer two.", VisibleText.Of("On 3 Nov 2025, Shop wrote:\n> Question one?\nAnswer one.\n> Question two?\nAnswer two."));

    [Fact]
    public void A_forwarded_mail_stays()
    {
        const string Text = "See below, please help.\n\n---------- Forwarded message ---------\nFrom: Carrier <x@y.example>\nDate: Mon, 3 Nov 2025\nSubject: Parcel\nTo: me\n\nYour parcel is lost.";
        Assert.Equal(Text, VisibleText.Of(Text));
        const string Outlook = "Von: Carrier\nGesendet: Montag\nAn: mich\nBetreff: Paket\n\nIhr Paket ist verloren.";
        Assert.Equal($"Bitte lesen\n\n{Outlook}", VisibleText.Of($"Bitte lesen\n\n{Outlook}", isForward: true));
    }

    [Fact]
    public void Html_becomes_lines_without_scripts_hidden_parts_and_quotes()
    {
        var text = VisibleText.Of(TestData.Mail("", html:
            """
            <html><head><style>p{color:red}</style><title>t</title></head><body><script>alert(1)</script>
            <p>Hello,<br>where is  <b>my</b> parcel?</p><div style="display:none">secret words</div>
            <div class="gmail_quote"><div class="gmail_attr">On Mon, 3 Nov 2025 Shop &lt;a@b.example&gt; wrote:</div><blockquote>Old text</blockquote></div></body></html>
            """));
        Assert.Equal("Hello,\nwhere is my parcel?", text);
    }

    [Fact]
    public void Outlooks_reply_block_in_html_is_cut() =>
        Assert.Equal("Still broken.", VisibleText.Of(TestData.Mail("", html:
            "<div>Still broken.</div><hr><div id=\"divRplyFwdMsg\"><b>Von:</b> Shop<br><b>Gesendet:</b> Montag<br><b>An:</b> Anna<br><b>Betreff:</b> x</div><p>Old</p>")));

    [Fact]
    public void Visible_lines_are_lines_of_the_message_in_their_order() =>
        Prop.ForAll<string?>(text =>
        {
            var lines = PlainLines.Of(text ?? "");
            var at = 0;
            return VisibleText.Of(text ?? "").Split('\n').All(line =>
            {
                if (line.Length == 0) return true;
                at = lines.IndexOf(line, Math.Min(at, lines.Count)) + 1;
                return at > 0;
            });
        }).QuickCheckThrowOnFailure();

    [SharedFact("data/email-replies")]
    public void Real_replies_are_trimmed_right()
    {
        var folder = TestData.Shared("data/email-replies")!;
        var files = Directory.GetFiles(Path.Combine(folder, "emails")).Order(StringComparer.Ordinal).ToList();
        var wrong = files.Where(f => Lines(VisibleText.Of(File.ReadAllText(f))) != Lines(File.ReadAllText(Path.Combine(folder, "trimmed", Path.GetFileName(f))))).Select(Path.GetFileName).ToList();
        output.WriteLine($"{files.Count - wrong.Count} of {files.Count} exact; different: {string.Join(", ", wrong)}");
        Assert.True(files.Count - wrong.Count >= 29, string.Join(", ", wrong));
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim();
}
