using AutoFlow.Support.Outbox;

namespace AutoFlow.Support.Tests;

public class OwnMarkTests
{
    private const string Reply = "Guten Tag Anna,\n\nIhr Paket (DHL CH454284108DE) ist unterwegs.\n\nViele Grüße\nIhr Lumen-Team";

    [Fact]
    public void A_signed_text_is_whole_and_says_the_same() => Assert.True(OwnMark.IsWhole(OwnMark.Sign(Reply)) && OwnMark.Sign(Reply).StartsWith(Reply, StringComparison.Ordinal));

    [Fact]
    public void Line_breaks_quotes_and_spaces_may_change_on_the_way() =>
        Assert.True(OwnMark.IsWhole(OwnMark.Sign(Reply).Replace("\n\n", "\r\n \r\n> ", StringComparison.Ordinal).Replace("Paket (", "Paket\u00a0(", StringComparison.Ordinal) + "\r\n\r\n"));

    [Theory]
    [InlineData("Danke!\n\n{0}")]
    [InlineData("{0}\n\nUnd wann kommt es?")]
    [InlineData("Am 3. November schrieb Lumen:\n\n{0}")]
    [InlineData("> {0}\n\nok")]
    public void Who_adds_a_word_wrote_it(string answer) =>
        Assert.False(OwnMark.IsWhole(string.Format(System.Globalization.CultureInfo.InvariantCulture, answer, OwnMark.Sign(Reply))));

    [Theory]
    [InlineData("")]
    [InlineData("[AF-]")]
    [InlineData("[AF-bcdfghjkmnpq")]
    [InlineData("[AF-bcdfghjkmnpq]")]
    [InlineData("Hello [AF-bcdfghjkmnpq]")]
    [InlineData("Hello [AF-")]
    public void Another_text_has_no_mark_of_its_own(string text) => Assert.False(OwnMark.IsWhole(text));
}
