using AutoFlow.Workflows.Schemas;

namespace AutoFlow.Workflows.Tests.Schemas;

public class FormatTests
{
    [Theory]
    [InlineData("date-time", "1963-06-19T08:30:06.283185Z|1990-12-31T23:59:60Z|1990-12-31T15:59:60-08:00|1963-06-19t08:30:06z",
        "1990-02-31T15:59:59Z|1998-12-31T23:58:60Z|1998-12-31T22:59:60Z|2013-350T01:01:01|1963-06-19T08:30:06|1963-06-19 08:30:06Z|1963-06-19T24:00:00Z|1963-06-1৪T00:00:00Z")]
    [InlineData("date", "1963-06-19|2020-02-29", "2021-02-29|06/19/1963|1963-6-19|1963-06-19\n|20230328")]
    [InlineData("time", "08:30:06Z|23:59:60Z|01:29:60+01:30|08:30:06+23:59", "08:30:06|24:00:00Z|22:59:60Z|08:30:06+24:00|8:30:06Z|12:00:00.Z")]
    [InlineData("duration", "P4DT12H30M5S|P4Y|PT0S|P1M|PT1M|P2W|P1Y2M", "P|PT|4DT12H|P1D2H|P2D1Y|P1YT|PT1D|P1Y2W|P2S|P0.5Y")]
    [InlineData("email", "joe.bloggs@example.com|te~st@example.com|\"joe bloggs\"@example.com|a@[127.0.0.1]|a@[IPv6:::1]", "2962|.test@example.com|te..st@example.com|joe@a=b.com|@x.org|a@b@c.org|a@[1.2.3.444]")]
    [InlineData("hostname", "www.example.com|xn--4gbwdl.xn--wgbh1c|a-1", "-a.com|a_b.com|a..b|")]
    [InlineData("ipv4", "192.168.0.1|255.255.255.255", "127.0.0.0.1|256.1.1.1|127.0|0x7f000001|087.10.0.1|1২7.0.0.1")]
    [InlineData("ipv6", "::1|::abef|::|12::1|1:2:3:4:5:6:7:8|1::d6:192.168.0.1|::ffff:192.168.0.1", "12345::|::abcef|1:1:1:1:1:1:1:1:1|1:2:3:4:5:6:7|1:2::3::4|fe80::a%eth1|1:2:3:4:5:6:7::8:9|100:100:100:100:100:100:255.255.255.255.255")]
    [InlineData("uri", "http://foo.bar/?baz=qux#quux|http://user:p%20w@[2001:db8::7]:80/a|urn:oasis:names|mailto:a@b.c|tel:+1-816|ldap://[2001:db8::7]/c=GB?one",
        "//foo.bar|/abs|bar|http:// x|:// x|http://a b|https://[@example.org/x|http://x/%4|1http://x|http://x/<y>|a:b\n")]
    [InlineData("uri-reference", "//foo.bar|/abs|bar#frag||?q", "a b|:x|\\\\W|#a#b")]
    [InlineData("uuid", "2EB8AA08-aa98-11ea-b4aa-73b441d16380|00000000-0000-0000-0000-000000000000", "2eb8aa08-aa98-11ea-b4aa-73b441d1638|2eb8aa08aa9811eab4aa73b441d16380|ge")]
    [InlineData("json-pointer", "/foo/bar~0/baz~1/%a||/|/a//b", "a|/~|/~2|#/a")]
    [InlineData("regex", "([abc])+\\s+$|a", "^(abc]|\\Z")]
    public void A_text_is_checked_for_its_format(string format, string fitting, string others)
    {
        foreach (var text in fitting.Split('|')) Assert.True(Fits(format, text), text);
        foreach (var text in others.Split('|')) Assert.False(Fits(format, text), text);
    }

    [Fact]
    public void Formats_concern_texts_only_and_can_be_switched_off()
    {
        Schema.Takes("""{"format":"date"}""", ["1", "null", "{}"], ["\"x\""]);
        Schema.Takes("""{"format":"date"}""", ["\"x\""], [], new SchemaOptions { AssertFormat = false });
    }

    [Fact]
    public void An_unknown_format_asks_for_nothing_and_a_typo_is_told()
    {
        Schema.Takes("""{"format":"colour"}""", ["\"x\""], []);
        Assert.Empty(Schema.Problems("""{"format":"colour"}"""));
        Assert.Equal("did you mean 'date-time'?", Assert.Single(Schema.Problems("""{"format":"date-tme"}""")).Hint);
    }

    private static bool Fits(string format, string text) =>
        Schema.Errors($$"""{"format":"{{format}}"}""", System.Text.Json.JsonSerializer.Serialize(text)) is [];
}
