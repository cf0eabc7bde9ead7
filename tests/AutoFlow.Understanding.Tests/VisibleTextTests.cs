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
    [InlineData("2025年11月3日(月) 10:00 Shop <a@b.example>:")]
    [InlineData("2025/11/03 10:00、Shop <a@b.example>のメール:")]
    [InlineData("2025/11/03 10:00、Shop <a@b.example>のメッセージ：")]
    [InlineData("2025年11月3日 10:00、Shopさんが書きました:")]
    [InlineData("差出人: Shop <a@b.example>\n送信日時: 2025年11月3日 10:00\n宛先: Anna\n件名: ご注文")]
    [InlineData("差出人： Shop\n送信日時： 2025年11月3日\n件名： ご注文")]
    [InlineData("----- 元のメッセージ -----\nFrom: Shop")]
    [InlineData("Shop <a@b.example> 于2025年11月3日周一 10:00写道：")]
    [InlineData("在 2025-11-03 10:00:00，\"Shop\" <a@b.example> 写道：")]
    [InlineData("在 2025年11月3日，10:00，Shop <a@b.example> 写道：")]
    [InlineData("At 2025-11-03 10:00:00, \"Shop\" <a@b.example> wrote:")]
    [InlineData("发件人: Shop <a@b.example>\n发送时间: 2025年11月3日 10:00\n收件人: Anna\n主题: 订单")]
    [InlineData("发件人： Shop\n发送时间： 2025-11-03\n收件人： Anna\n主题： 订单")]
    [InlineData("------------------ 原始邮件 ------------------\n发件人: \"Shop\";")]
    [InlineData("寄件者: Shop\n傳送時間: 2025年11月3日\n收件者: Anna\n主旨: 訂單")]
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
    [InlineData("iPhoneから送信")]
    [InlineData("Androidから送信されました")]
    [InlineData("Outlook for iOS を入手")]
    [InlineData("发自我的iPhone")]
    [InlineData("发自我的 iPhone")]
    [InlineData("从我的华为手机发送")]
    [InlineData("從我的 iPhone 傳送")]
    [InlineData("发自QQ邮箱")]
    [InlineData("获取 Outlook for Android")]
    [InlineData("━━━━━━━━━━━━━━━━\n山田 太郎\n〒100-0001 東京都千代田区1-1\nTEL: 03-1234-5678\n━━━━━━━━━━━━━━━━")]
    [InlineData("-----------------------------\n株式会社サンプル 営業部\n山田 太郎\nE-mail: taro@kaisha.example\n-----------------------------")]
    [InlineData("＊＊＊＊＊＊＊＊＊＊\n山田 太郎\n＊＊＊＊＊＊＊＊＊＊")]
    [InlineData("------------------\n王芳\n电话：010-12345678\n地址：北京市海淀区1号")]
    public void A_signature_is_cut(string signature) => Assert.Equal("Where is it?", VisibleText.Of($"Where is it?\n\n{signature}"));

    [Fact]
    public void Closing_and_order_number_stay_and_contact_lines_go() =>
        Assert.Equal("Wo ist es?\n\nViele Grüße\nAnna\nBestellnummer 1042", VisibleText.Of("Wo ist es?\n\nViele Grüße\nAnna\nTel. 030 1234567\nwww.anna.example\nBestellnummer 1042"));

    [Theory]
    [InlineData("Bitte prüfen:\n----------\nBestellung 1042\n----------")]
    [InlineData("Two orders:\n==========\n1042 lamp\n1043 chair\n==========\nWhich one comes first?")]
    [InlineData("I have two questions\n-----------\nWhere is my lamp\nand the chair")]
    [InlineData("━━━━━━━━━━\n注文番号 1042\n━━━━━━━━━━\n届きません。")]
    [InlineData("注文した商品が届きません。\nよろしくお願いします")]
    [InlineData("从我的订单里取消台灯")]
    [InlineData("On Monday I wrote: where is it?")]
    public void What_only_looks_like_a_signature_or_a_quote_stays(string text) => Assert.Equal(text, VisibleText.Of(text));

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

    [Theory]
    [InlineData("---------- 転送メッセージ ----------\n差出人: 配送会社\n日付: 2025年11月3日\n件名: お荷物\n宛先: me\n\n荷物が見つかりません。")]
    [InlineData("-------- 转发邮件信息 --------\n发件人：快递公司\n发送日期：2025-11-03\n收件人：me\n主题：包裹\n\n包裹丢失。")]
    public void A_mail_forwarded_in_Japanese_or_Chinese_stays(string forwarded) => Assert.Equal($"FYI\n\n{forwarded}", VisibleText.Of($"FYI\n\n{forwarded}"));

    [Theory]
    [InlineData("<p>Wo ist es?</p><div class=\"moz-signature\">-- <br>Anna Miller<br>ACME</div>")]
    [InlineData("<div>Wo ist es?</div><br clear=\"all\"><div><span class=\"gmail_signature_prefix\">-- </span><br><div dir=\"ltr\" class=\"gmail_signature\" data-smartmail=\"gmail_signature\">Anna Miller</div></div>")]
    [InlineData("<div>Wo ist es?</div><div id=\"ms-outlook-mobile-signature\">Holen Sie sich Outlook</div>")]
    public void A_signature_that_the_mail_program_marks_is_cut(string html) => Assert.Equal("Wo ist es?", VisibleText.Of(TestData.Mail("", html: html)));

    [Fact]
    public void What_stands_only_in_a_signatures_box_stays() => Assert.Equal("Wo ist es?", VisibleText.Of(TestData.Mail("", html: "<div class=\"gmail_signature\">Wo ist es?</div>")));

    [Theory]
    [InlineData("Kde je to?\n\nDne 3. 11. 2025 Shop napísal\n\nStarý text.", "Kde je to?", "Kde je to?")]
    [InlineData("See below.\n\n---------- Forwarded message ---------\nYour parcel is lost.", "See below.", "See below.\n\n---------- Forwarded message ---------\nYour parcel is lost.")]
    [InlineData("Old first.\nKde je to?", "Kde je to?", "Old first.\nKde je to?")]
    [InlineData("Where is it?", "", "Where is it?")]
    public void What_the_channel_takes_for_new_is_followed_only_where_the_old_stands_below(string text, string unique, string expected) =>
        Assert.Equal(expected, VisibleText.Of(TestData.Mail(text) with { Unique = unique }));

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

    /// <summary>Whatever stands above, an old message is cut and what was written stays: texts of words, under every header and signature of a list.</summary>
    [Fact]
    public void What_is_written_above_any_old_message_and_signature_is_all_that_is_left()
    {
        string[] words = ["lamp", "wo", "ist", "commande", "1042", "荷物", "包裹", "gdzie", "ordine", "ok!"];
        string[] below = ["", "\n\nOn 3 Nov 2025, Shop <a@b.example> wrote:\n> Old.\n> text", "\n\n2025/11/03 10:00、Shop <a@b.example>のメール:\n\n古い", "\n\n发件人: Shop\n发送时间: 2025年11月3日\n收件人: Anna\n主题: x\n\n旧", "\n\n-----Ursprüngliche Nachricht-----\nVon: Shop\nalt"];
        string[] signatures = ["", "\n\n-- \nAnna", "\n\niPhoneから送信", "\n\n发自我的iPhone", "\n\nSent from my iPhone"];
        var lines = Gen.Elements(words).NonEmptyListOf().Select(line => string.Join(' ', line)).NonEmptyListOf().Select(many => string.Join('\n', many));
        var mails = from text in lines from signature in Gen.Elements(signatures) from old in Gen.Elements(below) select (text, signature, old);
        Prop.ForAll(mails.ToArbitrary(), mail => VisibleText.Of(mail.text + mail.signature + mail.old) == mail.text).QuickCheckThrowOnFailure();
    }

    [SharedFact("data/email-replies")]
    public void Real_replies_are_trimmed_right()
    {
        var folder = TestData.Shared("data/email-replies")!;
        var files = Directory.GetFiles(Path.Combine(folder, "emails")).Order(StringComparer.Ordinal).ToList();
        var wrong = files.Where(f => Lines(VisibleText.Of(File.ReadAllText(f))) != Lines(File.ReadAllText(Path.Combine(folder, "trimmed", Path.GetFileName(f))))).Select(Path.GetFileName).ToList();
        output.WriteLine($"{files.Count - wrong.Count} of {files.Count} exact; different: {string.Join(", ", wrong)}");
        Assert.True(files.Count - wrong.Count >= 29, string.Join(", ", wrong));
    }

    /// <summary>Nothing in a hostile body makes cutting cost more than its length: each of these ends at once or the test runs for hours.</summary>
    [Theory]
    [InlineData("--------\n")]
    [InlineData("1042 <a@b.example>\n")]
    [InlineData("On 3 Nov 2025, Shop wrote:\n")]
    [InlineData("差出人: a\n")]
    [InlineData("━━━━━━━━\nTEL: 03-1234-5678\n")]
    [InlineData("> \n")]
    public void A_hostile_body_costs_no_more_than_its_length(string piece) => Assert.NotNull(VisibleText.Of("x\n" + string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length))));

    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim();
}
