using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AutoFlow.Protocols.Tests.Fakes;
using Microsoft.AspNetCore.Http;

namespace AutoFlow.Protocols.Tests.Authentication;

public sealed class DigestTests
{
    private const string Nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c0";

    [Theory]
    [InlineData("MD5", "secret", 200)]
    [InlineData("SHA-256", "secret", 200)]
    [InlineData("SHA-256", "wrong", 401)]
    public async Task A_challenge_is_answered_with_the_body_sent_again(string algorithm, string password, int status)
    {
        await using var service = await StubService.StartAsync((http, seen) => AnswerAsync(http, seen, algorithm));
        using var caller = new Caller();
        var outcome = await caller.CallAsync("http", $$$"""
            {"method":"POST","endpoint":{"uri":"{{{service.Address}}}/orders","authentication":{"digest":{"username":"shop","password":"{{{password}}}"} } },"body":{"a":1} }
            """);
        Assert.Equal(status == 200, outcome.Error is null);
        if (status != 200) Assert.Equal(status, outcome.Error!.Status);
        else Assert.Equal("""{"a":1}""", service.Seen[^1].Body);
        Assert.Equal(2, service.Seen.Count);
        Assert.Null(service.Seen[0].Header("Authorization"));
    }

    [Theory]
    [InlineData("Basic realm=\"shop\"")]
    [InlineData("Negotiate")]
    [InlineData("NTLM")]
    public async Task Another_challenge_does_not_get_the_password(string challenge)
    {
        await using var service = await StubService.StartAsync((http, _) =>
        {
            http.Response.Headers.WWWAuthenticate = challenge;
            return http.Response.SendAsync("", null, 401);
        });
        using var caller = new Caller();
        var error = await caller.ErrorAsync("http", $$$"""
            {"method":"GET","endpoint":{"uri":"{{{service.Address}}}","authentication":{"digest":{"username":"shop","password":"secret"} } } }
            """);
        Assert.Equal(401, error.Status);
        Assert.All(service.Seen, static s => Assert.Null(s.Header("Authorization")));
    }

    private static Task AnswerAsync(HttpContext http, SeenRequest seen, string algorithm)
    {
        if (seen.Header("Authorization") is { } header && IsRight(header, seen.Method, algorithm)) return http.Response.SendAsync("{}");
        http.Response.Headers.WWWAuthenticate = $"Digest realm=\"shop\", qop=\"auth\", algorithm={algorithm}, nonce=\"{Nonce}\", opaque=\"5ccc\"";
        return http.Response.SendAsync("", null, 401);
    }

    /// <summary>RFC 7616 §3.4.1, for qop auth.</summary>
    private static bool IsRight(string header, string method, string algorithm)
    {
        string Field(string name) => Regex.Match(header, $"\\b{name}=\"?([^\",]*)").Groups[1].Value;
#pragma warning disable CA5351 // RFC 7616 still has MD5, and servers still ask for it
        string Hash(string text) => Convert.ToHexStringLower(algorithm == "MD5" ? MD5.HashData(Encoding.UTF8.GetBytes(text)) : SHA256.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
        var expected = Hash($"{Hash("shop:shop:secret")}:{Nonce}:{Field("nc")}:{Field("cnonce")}:auth:{Hash($"{method}:{Field("uri")}")}");
        return header.StartsWith("Digest ", StringComparison.Ordinal) && Field("response") == expected;
    }
}
