namespace AutoFlow.Understanding.Tests;

public class LanguageTests
{
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
