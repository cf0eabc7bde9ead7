using AutoFlow.Understanding.Languages;
using Xunit.Abstractions;

namespace AutoFlow.Understanding.Tests;

public class LanguageTests(ITestOutputHelper output)
{
    private static readonly LanguageModel Model = new();

    private sealed record Sample(string File, string Length, string Text, LanguageGuess Guess)
    {
        /// <summary>Files are named by ISO 639-1 code; <c>sr-Latn</c> is Serbian in Latin letters.</summary>
        public bool Right => Guess.Language == File.Split('-')[0];
    }

    private static readonly List<Sample> Samples = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Languages"), "*.tsv").Order().SelectMany(file => File.ReadLines(file)
        .Select(line => line.Split('\t')).Select(row => new Sample(Path.GetFileNameWithoutExtension(file), row[0], row[1], Model.Of(row[1]))))];

    private static double Right(IEnumerable<Sample> samples) => samples.Average(s => s.Right ? 1.0 : 0.0);

    [Fact]
    public void Customers_messages_are_told_in_forty_languages()
    {
        foreach (var language in Samples.GroupBy(s => s.File))
        {
            var missed = language.Where(s => !s.Right).Select(s => $"{s.Guess.Language} {s.Guess.Probability:F2}: {s.Text}");
            output.WriteLine($"{language.Key,-7} short {Right(language.Where(s => s.Length == "short")),6:P0}  long {Right(language.Where(s => s.Length == "long")),5:P0}  {string.Join(" | ", missed)}");
        }
        var (shorts, longs) = (Samples.Where(s => s.Length == "short").ToList(), Samples.Where(s => s.Length == "long").ToList());
        output.WriteLine($"all     short {Right(shorts):P1} of {shorts.Count}, long {Right(longs):P1} of {longs.Count}");
        Assert.True(Samples.Select(s => s.File).Distinct().Count() >= 40);
        Assert.True(Right(shorts) >= 0.95);
        Assert.True(Right(longs) >= 0.99);
        // Croatian and Serbian in Latin letters, Norwegian and Danish are hardly two in a few words.
        Assert.All(Samples.GroupBy(s => s.File), l => Assert.True(Right(l) >= (l.Key is "hr" or "sr-Latn" or "no" ? 0.7 : 0.85), l.Key));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("fr")]
    [InlineData("es")]
    [InlineData("it")]
    [InlineData("nl")]
    [InlineData("pl")]
    [InlineData("ja")]
    [InlineData("zh")]
    public void The_markets_languages_are_hardly_ever_missed(string language) =>
        Assert.True(Right(Samples.Where(s => s.File == language)) >= 0.97);

    [Fact]
    public void A_high_probability_is_right_and_a_low_one_says_that_it_does_not_know()
    {
        foreach (var bin in Samples.GroupBy(s => Math.Min(9, (int)(s.Guess.Probability * 10))).OrderBy(b => b.Key))
            output.WriteLine($"{bin.Key / 10.0:F1}: {bin.Count()} samples, right {Right(bin):P0}");
        Assert.True(Right(Samples.Where(s => s.Guess.Probability >= 0.9)) >= 0.995);
        Assert.All(["ok", "lol", "info", "Re:", "hm", "no", "Anna Schmidt", "asdf"], text => Assert.InRange(Model.Of(text).Probability, 0, 0.5));
    }

    [Theory]
    [InlineData("de", "Guten Tag, ich habe das Modell \"Ultra Light Trail Running Vest\" bestellt, aber es kam die \"Classic City Backpack Edition\". Was nun?")]
    [InlineData("pl", "Witam, dostałem maila \"Your order has been shipped\" ale paczki nie ma. Co dalej?")]
    [InlineData("ja", "「Ultra Light Trail Running Vest」を注文しましたが届きません")]
    [InlineData("es", "hola buenas, my order 10442 no ha llegado y necesito ayuda por favor")]
    public void In_a_mixed_text_the_main_language_wins(string language, string text) => Assert.Equal(language, Model.Of(text).Language);

    [Fact]
    public void An_address_a_link_and_an_order_number_say_nothing() =>
        Assert.Equal(0, Model.Of("anna.schmidt@beispiel.example https://shop.example/bestellung/verfolgen LS-004411 CH454284108DE").Probability);

    [Fact]
    public void Accents_may_be_missing_or_written_apart()
    {
        Assert.Equal("cs", Model.Of("dobry den, kdy prijde moje zasilka? dekuji").Language);
        Assert.Equal(Model.Of("Où est mon colis préféré ?"), Model.Of("Où est mon colis préféré ?".Normalize(System.Text.NormalizationForm.FormD)));
    }

    [Theory]
    [InlineData("en", "The box was open when it got here and one glass is gone")]
    [InlineData("de", "Der Karton war offen und ein Glas fehlt leider")]
    [InlineData("fr", "Le carton était ouvert et il manque un verre")]
    [InlineData("es", "La caja estaba abierta y falta un vaso")]
    [InlineData("it", "La scatola era aperta e manca un bicchiere")]
    [InlineData("nl", "De doos was open en er ontbreekt een glas")]
    [InlineData("pl", "Karton był otwarty i brakuje jednej szklanki")]
    [InlineData("pt", "Olá, ainda não recebi a minha encomenda, quando é que chega? Obrigado")]
    [InlineData("sv", "Hej, jag har inte fått mitt paket ännu, när kommer det?")]
    [InlineData("cs", "Dobrý den, ještě jsem nedostal svou zásilku, kdy přijde? Děkuji")]
    [InlineData("ru", "Здравствуйте, где мой заказ? Он ещё не пришёл")]
    [InlineData("uk", "Добрий день, де моє замовлення? Його ще немає")]
    [InlineData("ja", "注文した商品がまだ届きません。いつ届きますか")]
    [InlineData("zh", "我的包裹还没有到，请问什么时候能收到")]
    [InlineData("el", "Πού είναι η παραγγελία μου;")]
    [InlineData("de", "Wo ist mein Paket?")]
    [InlineData("fr", "Où est mon colis ?")]
    [InlineData("it", "dov'è il pacco")]
    public void A_language_is_told(string language, string text) => Assert.Equal(language, TestData.Model.Languages.Of(text).Language);

    [Fact]
    public void Text_without_letters_is_english_with_probability_zero() =>
        Assert.Equal(("en", 0.0), (TestData.Model.Languages.Of("10442 ???").Language, TestData.Model.Languages.Of("10442 ???").Probability));

    [Fact]
    public void The_subject_helps_a_short_text() =>
        Assert.Equal("nl", TestData.Understanding.Understand(TestData.Mail("10442", "Waar is mijn bestelling")).Language);

    [Fact]
    public void The_seeds_languages_are_told_apart()
    {
        var wrong = TestData.Seeds.Where(s => s.Text.Length >= 40 && TestData.Model.Languages.Of(s.Text).Language != s.Language).Select(s => s.Text).ToList();
        Assert.True(wrong.Count <= TestData.Seeds.Count / 100, string.Join('\n', wrong));
    }
}
