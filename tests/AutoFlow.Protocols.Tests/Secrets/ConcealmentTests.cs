using System.Text;
using AutoFlow.Workflows.Jq;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Protocols.Tests.Secrets;

public sealed class ConcealmentTests
{
    private const string Mark = "secret-0123456789abcdef0123456789abcdef";

    [Fact]
    public void Whatever_stands_around_a_secret_what_was_revealed_is_concealed()
    {
        var texts = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(static s => s.Get);
        var secrets = texts.Where(static s => s.Length >= 4 && !Mark.Contains(s, StringComparison.Ordinal));
        var cases = from before in texts from after in texts from secret in secrets select (before, after, secret);
        Prop.ForAll(Arb.From(cases), static c =>
        {
            var revealed = new RevealedSecrets(new() { [Mark] = c.secret });
            var sent = revealed.Reveal(JqValue.FromObject(("body", JqValue.FromArray(JqValue.From(c.before + Mark + c.after)))));
            var back = revealed.Conceal(sent).ToJson();
            return sent["body"][0].AsString() == c.before + c.secret + c.after
                && !back.Contains(JqValue.From(c.secret).ToJson().Trim('"'), StringComparison.Ordinal)
                && back.Contains(Mark, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_text_without_a_secret_stays()
    {
        var revealed = new RevealedSecrets(new() { [Mark] = "top secret" });
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            text.Get.Contains("top secret", StringComparison.Ordinal) || revealed.Conceal(text.Get) == text.Get).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("12345678", "[12345678]", $"[\"{Mark}\"]")]
    [InlineData("12345678", "{\"12345678\":true}", $"{{\"{Mark}\":true}}")]
    [InlineData("abc", "[\"abc\"]", "[\"abc\"]")]
    [InlineData("ää/+", "[\"%C3%A4%C3%A4%2F%2B\"]", $"[\"{Mark}\"]")]
    public void A_secret_is_found_in_names_numbers_and_addresses_unless_it_is_too_short(string secret, string output, string concealed) =>
        Assert.Equal(concealed, new RevealedSecrets(new() { [Mark] = secret }).Conceal(JqValue.Parse(output)).ToJson());

    [Theory]
    [InlineData("HTTPS://Hooks.Example:443/T0/ä b", "https://hooks.example/T0/%C3%A4%20b", "")]
    [InlineData("HTTPS://Hooks.Example:443/T0/ä b", "https://hooks.example/T0/ä b", "")]
    [InlineData("https://Hooks.Example/a/../T0", "https://hooks.example/T0", "")]
    [InlineData("https://Hooks.Example/a/../T0", "https://hooks.example/a/../T0", "")]
    [InlineData("http://Hooks.Example:80", "http://hooks.example/x", "/x")]
    [InlineData("https://Hooks.Example?key=1", "https://hooks.example/?key=1", "")]
    [InlineData("https://Hooks.Example:443/T0", "https%3A%2F%2Fhooks.example%2FT0", "")]
    public void A_secret_address_is_found_as_it_is_written_once_it_was_sent(string secret, string back, string rest) =>
        Assert.Equal($"called {Mark}{rest}", new RevealedSecrets(new() { [Mark] = secret }).Conceal($"called {back}"));

    [Fact]
    public void A_longer_secret_is_taken_out_before_a_shorter_one_inside_it()
    {
        var revealed = new RevealedSecrets(new() { ["mark-1"] = "word", ["mark-2"] = "password" });
        Assert.Equal("my mark-2 is a mark-1", revealed.Conceal("my password is a word"));
    }

    [Fact]
    public void Bytes_that_hold_a_secret_are_found_behind_base64()
    {
        var revealed = new RevealedSecrets(new() { [Mark] = "größer" });
        var concealed = revealed.Conceal(Convert.ToBase64String([0xFF, .. Encoding.UTF8.GetBytes("größer"), 0xFE]));
        Assert.Equal([0xFF, .. Encoding.UTF8.GetBytes(Mark), 0xFE], Convert.FromBase64String(concealed));
    }

    [Fact]
    public void Data_too_deep_to_search_is_an_error_and_not_a_crash()
    {
        var revealed = new RevealedSecrets(new() { [Mark] = "secret" });
        var deep = JqValue.Parse(new string('[', 9_000) + new string(']', 9_000));
        Assert.Throws<AutoFlow.Workflows.Execution.WorkflowErrorException>(() => revealed.Conceal(deep));
        Assert.Throws<AutoFlow.Workflows.Execution.WorkflowErrorException>(() => revealed.Reveal(JqValue.FromObject(("body", deep))));
    }
}
