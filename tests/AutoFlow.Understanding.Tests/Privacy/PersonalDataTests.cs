using AutoFlow.Understanding.Entities;
using AutoFlow.Understanding.Privacy;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Understanding.Tests;

public class PersonalDataTests
{
    [Theory]
    [InlineData("Write to Anna.M@mail.example please", "Write to [EMAIL] please")]
    [InlineData("call +49 171 2345678 today", "call [PHONE] today")]
    [InlineData("Tel. 0171/2345678", "Tel. [PHONE]")]
    [InlineData("mobile (030) 123 45 67", "mobile [PHONE]")]
    [InlineData("my number is 0171 2345678.", "my number is [PHONE].")]
    [InlineData("phone 555-0123-77", "phone [PHONE]")]
    [InlineData("電話番号は090-1234-5678です", "電話番号は[PHONE]です")]
    [InlineData("我的手机号13812345678", "我的手机号[PHONE]")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00 und danke", "IBAN [IBAN] und danke")]
    [InlineData("iban gb82west12345698765432", "iban [IBAN]")]
    [InlineData("card 4111 1111 1111 1111 exp", "card [CARD] exp")]
    [InlineData("4111-1111-1111-1111", "[CARD]")]
    [InlineData("３７８２８２２４６３１０００５", "[CARD]")]
    [InlineData("I paid the parcel with 4111 1111 0031 6762", "I paid the parcel with [CARD]")]
    [InlineData("Please tell the courier to ring me before delivery: 01711234630", "Please tell the courier to ring me before delivery: [PHONE]")]
    [InlineData("My number for the courier is 01711234630 and DHL knows it", "My number for the courier is [PHONE] and DHL knows it")]
    [InlineData("mail hans@müller-lampen.de.", "mail [EMAIL].")]
    [InlineData("jürgen.müller@web.de", "[EMAIL]")]
    [InlineData("o'neil@x.de or o’neil@x.de", "[EMAIL] or [EMAIL]")]
    [InlineData("write to 'anna@x.de'", "write to '[EMAIL]'")]
    [InlineData("a@xn--mller-kva.xn--p1ai!", "[EMAIL]!")]
    [InlineData("почта иван@пример.рф, спасибо", "почта [EMAIL], спасибо")]
    [InlineData("メールはanna@mail.exampleです", "メールは[EMAIL]です")]
    [InlineData("用户@例子.中国", "[EMAIL]")]
    [InlineData("Tel.0171 1234567", "Tel.[PHONE]")]
    [InlineData("Tel.: 0171 1234567,Fax-0171 1234568", "Tel.: [PHONE],Fax-[PHONE]")]
    [InlineData("Ship to Lindenweg 5, 10115 Berlin", "Ship to [ADDRESS]")]
    [InlineData("Hello Anna,\nthanks", "Hello [NAME],\nthanks")]
    [InlineData("Sehr geehrter Herr Dr. Müller,\nwo ist es", "Sehr geehrter Herr Dr. [NAME],\nwo ist es")]
    [InlineData("Where is it?\n\nKind regards,\nAnna van der Meer", "Where is it?\n\nKind regards,\n[NAME]")]
    [InlineData("Danke\n\nViele Grüße\nJonas", "Danke\n\nViele Grüße\n[NAME]")]
    [InlineData("Merci d'avance,\nCordialement,\nJean-Luc Martin", "Merci d'avance,\nCordialement,\n[NAME]")]
    [InlineData("Un saludo, María López", "Un saludo, [NAME]")]
    [InlineData("Pozdrawiam,\nŁukasz Nowak", "Pozdrawiam,\n[NAME]")]
    [InlineData("Hi, my name is Anna Miller and I wait", "Hi, my name is [NAME] and I wait")]
    [InlineData("je m'appelle Zoé Martin.", "je m'appelle [NAME].")]
    [InlineData("Hi Tom,\nTom, are you there?\nBest,\nAnna\nAnna Miller", "Hi [NAME],\n[NAME], are you there?\nBest,\n[NAME]\n[NAME] Miller")]
    [InlineData("田中と申します。", "[NAME]と申します。")]
    [InlineData("佐藤様\nお世話になります", "[NAME]様\nお世話になります")]
    [InlineData("我叫王伟，包裹没到", "我叫[NAME]，包裹没到")]
    public void Personal_data_is_replaced_by_its_kind(string text, string redacted) => Assert.Equal(redacted, Redaction.Of(text));

    [Theory]
    [InlineData("Where is my order 10442 from 12.11.2025 for 1.299,95 €?")]
    [InlineData("tracking number 00340434161094042557")]
    [InlineData("Sendungsnummer 0034 0434 1610 9404 2557")]
    [InlineData("Hello team,\nthe lamp AB-1234-XL is broken")]
    [InlineData("Sehr geehrte Damen und Herren,\n")]
    [InlineData("Hi there,\nDear Sir or Madam,\nHallo zusammen,")]
    [InlineData("Thanks\n\nWhere is my parcel")]
    [InlineData("Best quality ever. Danke Ihnen vielmals für alles")]
    [InlineData("DE89370400440532013001")]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("order 123456789012345")]
    [InlineData("version 7.0171123456")]
    [InlineData("a@1.2 and b@host and c@x.y2")]
    [InlineData("tracking number 4111 1111 0031 6762")]
    [InlineData("parcel number: 01711234630")]
    [InlineData("お客様番号を教えてください")]
    public void What_is_not_personal_stays(string text) => Assert.Equal(text, Redaction.Of(text));

    [Fact]
    public void Order_and_parcel_numbers_are_found_when_asked_for()
    {
        const string text = "order 10442, tracking number RR123456785DE";
        Assert.Equal("order [ORDER], tracking number [PARCEL]", Redaction.Of(text, PersonalData.Find(text, new OrderNumbers(@"#?\d{4,6}"), parcels: true)));
    }

    [Fact]
    public void Every_order_and_parcel_number_is_found_however_many_there_are_and_however_often()
    {
        var text = string.Concat(Enumerable.Range(10401, 30).Select(order => $"order {order}.\n")) + string.Concat(Enumerable.Repeat("order 10442, tracking number RR123456785DE.\n", 30));
        var redacted = Redaction.Of(text, PersonalData.Find(text, new OrderNumbers(@"#?\d{4,6}"), parcels: true));
        Assert.DoesNotContain(redacted, char.IsAsciiDigit);
    }

    [Fact]
    public void Pieces_that_overlap_become_one()
    {
        PersonalSpan[] spans = [new(2, 4, PersonalDataKind.Phone), new(4, 8, PersonalDataKind.Address), new(0, 1, PersonalDataKind.Name)];
        Assert.Equal("[NAME]1[ADDRESS]CD", Redaction.Of("0123456789ABCD", spans));
    }

    [Fact]
    public void A_piece_outside_the_text_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Redaction.Of("abc", [new PersonalSpan(2, 2, PersonalDataKind.Name)]));

    [Fact]
    public void Pieces_lie_in_the_text_in_order_and_apart() => Prop.ForAll(EntityReaderTests.SomeText(), text =>
    {
        var end = 0;
        foreach (var span in PersonalData.Find(text))
        {
            if (span.Start < end || span.Length <= 0 || span.Start + span.Length > text.Length) return false;
            end = span.Start + span.Length;
        }
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Redacting_twice_is_redacting_once() => Prop.ForAll(EntityReaderTests.SomeText(), text =>
    {
        var once = Redaction.Of(text);
        return (Redaction.Of(once) == once).Label($"{text} -> {once} -> {Redaction.Of(once)}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Redacted_text_holds_none_of_the_values() => Prop.ForAll(People(), person =>
    {
        string[] letters =
        [
            $"Hello,\nmy card {person.Card} was charged twice, please refund to {person.Iban}. Call me at {person.Phone} or write to {person.Email}.\n\nKind regards,\n{person.Name}",
            $"Guten Tag,\nmeine Adresse: {person.Address}\nIBAN: {person.Iban}\nTelefon: {person.Phone}\nMail {person.Email}, Karte {person.Card}.\n\nViele Grüße\n{person.Name}",
            $"Bonjour {person.Name},\n{person.Email} {person.Phone}, {person.Address}.\n{person.Iban}; {person.Card}",
        ];
        return letters.All(letter =>
        {
            var redacted = Redaction.Of(letter);
            return new[] { person.Card, person.Iban, person.Phone, person.Email, person.Name }.All(value => !redacted.Contains(value, StringComparison.OrdinalIgnoreCase))
                && (!letter.Contains(person.Address, StringComparison.Ordinal) || !redacted.Contains(person.Address, StringComparison.Ordinal));
        }).Label(string.Join("\n---\n", letters.Select(Redaction.Of)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private sealed record Person(string Card, string Iban, string Phone, string Email, string Name, string Address);

    private static Arbitrary<Person> People() =>
        (from digits in Gen.ArrayOf(Gen.Choose(0, 9), 18)
         from size in Gen.Choose(2, 5)
         from sign in Gen.Elements("", " ", "-")
         from first in Gen.Elements("Anna", "Łukasz", "Zoé", "Jean-Luc", "Mehmet")
         from family in Gen.Elements("Miller", "van Dijk", "García", "O'Brien", "Kowalska")
         from street in Gen.Elements("Lindenweg 5, 10115 Berlin", "12 rue des Lilas, 69003 Lyon", "ul. Lipowa 12/4, 00-950 Warszawa", "14 Mill Lane, York YO1 7HH", "Calle Mayor 12, 28013 Madrid")
         select new Person(
             string.Join(sign, Luhn($"4{string.Concat(digits[..14])}").Chunk(4).Select(c => new string(c))),
             string.Join(sign == "-" ? "" : sign, Iban(string.Concat(digits)).Chunk(4).Select(c => new string(c))),
             $"+49 {string.Join(' ', $"171{string.Concat(digits[..8])}".Chunk(size).Select(c => new string(c)))}",
             $"{first[0]}.{digits[0]}x@mail.example".Replace('Ł', 'L'),
             $"{first} {family}",
             street)).ToArbitrary();

    private static string Luhn(string serial) => serial + "0123456789".First(d => CheckDigits.Luhn(serial + d));

    private static string Iban(string bban) => Enumerable.Range(0, 100).Select(c => $"DE{c:00}{bban}").First(i => CheckDigits.Iban(i));
}
