using AutoFlow.Understanding.Entities;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Understanding.Tests;

public class EntityTests
{
    private static readonly OrderNumbers Orders = new(@"#?\d{4,6}");

    [Theory]
    [InlineData("Where is order 10442?", "10442")]
    [InlineData("#1042", "1042")]
    [InlineData("my order #1042, thanks", "1042")]
    [InlineData("Order number: 10442", "10442")]
    [InlineData("order no. 10442 please", "10442")]
    [InlineData("Bestellung Nr. 10442", "10442")]
    [InlineData("Bestellnummer lautet 10442.", "10442")]
    [InlineData("commande n° 10442", "10442")]
    [InlineData("ma commande numéro 10442", "10442")]
    [InlineData("mi pedido nº 10442", "10442")]
    [InlineData("l'ordine n. 10442", "10442")]
    [InlineData("mijn bestelling met nummer 10442", "10442")]
    [InlineData("zamówienie o numerze 10442", "10442")]
    [InlineData("nr zamówienia: 10442", "10442")]
    [InlineData("orders 1001, 1002 and 1003", "1001,1002,1003")]
    [InlineData("Bestellungen 1001 und 1002", "1001,1002")]
    [InlineData("10442", "10442")]
    [InlineData("The order from last week, 10442", "10442")]
    [InlineData("10442 is my order number", "10442")]
    public void An_order_number_is_found(string text, string expected) => Assert.Equal(expected.Split(','), Orders.Find(text));

    [Theory]
    [InlineData("My order from March 2025 never came")]
    [InlineData("I ordered on 12.11.2025")]
    [InlineData("my order cost 1299 EUR")]
    [InlineData("I paid € 1299 for the order")]
    [InlineData("I live in 10115 Berlin")]
    [InlineData("call me: 0171 234567")]
    [InlineData("Since 2024 I buy here")]
    [InlineData("the lamp has 1200 lumen")]
    [InlineData("customer number 44556")]
    [InlineData("order tracking 1Z999AA10123456784")]
    [InlineData("https://shop.example/p/12345")]
    public void Other_numbers_are_not_orders(string text) => Assert.Empty(Orders.Find(text));

    [Theory]
    [InlineData("My parcel RR123456785DE is late", "RR123456785DE", "deutsche-post")]
    [InlineData("tracking lx 123 456 785 cn please", "LX123456785CN", "china-post")]
    [InlineData("1Z999AA10123456784", "1Z999AA10123456784", "ups")]
    [InlineData("tracking number 1z 999 aa1 01 2345 6784", "1Z999AA10123456784", "ups")]
    [InlineData("Sendungsnummer: 00340434161094042557", "00340434161094042557", "dhl")]
    [InlineData("JJD000390007882853412", "JJD000390007882853412", "dhl")]
    [InlineData("Amazon TBA123456789012", "TBA123456789012", "amazon")]
    [InlineData("YT2512345678901234 hasn't moved", "YT2512345678901234", "yunexpress")]
    [InlineData("zending 3SABCD1234567890", "3SABCD1234567890", "postnl")]
    [InlineData("numéro de suivi 6A12345678901", "6A12345678901", "la-poste")]
    [InlineData("DPD 01234567890123", "01234567890123", "dpd")]
    [InlineData("paczka 630012345678901234567890", "630012345678901234567890", "inpost")]
    public void A_parcel_number_is_found_with_its_carrier(string text, string number, string carrier)
    {
        var found = Assert.Single(TrackingNumbers.Find(text));
        Assert.Equal(number, found.Number);
        Assert.Contains(carrier, found.Carriers);
    }

    [Theory]
    [InlineData("RR123456784DE")]
    [InlineData("my parcel RR123456785ZQ")]
    [InlineData("1Z999AA10123456785")]
    [InlineData("tracking 00340434161094042558")]
    [InlineData("order 12345678901")]
    [InlineData("call +49 171 2345678901")]
    [InlineData("my phone is 4917123456789")]
    [InlineData("#123456789012")]
    [InlineData("on 12 May 2025 at 10:30")]
    public void What_is_no_parcel_number_is_not_claimed(string text) => Assert.Empty(TrackingNumbers.Find(text));

    [Fact]
    public void A_number_that_fits_several_carriers_names_them_all()
    {
        var both = Enumerable.Range(0, 2000).Select(i => (100000000000L + (i * 7919L)).ToString(System.Globalization.CultureInfo.InvariantCulture))
            .First(n => CheckDigits.FedEx12(n) && CheckDigits.Gls(n));
        var found = Assert.Single(TrackingNumbers.Find($"tracking number {both}"));
        Assert.Contains("fedex", found.Carriers);
        Assert.Contains("gls", found.Carriers);
    }

    [Fact]
    public void Digits_that_the_text_calls_an_order_are_never_parcels() =>
        Prop.ForAll(Arb.From(Gen.Choose(8, 22).SelectMany(n => Gen.ListOf(Gen.Choose(0, 9), n))), digits =>
        {
            var number = string.Concat(digits);
            return new[] { "My order {0} is late", "Bestellnummer {0} bitte", "commande n° {0}", "pedido {0}", "order number: {0}", "zamówienie {0}", "Order #{0}" }
                .All(t => TrackingNumbers.Find(t.Replace("{0}", number, StringComparison.Ordinal)).Count == 0);
        }).QuickCheckThrowOnFailure();

    public static TheoryData<string, Func<string, bool>> CheckedNumbers() => new()
    {
        { "RR123456785DE", CheckDigits.S10 },
        { "00340434161094042557", CheckDigits.Gs1 },
        { "1Z999AA10123456784", CheckDigits.Ups },
        { Complete("123456789", CheckDigits.Modulo7), CheckDigits.Modulo7 },
        { Complete("12345678901", CheckDigits.FedEx12), CheckDigits.FedEx12 },
        { Complete("12345678901234", CheckDigits.FedExGround), CheckDigits.FedExGround },
        { Complete("12345678901", CheckDigits.Gls), CheckDigits.Gls },
        { Complete("12345678901", CheckDigits.Identcode), CheckDigits.Identcode },
        { Complete("01234567890123", CheckDigits.Modulo37), CheckDigits.Modulo37 },
    };

    [Theory]
    [MemberData(nameof(CheckedNumbers))]
    public void A_right_check_digit_is_accepted_and_every_other_refused(string number, Func<string, bool> check)
    {
        Assert.True(check(number));
        var at = number.StartsWith("RR", StringComparison.Ordinal) ? 10 : number.Length - 1;
        for (var digit = '0'; digit <= '9'; digit++)
            if (digit != number[at]) Assert.False(check($"{number[..at]}{digit}{number[(at + 1)..]}"));
    }

    [Fact]
    public void A_mail_address_is_found_once_in_lower_case() =>
        Assert.Equal(["anna.m@mail.example"], new EntityReader(Orders).Read(null, "Write to Anna.M@mail.example or anna.m@mail.example.").EmailAddresses);

    private static string Complete(string digits, Func<string, bool> check) => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".Select(c => digits + c).First(check);
}
