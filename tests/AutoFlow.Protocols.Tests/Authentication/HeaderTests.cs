using AutoFlow.Protocols.Tests.Fakes;

namespace AutoFlow.Protocols.Tests.Authentication;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("""{"basic":{"username":"jürgen","password":"p:w"}}""", "Basic asO8cmdlbjpwOnc=")]
    [InlineData("""{"bearer":{"token":"abc.def"}}""", "Bearer abc.def")]
    public async Task A_fixed_header_is_sent_and_wins_over_the_authors(string policy, string header)
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        await caller.OutputAsync("http", $$$"""{"method":"GET","endpoint":{"uri":"{{{service.Address}}}","authentication":{{{policy}}} },"headers":{"authorization":"Basic mine"} }""");
        Assert.Equal(header, service.Seen[0].Header("Authorization"));
    }

    [Theory]
    [InlineData("""{"basic":{"username":"u"}}""", "configuration", "no text 'password'")]
    [InlineData("""{"certificate":{}}""", "configuration", "none of basic, bearer, digest, oauth2 and oidc")]
    [InlineData("""{"bearer":{"token":"a\nb"}}""", "validation", "cannot stand in a header")]
    [InlineData("""{"oauth2":{"grant":"client_credentials"}}""", "configuration", "'authority'")]
    public async Task An_incomplete_policy_is_an_error_before_anything_is_sent(string policy, string type, string says)
    {
        await using var service = await StubService.AnsweringAsync("{}");
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", $$$"""{"method":"GET","endpoint":{"uri":"{{{service.Address}}}","authentication":{{{policy}}} } }""");
        Assert.EndsWith("/" + type, error.Type, StringComparison.Ordinal);
        Assert.Contains(says, error.Detail, StringComparison.Ordinal);
        Assert.Empty(service.Seen);
    }
}
