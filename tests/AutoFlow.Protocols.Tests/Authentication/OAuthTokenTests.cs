using AutoFlow.Protocols.Tests.Fakes;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Tests.Authentication;

public sealed class OAuthTokenTests
{
    private const string Policy = """{"authority":"AUTHORITY","grant":"client_credentials","client":{"id":"a","secret":"the-client-secret"}}""";

    [Fact]
    public async Task A_token_is_kept_until_shortly_before_it_ends()
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        await caller.OutputAsync("http", authority.Call(Policy));
        caller.Time.Advance(TimeSpan.FromSeconds(3569));
        await caller.OutputAsync("http", authority.Call(Policy));
        caller.Time.Advance(TimeSpan.FromSeconds(1));
        await caller.OutputAsync("http", authority.Call(Policy));
        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-2"], authority.TokensUsed);
    }

    [Fact]
    public async Task Calls_at_once_ask_for_one_token()
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => caller.OutputAsync("http", authority.Call(Policy))));
        Assert.Single(authority.TokenRequests);
    }

    [Fact]
    public async Task Another_secret_gets_another_token()
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        caller.Secrets["client"] = JqValue.From("one");
        var described = (await caller.Marks.DescribeAsync(["client"], default)).Output!;
        var policy = Policy.Replace("the-client-secret", described["client"].AsString(), StringComparison.Ordinal);
        await caller.OutputAsync("http", authority.Call(policy), described);
        caller.Secrets["client"] = JqValue.From("two");
        await caller.OutputAsync("http", authority.Call(policy), described);
        Assert.Equal(["one", "two"], authority.TokenRequests.Select(static r => AuthorityStub.Form(r)["client_secret"]));
    }

    [Fact]
    public async Task A_kept_token_that_the_service_refuses_is_replaced_once()
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        await caller.OutputAsync("http", authority.Call(Policy));
        authority.Refused.Add("Bearer token-1");
        await caller.OutputAsync("http", authority.Call(Policy));
        authority.Refused.UnionWith(["Bearer token-2", "Bearer token-3"]);
        var error = await caller.ErrorAsync("http", authority.Call(Policy));
        Assert.Equal(401, error.Status);
        Assert.EndsWith("/communication", error.Type, StringComparison.Ordinal);
        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2", "Bearer token-3"], authority.TokensUsed);
    }

    [Fact]
    public async Task A_new_token_that_is_refused_is_not_asked_for_again()
    {
        await using var authority = await AuthorityStub.StartAsync();
        authority.Refused.Add("Bearer token-1");
        using var caller = new Caller();
        Assert.Equal(401, (await caller.ErrorAsync("http", authority.Call(Policy))).Status);
        Assert.Single(authority.TokenRequests);
    }

    [Fact]
    public async Task A_refresh_token_gets_the_next_one_and_the_grant_is_used_when_it_is_refused()
    {
        await using var authority = await AuthorityStub.StartAsync();
        authority.Answer = static n => $$"""{"access_token":"token-{{n}}","expires_in":100,"refresh_token":"refresh-{{n}}"}""";
        using var caller = new Caller();
        await caller.OutputAsync("http", authority.Call(Policy));
        caller.Time.Advance(TimeSpan.FromSeconds(100));
        await caller.OutputAsync("http", authority.Call(Policy));
        caller.Time.Advance(TimeSpan.FromSeconds(100));
        authority.Status = 400;
        await caller.ErrorAsync("http", authority.Call(Policy));
        Assert.Equal(
            ["client_credentials -", "refresh_token refresh-1", "refresh_token refresh-2", "client_credentials -"],
            authority.TokenRequests.Select(AuthorityStub.Form).Select(static f => $"{f["grant_type"]} {f.GetValueOrDefault("refresh_token", "-")}"));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client","error_description":"Erika is not known"}""", 401, "answered 400 (invalid_client)")]
    [InlineData(401, "no json", 401, "answered 401")]
    [InlineData(503, "", 503, "answered 503")]
    [InlineData(200, """{"token":"x"}""", 401, "no access_token")]
    [InlineData(200, """{"access_token":"a\nb"}""", 401, "cannot stand in a header")]
    public async Task A_token_endpoint_that_gives_none_is_an_authentication_error(int status, string body, int expected, string says)
    {
        await using var authority = await AuthorityStub.StartAsync();
        (authority.Status, authority.Answer) = (status, _ => body);
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", authority.Call(Policy));
        Assert.EndsWith("/authentication", error.Type, StringComparison.Ordinal);
        Assert.Equal(expected, error.Status);
        Assert.Contains(says, error.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Erika", error.Detail, StringComparison.Ordinal);
        Assert.Empty(authority.TokensUsed);
    }

    [Fact]
    public async Task An_authority_that_is_not_there_is_an_authentication_error_with_its_status()
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", authority.Call(Policy.Replace("AUTHORITY", "http://127.0.0.1:1", StringComparison.Ordinal)));
        Assert.EndsWith("/authentication", error.Type, StringComparison.Ordinal);
        Assert.Equal(503, error.Status);
    }

    [Theory]
    [InlineData("https://issuer.example", true)]
    [InlineData("https://another.example", false)]
    public async Task A_token_must_come_from_an_issuer_of_the_policy(string issuer, bool succeeds)
    {
        // {"iss":"https://issuer.example"}
        const string jwt = "e30.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIn0.c2ln";
        await using var authority = await AuthorityStub.StartAsync();
        authority.Answer = static _ => $$"""{"access_token":"{{jwt}}"}""";
        using var caller = new Caller();
        var outcome = await caller.CallAsync("http", authority.Call(Policy.Replace("{\"auth", $$"""{"issuers":["{{issuer}}"],"auth""", StringComparison.Ordinal)));
        Assert.Equal(succeeds, outcome.Error is null);
        if (!succeeds) Assert.EndsWith("/authentication", outcome.Error!.Type, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_and_client_secrets_are_neither_logged_nor_given_back()
    {
        await using var authority = await AuthorityStub.StartAsync();
        using var caller = new Caller();
        var output = await caller.OutputAsync("http", authority.Call(Policy).Replace("\"method\"", "\"output\":\"response\",\"method\"", StringComparison.Ordinal));
        foreach (var written in new[] { caller.Log.Text, output.ToJson() })
        {
            Assert.DoesNotContain("token-1", written, StringComparison.Ordinal);
            Assert.DoesNotContain("the-client-secret", written, StringComparison.Ordinal);
        }
    }
}
