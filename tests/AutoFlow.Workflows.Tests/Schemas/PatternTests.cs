namespace AutoFlow.Workflows.Tests.Schemas;

public class PatternTests
{
    [Theory]
    [InlineData(@"^\d$", "5", true)]
    [InlineData(@"^\d$", "५", false)] // a Devanagari digit: ECMA-262 knows ASCII only
    [InlineData(@"^\w$", "é", false)]
    [InlineData(@"^\W$", "é", true)]
    [InlineData(@"^\W$", "😀", true)]
    [InlineData(@"^[\W]$", "-", true)]
    [InlineData(@"^\s$", "\uFEFF", true)]
    [InlineData(@"^\s$", "\u0085", false)]
    [InlineData(@"^\S$", "\u0085", true)]
    [InlineData(@"^[\S]$", "\u00A0", false)]
    [InlineData("^a$", "a\n", false)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^.$", "\r", false)]
    [InlineData("^😀*$", "😀😀", true)]
    [InlineData("^[😀a]+$", "a😀", true)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData(@"^\u{1F600}$", "😀", true)]
    [InlineData(@"^\p{Lu}\p{Letter}+$", "Émile", true)]
    [InlineData(@"^\cJ$", "\n", true)]
    [InlineData(@"^(?!no)", "yes", true)]
    [InlineData(@"^(?!no)", "no", false)]
    [InlineData(@"^(?<q>['a])\k<q>$", "aa", true)]
    [InlineData("^a b#$", "a b#", true)]
    [InlineData("[]", "a", false)]
    [InlineData("[^]", "a", true)]
    public void A_pattern_is_read_by_ECMA_262(string pattern, string text, bool matches) =>
        Assert.Equal(matches, Schema.Errors(System.Text.Json.JsonSerializer.Serialize(new { pattern }), System.Text.Json.JsonSerializer.Serialize(text)) is []);

    [Fact]
    public void A_pattern_that_explodes_is_given_up()
    {
        var options = new Workflows.Schemas.SchemaOptions { RegexTimeout = TimeSpan.FromMilliseconds(50) };
        var error = Assert.Single(Schema.Errors("""{"pattern":"^(a+)+$(?!x)"}""", $"\"{new string('a', 60)}b\"", options));
        Assert.Equal("takes too long to match the pattern ^(a+)+$(?!x)", error.Message);
    }

    [Fact]
    public void A_pattern_that_would_explode_elsewhere_takes_linear_time() =>
        Assert.Equal("must match the pattern ^(a+)+$", Assert.Single(Schema.Errors("""{"pattern":"^(a+)+$"}""", $"\"{new string('a', 5_000)}b\"")).Message);
}
