using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AutoFlow.Protocols.Tests.Fakes;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Tests.Authentication;

public sealed class OAuthRequestTests
{
    [Theory]
    [InlineData(
        """{"authority":"AUTHORITY/realms/x","grant":"client_credentials","client":{"id":"me","secret":"s&1"},"scopes":["a","b"],"audiences":["api"]}""",
        "/realms/x/oauth2/token", "grant_type=client_credentials&client_id=me&client_secret=s%261&scope=a%20b&audience=api")]
    [InlineData(
        """{"authority":"AUTHORITY/","endpoints":{"token":"/my/token"},"grant":"password","username":"u","password":"p","client":{"id":"me","authentication":"none"}}""",
        "/my/token", "grant_type=password&username=u&password=p&client_id=me")]
    [InlineData(
        """{"authority":"AUTHORITY","grant":"refresh_token","subject":{"token":"r1","type":"refresh"},"client":{"authentication":"none"}}""",
        "/oauth2/token", "grant_type=refresh_token&refresh_token=r1")]
    [InlineData(
        """{"authority":"AUTHORITY","grant":"urn:ietf:params:oauth:grant-type:token-exchange","subject":{"token":"t","type":"ty"},"actor":{"token":"u","type":"uy"},"client":{"authentication":"none"}}""",
        "/oauth2/token", "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=t&subject_token_type=ty&actor_token=u&actor_token_type=uy")]
    [InlineData(
        """{"authority":"AUTHORITY","grant":"client_credentials","client":{"id":"me","assertion":"a.b.c","authentication":"private_key_jwt"}}""",
        "/oauth2/token", "grant_type=client_credentials&client_id=me&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=a.b.c")]
    public async Task Each_grant_sends_what_its_rfc_says(string policy, string path, string body)
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        await caller.OutputAsync("http", authority.Call(policy));
        var request = Assert.Single(authority.TokenRequests);
        Assert.Equal((path, body), (request.Path, request.Body));
        Assert.Equal("application/x-www-form-urlencoded", request.Header("Content-Type"));
        Assert.Equal(["Bearer token-1"], authority.TokensUsed);
    }

    [Fact]
    public async Task A_request_may_be_json_and_the_client_in_a_basic_header()
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        await caller.OutputAsync("http", authority.Call("""
            {"authority":"AUTHORITY","grant":"client_credentials","client":{"id":"me:1","secret":"s","authentication":"client_secret_basic"},
             "request":{"encoding":"application/json"},"audiences":["a","b"]}
            """));
        var request = authority.TokenRequests[0];
        Assert.Equal("""{"grant_type":"client_credentials","audience":["a","b"]}""", request.Body);
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal("Basic " + Convert.ToBase64String("me%3A1:s"u8), request.Header("Authorization"));
    }

    [Fact]
    public async Task A_client_secret_jwt_is_signed_and_good_for_five_minutes()
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        await caller.OutputAsync("http", authority.Call("""{"authority":"AUTHORITY","grant":"client_credentials","client":{"id":"me","secret":"key","authentication":"client_secret_jwt"}}"""));
        var parts = AuthorityStub.Form(authority.TokenRequests[0])["client_assertion"].Split('.');
        var claims = JqValue.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])));
        Assert.Equal(Base64Url.EncodeToString(HMACSHA256.HashData("key"u8, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"))), parts[2]);
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.Equal(("me", "me", $"{authority.Address}/oauth2/token"), (claims["iss"].AsString(), claims["sub"].AsString(), claims["aud"].AsString()));
        Assert.Equal(caller.Time.GetUtcNow().ToUnixTimeSeconds() + 300, claims["exp"].AsNumber());
    }

    [Theory]
    [InlineData("oidc", "/tenant")]
    [InlineData("oidc", "/tenant/.well-known/openid-configuration")]
    [InlineData("oauth2", "/tenant/.well-known/openid-configuration")]
    public async Task An_authority_with_a_description_names_its_token_endpoint_itself(string kind, string path)
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        await caller.OutputAsync("http", authority.Call($$$"""{"authority":"AUTHORITY{{{path}}}","grant":"client_credentials","client":{"id":"a","secret":"b"} }""", kind));
        Assert.Equal("/tenant/.well-known/openid-configuration", authority.Service.Seen[0].Path);
        Assert.Equal("/discovered/token", authority.TokenRequests[0].Path);
    }

    [Theory]
    [InlineData("""{"authority":"AUTHORITY","grant":"authorization_code","client":{"id":"a","secret":"b"}}""", "needs a person")]
    [InlineData("""{"authority":"AUTHORITY","grant":"magic","client":{"id":"a","secret":"b"}}""", "'magic'")]
    [InlineData("""{"authority":"AUTHORITY","grant":"password","client":{"id":"a","secret":"b"}}""", "needs username and password")]
    [InlineData("""{"authority":"AUTHORITY","grant":"refresh_token","client":{"id":"a","secret":"b"}}""", "subject.token")]
    [InlineData("""{"authority":"AUTHORITY","grant":"client_credentials"}""", "needs client.id")]
    [InlineData("""{"authority":"AUTHORITY","grant":"client_credentials","client":{"id":"a"}}""", "needs client.secret")]
    [InlineData("""{"authority":"AUTHORITY","grant":"client_credentials","client":{"id":"a","authentication":"private_key_jwt"}}""", "client.assertion")]
    [InlineData("""{"authority":"AUTHORITY","grant":"client_credentials","client":{"id":"a","secret":"b"},"request":{"encoding":"text/csv"}}""", "'text/csv'")]
    public async Task A_policy_that_cannot_give_a_token_says_why(string policy, string says)
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", authority.Call(policy));
        Assert.EndsWith("/configuration", error.Type, StringComparison.Ordinal);
        Assert.Contains(says, error.Detail, StringComparison.Ordinal);
        Assert.Empty(authority.Service.Seen);
    }
}
