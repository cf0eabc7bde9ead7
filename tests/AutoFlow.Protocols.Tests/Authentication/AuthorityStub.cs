using AutoFlow.Protocols.Tests.Fakes;
using Microsoft.AspNetCore.WebUtilities;

namespace AutoFlow.Protocols.Tests.Authentication;

/// <summary>An authority that gives tokens by number, and an API that takes the ones it is told to.</summary>
internal sealed class AuthorityStub : IAsyncDisposable
{
    private int _given;

    public required StubService Service { get; init; }

    public string Address => Service.Address;

    /// <summary>What the token endpoint answers for the n-th token; status 200.</summary>
    public Func<int, string> Answer { get; set; } = static n => $$"""{"access_token":"token-{{n}}","token_type":"bearer","expires_in":3600}""";

    public int Status { get; set; } = 200;

    public HashSet<string> Refused { get; } = [];

    public IReadOnlyList<SeenRequest> TokenRequests => [.. Service.Seen.Where(static s => s.Path.EndsWith("/token", StringComparison.Ordinal))];

    public IReadOnlyList<string?> TokensUsed => [.. Service.Seen.Where(static s => s.Path == "/api").Select(static s => s.Header("Authorization"))];

    public static async Task<AuthorityStub> StartAsync()
    {
        AuthorityStub? stub = null;
        var service = await StubService.StartAsync((http, seen) =>
        {
            if (seen.Path.EndsWith("/openid-configuration", StringComparison.Ordinal))
                return http.Response.SendAsync($$"""{"issuer":"https://issuer.example","token_endpoint":"{{stub!.Address}}/discovered/token"}""");
            if (seen.Path.EndsWith("/token", StringComparison.Ordinal))
                return http.Response.SendAsync(stub!.Answer(Interlocked.Increment(ref stub._given)), status: stub.Status);
            return stub!.Refused.Contains(seen.Header("Authorization") ?? "") ? http.Response.SendAsync("", null, 401) : http.Response.SendAsync("{}");
        });
        return stub = new AuthorityStub { Service = service };
    }

    /// <summary>The arguments of a call to the API.</summary>
    public string Call(string properties, string kind = "oauth2") =>
        $$$"""{"method":"GET","endpoint":{"uri":"{{{Address}}}/api","authentication":{"{{{kind}}}":{{{properties.Replace("AUTHORITY", Address, StringComparison.Ordinal)}}} } } }""";

    public static Dictionary<string, string> Form(SeenRequest request) =>
        QueryHelpers.ParseQuery(request.Body).ToDictionary(static f => f.Key, static f => f.Value.ToString());

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
