using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Understanding.Tests;

public class TokensTests
{
    [Theory]
    [InlineData("Where's order #10442?", "where s order <n4> <?>")]
    [InlineData("1 or 250 or 00340434161094042557", "<n1> or <n2> or <n9>")]
    [InlineData("write to anna@mail.example!", "write to <mail> example <!>")]
    [InlineData("RR123456785DE, 20 €", "<code> <n2> <money>")]
    [InlineData("iPhone13 und Größe", "iphone13 und grosse")]
    [InlineData("先々週のＡＢ１２", "先 々 週 の ab12")]
    [InlineData("배송", "배 송")]
    public void A_text_is_cut_into_words_signs_and_marks(string text, string tokens) => Assert.Equal(tokens, string.Join(' ', Tokens.Of(text).Select(t => t.Text)));

    [Fact]
    public void Any_text_is_cut_into_a_bounded_number_of_tokens() => Prop.ForAll<string?>(text =>
    {
        var tokens = Tokens.Of(text ?? "");
        return tokens.Count <= Tokens.Most && tokens.All(t => t.Text.Length is > 0 and <= 40);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Wo bleibt mein Pàket?", "wo bleibt mein paket?")]
    [InlineData("STRASSE Straße", "strasse strasse")]
    [InlineData("Łódź ÆØ đ", "lodz aeo d")]
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("ガ か\u3099", "ガ が")]
    [InlineData("ｔｅｌ：０３", "tel:03")]
    [InlineData("n’est", "n'est")]
    [InlineData("何で💢\u3099", "何で💢")]
    public void Case_and_accents_are_folded(string text, string folded) => Assert.Equal(folded, FoldedText.Fold(text));

    [Fact]
    public void Folding_twice_changes_nothing_more() => Prop.ForAll<string?>(text => FoldedText.Fold(FoldedText.Fold(text ?? "")) == FoldedText.Fold(text ?? "")).QuickCheckThrowOnFailure();
}
