using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Answers;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Understanding.Tests;

public class AnswerTests
{
    private static readonly AnswerReader Reader = new();

    [Theory]
    [InlineData("en", "Yes please")]
    [InlineData("en", "yes, that address is correct")]
    [InlineData("en", "Found it, my neighbour had it!")]
    [InlineData("en", "It arrived this morning, thanks")]
    [InlineData("en", "It was not there, but the neighbour had it after all")]
    [InlineData("de", "Ja, hab es gefunden")]
    [InlineData("de", "ist doch angekommen, danke")]
    [InlineData("de", "Das stimmt so.")]
    [InlineData("fr", "Oui, je l'ai trouvé")]
    [InlineData("fr", "D'accord, merci")]
    [InlineData("es", "Sí, por favor")]
    [InlineData("es", "Lo tenía el vecino")]
    [InlineData("it", "Sì, va bene")]
    [InlineData("it", "È arrivato oggi")]
    [InlineData("nl", "Ja, dat klopt")]
    [InlineData("nl", "De buurman had het, gevonden dus")]
    [InlineData("pl", "Tak, zgadza się")]
    [InlineData("pl", "Paczka dotarła dzisiaj")]
    public void Yes_is_read(string language, string text) => Assert.Equal(AnswerKind.Yes, Reader.Read(text, language, []).Kind);

    [Theory]
    [InlineData("en", "No")]
    [InlineData("en", "still nothing")]
    [InlineData("en", "Yes I asked all my neighbours, still nothing")]
    [InlineData("en", "I could not find it anywhere")]
    [InlineData("de", "nein, immer noch nichts")]
    [InlineData("de", "Bei den Nachbarn habe ich gefragt, nichts gefunden")]
    [InlineData("fr", "Non, toujours rien")]
    [InlineData("fr", "je n'ai rien reçu, personne ne l'a")]
    [InlineData("es", "No, sigo sin recibirlo")]
    [InlineData("it", "No, non è arrivato")]
    [InlineData("nl", "Nee, nog steeds niets")]
    [InlineData("pl", "Nie, nadal nic")]
    public void No_is_read(string language, string text) => Assert.Equal(AnswerKind.No, Reader.Read(text, language, []).Kind);

    [Theory]
    [InlineData("en", "Why do you ask?")]
    [InlineData("en", "I will check tomorrow")]
    [InlineData("en", "")]
    [InlineData("de", "Wer hat das unterschrieben?")]
    [InlineData("en", "It arrived at the depot. I have not received it")]
    public void What_is_neither_is_unclear(string language, string text) => Assert.Equal(AnswerKind.Unclear, Reader.Read(text, language, []).Kind);

    [Theory]
    [InlineData("en", "It's 1043", "1043")]
    [InlineData("en", "order #1042 please", "1042")]
    [InlineData("en", "the first one", "1042")]
    [InlineData("en", "the last one", "1050")]
    [InlineData("en", "2", "1043")]
    [InlineData("de", "die zweite", "1043")]
    [InlineData("fr", "la première", "1042")]
    [InlineData("es", "la segunda", "1043")]
    [InlineData("it", "il terzo", "1050")]
    [InlineData("nl", "de eerste", "1042")]
    [InlineData("pl", "drugie", "1043")]
    public void A_choice_is_read(string language, string text, string choice) =>
        Assert.Equal(new Answer(AnswerKind.Choice, choice), Reader.Read(text, language, ["1042", "1043", "1050"]));

    [Fact]
    public void Two_named_choices_are_unclear() => Assert.Equal(AnswerKind.Unclear, Reader.Read("1042 and 1043", "en", ["1042", "1043"]).Kind);

    [Theory]
    [InlineData("My new address is: Lindenweg 5, 10115 Berlin", "Lindenweg 5, 10115 Berlin")]
    [InlineData("Anna Miller\n14 Mill Lane\nYork YO1 7HH\nUnited Kingdom", "Anna Miller, 14 Mill Lane, York YO1 7HH, United Kingdom")]
    [InlineData("Hallo,\n\ndie richtige Adresse lautet:\n\nAnna Müller\nLindenweg 5a\n10115 Berlin\n\nViele Grüße\nAnna", "Anna Müller, Lindenweg 5a, 10115 Berlin")]
    [InlineData("12 rue des Lilas, 69003 Lyon", "12 rue des Lilas, 69003 Lyon")]
    [InlineData("Calle Mayor 12, 28013 Madrid", "Calle Mayor 12, 28013 Madrid")]
    [InlineData("Dorpsstraat 12, 1012 AB Amsterdam", "Dorpsstraat 12, 1012 AB Amsterdam")]
    [InlineData("ul. Lipowa 12/4, 00-950 Warszawa", "ul. Lipowa 12/4, 00-950 Warszawa")]
    public void An_address_is_read(string text, string address) =>
        Assert.Equal(new Answer(AnswerKind.Address, Address: address), Reader.Read(text, "en", []));

    [Theory]
    [InlineData("I ordered 2 lamps in 2024")]
    [InlineData("order 10442 please")]
    [InlineData("Yes, 10115 Berlin is right")]
    public void What_is_no_address_is_not_taken_for_one(string text) => Assert.NotEqual(AnswerKind.Address, Reader.Read(text, "en", []).Kind);

    [Fact]
    public void Any_text_is_read_without_an_exception() =>
        Prop.ForAll<string?, string[]>((text, choices) => Enum.IsDefined(Reader.Read(text ?? "", "de", [.. (choices ?? []).Select(c => c ?? "")]).Kind)).QuickCheckThrowOnFailure();
}
