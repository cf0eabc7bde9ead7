using System.Globalization;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Entities;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Understanding.Tests;

public class EntityReaderTests
{
    private static readonly EntityReader Reader = new(new OrderNumbers(@"#?\d{4,6}"));

    // A Wednesday.
    private static readonly DateTimeOffset Received = new(2025, 11, 12, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en", "ordered on 2025-11-03", "2025-11-03", "2025-11-03")]
    [InlineData("de", "am 03.11.2025 bestellt", "2025-11-03", "03.11.2025")]
    [InlineData("de", "am 3. 11. 2025 bestellt", "2025-11-03", "3. 11. 2025")]
    [InlineData("de", "am 12.11. bestellt", "2025-11-12", "12.11.")]
    [InlineData("de", "vom 3.11.25", "2025-11-03", "3.11.25")]
    [InlineData("en", "12.11.2025", "2025-11-12", "12.11.2025")]
    [InlineData("fr", "le 12/11/25", "2025-11-12", "12/11/25")]
    [InlineData("fr", "commandé le 12/11", "2025-11-12", "12/11")]
    [InlineData("es", "03/04/2025", "2025-04-03", "03/04/2025")]
    [InlineData("nl", "03-04-2025", "2025-04-03", "03-04-2025")]
    [InlineData("en", "03/04/2025", null, "03/04/2025")]
    [InlineData("en", "25/12/2025", "2025-12-25", "25/12/2025")]
    [InlineData("en", "12/25/2025", "2025-12-25", "12/25/2025")]
    [InlineData("en", "04/04/2025", "2025-04-04", "04/04/2025")]
    [InlineData("en", "I ordered it on 3 November.", "2025-11-03", "3 November")]
    [InlineData("en", "on the 3rd of November 2024", "2024-11-03", "3rd of November 2024")]
    [InlineData("en", "on November 3rd, 2024 I", "2024-11-03", "November 3rd, 2024")]
    [InlineData("en", "by Dec 24 please", "2025-12-24", "Dec 24")]
    [InlineData("en", "May 5 is fine", "2025-05-05", "May 5")]
    [InlineData("en", "since 3-Nov-2025", "2025-11-03", "3-Nov-2025")]
    [InlineData("de", "am 3. Nov. bestellt", "2025-11-03", "3. Nov")]
    [InlineData("de", "bis zum 2. Januar", "2026-01-02", "2. Januar")]
    [InlineData("de", "am 5. März 2025", "2025-03-05", "5. März 2025")]
    [InlineData("fr", "le 3 novembre", "2025-11-03", "3 novembre")]
    [InlineData("fr", "le 1er mars 2025", "2025-03-01", "1er mars 2025")]
    [InlineData("es", "el 3 de noviembre de 2025", "2025-11-03", "3 de noviembre de 2025")]
    [InlineData("it", "il 3 novembre 2025", "2025-11-03", "3 novembre 2025")]
    [InlineData("nl", "op 3 november jl.", "2025-11-03", "3 november")]
    [InlineData("pl", "zamówiłem 3 listopada", "2025-11-03", "3 listopada")]
    [InlineData("ja", "11月3日に注文しました", "2025-11-03", "11月3日")]
    [InlineData("ja", "２０２５年１１月３日に", "2025-11-03", "２０２５年１１月３日")]
    [InlineData("zh", "我11月3号下的订单", "2025-11-03", "11月3号")]
    [InlineData("zh", "2024年12月24日", "2024-12-24", "2024年12月24日")]
    [InlineData("en", "it came yesterday", "2025-11-11", "yesterday")]
    [InlineData("en", "the day before yesterday it came", "2025-11-10", "day before yesterday")]
    [InlineData("en", "since last Monday", "2025-11-10", "last Monday")]
    [InlineData("en", "last Wednesday", "2025-11-05", "last Wednesday")]
    [InlineData("en", "next Wednesday", "2025-11-19", "next Wednesday")]
    [InlineData("en", "I ordered 3 days ago", "2025-11-09", "3 days ago")]
    [InlineData("de", "gestern kam", "2025-11-11", "gestern")]
    [InlineData("de", "bis morgen", "2025-11-13", "morgen")]
    [InlineData("de", "seit letzten Montag", "2025-11-10", "letzten Montag")]
    [InlineData("de", "nächsten Freitag", "2025-11-14", "nächsten Freitag")]
    [InlineData("de", "vor 3 Tagen bestellt", "2025-11-09", "vor 3 Tagen")]
    [InlineData("fr", "livré hier", "2025-11-11", "hier")]
    [InlineData("fr", "avant-hier", "2025-11-10", "avant-hier")]
    [InlineData("fr", "aujourd'hui", "2025-11-12", "aujourd'hui")]
    [InlineData("fr", "depuis lundi dernier", "2025-11-10", "lundi dernier")]
    [InlineData("fr", "il y a 3 jours", "2025-11-09", "il y a 3 jours")]
    [InlineData("es", "ayer", "2025-11-11", "ayer")]
    [InlineData("es", "pasado mañana", "2025-11-14", "pasado mañana")]
    [InlineData("es", "el lunes pasado", "2025-11-10", "lunes pasado")]
    [InlineData("es", "hace 3 días", "2025-11-09", "hace 3 días")]
    [InlineData("it", "ieri", "2025-11-11", "ieri")]
    [InlineData("it", "lunedì scorso", "2025-11-10", "lunedì scorso")]
    [InlineData("it", "3 giorni fa", "2025-11-09", "3 giorni fa")]
    [InlineData("nl", "gisteren", "2025-11-11", "gisteren")]
    [InlineData("nl", "afgelopen maandag", "2025-11-10", "afgelopen maandag")]
    [InlineData("nl", "3 dagen geleden", "2025-11-09", "3 dagen geleden")]
    [InlineData("pl", "wczoraj", "2025-11-11", "wczoraj")]
    [InlineData("pl", "w zeszły poniedziałek", "2025-11-10", "zeszły poniedziałek")]
    [InlineData("pl", "3 dni temu", "2025-11-09", "3 dni temu")]
    [InlineData("ja", "昨日届きました", "2025-11-11", "昨日")]
    [InlineData("ja", "先週の月曜日に", "2025-11-03", "先週の月曜日")]
    [InlineData("ja", "3日前に注文", "2025-11-09", "3日前")]
    [InlineData("zh", "昨天到的", "2025-11-11", "昨天")]
    [InlineData("zh", "上周一下单", "2025-11-03", "上周一")]
    public void A_day_is_read_with_its_place(string language, string text, string? date, string place)
    {
        var mention = Assert.Single(Read(text, language).Dates);
        Assert.Equal(date, mention.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(place, In(text, mention.Span));
    }

    [Theory]
    [InlineData("en", "order 3 may be late")]
    [InlineData("en", "version 12.11.2025.4")]
    [InlineData("en", "31.02.2025")]
    [InlineData("de", "Guten Morgen")]
    [InlineData("de", "Es ist hier kaputt")]
    [InlineData("es", "por la mañana")]
    [InlineData("en", "ratio 12/11")]
    [InlineData("en", "it costs 12.11 EUR")]
    [InlineData("en", "on Monday")]
    [InlineData("de", "Bestellung 3 Sie")]
    public void Other_words_and_numbers_are_no_days(string language, string text) => Assert.Empty(Read(text, language).Dates);

    [Theory]
    [InlineData("de", "1.299,95 €", "1299.95", "EUR")]
    [InlineData("en", "1,299.95 EUR", "1299.95", "EUR")]
    [InlineData("en", "$1,299.95", "1299.95", "USD")]
    [InlineData("en", "$ 12", "12", "USD")]
    [InlineData("en", "CA$12.50", "12.50", "CAD")]
    [InlineData("en", "£20", "20", "GBP")]
    [InlineData("en", "20 pounds", "20", "GBP")]
    [InlineData("pl", "1 299,95 zł", "1299.95", "PLN")]
    [InlineData("pl", "1\u00a0299,95\u00a0zł", "1299.95", "PLN")]
    [InlineData("pl", "49,90PLN", "49.90", "PLN")]
    [InlineData("de", "CHF 1'299.95", "1299.95", "CHF")]
    [InlineData("de", "12,- €", "12", "EUR")]
    [InlineData("de", "12,-- €", "12", "EUR")]
    [InlineData("de", "1299 Euro", "1299", "EUR")]
    [InlineData("fr", "12,5 €", "12.5", "EUR")]
    [InlineData("en", "1.000.000 EUR", "1000000", "EUR")]
    [InlineData("en", "EUR12.50", "12.50", "EUR")]
    [InlineData("ja", "5,000円", "5000", "JPY")]
    [InlineData("ja", "￥５０００", "5000", "JPY")]
    [InlineData("zh", "¥299.50", "299.50", "CNY")]
    [InlineData("zh", "299元", "299", "CNY")]
    [InlineData("sv", "499 kr", "499", "SEK")]
    [InlineData("da", "499 kr.", "499", "DKK")]
    [InlineData("no", "kr 499", "499", "NOK")]
    public void An_amount_is_read_with_its_currency(string language, string text, string amount, string currency)
    {
        var written = $"... {text} !";
        var mention = Assert.Single(Read(written, language).Amounts);
        Assert.Equal(decimal.Parse(amount, CultureInfo.InvariantCulture), mention.Amount);
        Assert.Equal(currency, mention.Currency);
        Assert.Equal(text.TrimEnd('.'), In(written, mention.Span));
    }

    [Theory]
    [InlineData("order 10442 please")]
    [InlineData("499 kr")]
    [InlineData("12 try again")]
    [InlineData("https://shop.example/p12€x")]
    [InlineData("12.11.2025 EUR")]
    public void Other_numbers_are_no_amounts(string text) => Assert.Empty(Read(text, "en").Amounts);

    [Theory]
    [InlineData("The lamp AB-1234-XL is broken", "AB-1234-XL")]
    [InlineData("art. nr. 48213", "48213")]
    [InlineData("Art.-Nr. 48213", "48213")]
    [InlineData("Artikelnummer: 48213", "48213")]
    [InlineData("SKU: lmp7", "LMP7")]
    [InlineData("item no. 48213 is missing", "48213")]
    [InlineData("artículo n.º 48213", "48213")]
    [InlineData("codice articolo 48213", "48213")]
    [InlineData("numer artykułu 48213", "48213")]
    [InlineData("référence article 48213-B", "48213-B")]
    [InlineData("EAN 4006381333931", "4006381333931")]
    [InlineData("品番：AB-1234", "AB-1234")]
    [InlineData("货号48213", "48213")]
    [InlineData("the KX-200 and nothing else", "KX-200")]
    public void An_article_is_read(string text, string code)
    {
        var entities = Read(text, "en");
        var mention = Assert.Single(entities.Products);
        Assert.Equal(code, mention.Code);
        Assert.Equal(code, In(text, mention.Span).ToUpperInvariant());
        Assert.Empty(entities.OrderNumbers);
        Assert.Empty(entities.TrackingNumbers);
    }

    [Theory]
    [InlineData("item 2 of 3")]
    [InlineData("model 2024")]
    [InlineData("COVID-19")]
    [InlineData("order PO-12345")]
    [InlineData("my order is AB-1234-XL")]
    [InlineData("D-10115 Berlin")]
    [InlineData("USB-C cable")]
    [InlineData("the product costs 1299 EUR")]
    [InlineData("https://shop.example/AB-1234-XL")]
    [InlineData("tracking number RR-123456785-DE")]
    [InlineData("12-NOV-2025")]
    [InlineData("Ticket opened [TCK-90012]")]
    [InlineData("Erstattungsnummer RF-55120")]
    [InlineData("refund ref RF-55120")]
    [InlineData("Auftragsnr. 990412-B")]
    [InlineData("tablet (serial SN-44Z8810)")]
    public void Other_codes_are_no_articles(string text) => Assert.Empty(Read(text, "en").Products);

    [Theory]
    [InlineData("Please send it to Lindenweg 5, 10115 Berlin.", "Lindenweg 5, 10115 Berlin")]
    [InlineData("Hi,\n\nI moved. My new address is:\n\nAnna Miller\n14 Mill Lane\nYork YO1 7HH\nUnited Kingdom\n\nThanks", "Anna Miller, 14 Mill Lane, York YO1 7HH, United Kingdom")]
    [InlineData("Bonjour, mon adresse: 12 rue des Lilas, 69003 Lyon", "12 rue des Lilas, 69003 Lyon")]
    [InlineData("Moved! New address is 8 Elm Court, Leeds LS6 2AB, please use that for order 20771", "8 Elm Court, Leeds LS6 2AB")]
    [InlineData("Il vecchio domicilio era sbagliato. Spedite in via Nazionale 22, 33100 Udine. Non è ancora partito", "via Nazionale 22, 33100 Udine")]
    [InlineData("Merci de faire suivre la 4490 en Belgique, rue Haute 12, 1000 Bruxelles", "rue Haute 12, 1000 Bruxelles")]
    [InlineData("Hallo,\nbitte an Große Bergstraße 5, 22767 Hamburg Altona, Deutschland senden", "Große Bergstraße 5, 22767 Hamburg Altona, Deutschland")]
    [InlineData("Wyślijcie na ul. Lipowa 12/4, 00-950 Warszawa, dziękuję", "ul. Lipowa 12/4, 00-950 Warszawa")]
    [InlineData("住所は〒150-0001 東京都渋谷区神宮前1-2-3です。", "〒150-0001 東京都渋谷区神宮前1-2-3")]
    public void An_address_is_read_with_its_place(string text, string address)
    {
        var mention = Assert.Single(Read(text, "en").Addresses);
        Assert.Equal(address, mention.Address);
        Assert.Equal(address, string.Join(", ", In(text, mention.Span).Split('\n').Select(l => l.Trim(' ', ',', '.'))));
    }

    [Theory]
    [InlineData("I ordered 2 lamps on 12 May and order 10442 is missing")]
    [InlineData("Order 10442 From last week had 3 lamps but only 2 arrived")]
    [InlineData("Bestellung 10442 Lampe, davon 2 Stück kaputt")]
    public void Sentences_with_numbers_are_no_addresses(string text) => Assert.Empty(Read(text, "en").Addresses);

    [Theory]
    [InlineData("Please send it to Lindenweg 5, 10115 Berlin, before Friday.", "Lindenweg 5, 10115 Berlin")]
    [InlineData("Wyślijcie na ul. Lipowa 12/4, 00-950 Warszawa, dziękuję.", "ul. Lipowa 12/4, 00-950 Warszawa")]
    [InlineData("bitte an Große Bergstraße 5, 22767 Hamburg Altona, Deutschland senden", "Große Bergstraße 5, 22767 Hamburg Altona, Deutschland")]
    [InlineData("住所は〒150-0001 東京都渋谷区神宮前1-2-3です。", "〒150-0001 東京都渋谷区神宮前1-2-3")]
    public void An_address_is_read_in_a_paragraph_on_one_line(string sentence, string address)
    {
        const string told = "We waited all of the week at home for the lamp to come and nobody rang, which is a pity because we had friends here to see it. ";
        foreach (var (before, after) in ((string, string)[])[(told + told + told, ""), ("", ' ' + told + told + told), (told + told, ' ' + told + told)])
        {
            var text = before + sentence + after;
            var mention = Assert.Single(Read(text, "en").Addresses);
            Assert.Equal(address, mention.Address);
            Assert.Equal(address, In(text, mention.Span));
        }
    }

    [Fact]
    public void An_address_is_read_anywhere_in_a_sentence_without_end()
    {
        const string address = "Große Bergstraße 5, 22767 Hamburg Altona";
        for (var words = 0; words < 130; words++)
        {
            var text = string.Concat(Enumerable.Repeat("und so ", words)) + "an " + address + string.Concat(Enumerable.Repeat(" und so", 130 - words));
            var mention = Assert.Single(Read(text, "de").Addresses);
            Assert.Equal(address, In(text, mention.Span));
        }
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void A_clock_that_is_far_off_does_no_harm(string received)
    {
        foreach (var text in (string[])["yesterday", "tomorrow", "999 days ago", "last Monday", "next Monday", "last week", "next week", "the day before yesterday", "on 3 November", "am 12.11."])
            foreach (var language in (string?[])["en", "de", null])
                Reader.Read(text, text, language, DateTimeOffset.Parse(received, CultureInfo.InvariantCulture));
        Assert.Single(Reader.Read(null, "yesterday", "en", DateTimeOffset.Parse(received, CultureInfo.InvariantCulture)).Dates);
    }

    [Fact]
    public void What_stands_in_the_subject_says_so()
    {
        var entities = Reader.Read("RR123456785DE from 3 November, 12 EUR, SKU AB-12-XL", "Where is it?", "en", Received);
        Assert.All([entities.TrackingNumbers[0].Span!, entities.Dates[0].Span, entities.Amounts[0].Span, entities.Products[0].Span], span => Assert.True(span.InSubject));
    }

    [Fact]
    public void A_mail_address_is_found_once_in_lower_case() =>
        Assert.Equal(["anna.m@mail.example"], Read("Write to Anna.M@mail.example or anna.m@mail.example.", "en").EmailAddresses);

    [Fact]
    public void Entities_without_spans_from_older_messages_are_still_read()
    {
        var old = System.Text.Json.JsonSerializer.Deserialize<MessageEntities>("""{"OrderNumbers":["1001"],"TrackingNumbers":[{"Number":"RR123456785DE","Carriers":["deutsche-post"]}],"EmailAddresses":[]}""");
        Assert.Equal("RR123456785DE", old!.TrackingNumbers[0].Number);
        Assert.Empty(old.Dates);
        Assert.Empty(old.Products);
    }

    [Fact]
    public void Every_place_lies_in_the_text() => Prop.ForAll(SomeText(), text =>
    {
        var entities = Read(text, "de");
        EntitySpan[] spans = [.. entities.TrackingNumbers.Select(t => t.Span!), .. entities.Products.Select(p => p.Span), .. entities.Dates.Select(d => d.Span), .. entities.Amounts.Select(a => a.Span), .. entities.Addresses.Select(a => a.Span)];
        return Array.TrueForAll(spans, s => s.Start >= 0 && s.Length > 0 && s.Start + s.Length <= text.Length && !s.InSubject);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    internal static Arbitrary<string> SomeText()
    {
        string[] pieces =
        [
            "1", "12.", "2025", " ", "\n", "-", "/", ".", ",", "€", "$", "EUR ", "zł", "order ", "Bestellung ", "SKU ", "AB-", "RR123456785DE", "am ", "3. Nov", "le ", "月", "日", "注文番号", "円", "ａ", "１", "e\u0301", "\ud83d", "ß", "@",
            "a@b.example", "Lindenweg 5, ", "10115 Berlin", "〒", "+49 ", "DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111", "Kind regards,\n", "Anna Miller", "Hallo ", "vor 3 Tagen", "yesterday", "last Monday", "999999999999999999999999",
        ];
        return Gen.ListOf(Gen.Elements(pieces)).Select(string.Concat).ToArbitrary();
    }

    private static MessageEntities Read(string text, string language) => Reader.Read(null, text, language, Received);

    private static string In(string text, EntitySpan span) => text.Substring(span.Start, span.Length);
}
