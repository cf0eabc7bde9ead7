using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Authentication;

/// <summary>Writes the request for a token: RFC 6749 §4.3.2, §4.4.2 and §6, RFC 8693 §2.1, client authentication by RFC 6749 §2.3.1 and RFC 7523 §2.2.</summary>
internal static class TokenRequest
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan AssertionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>The request.</summary>
    /// <param name="endpoint">The token endpoint.</param>
    /// <param name="refreshToken">A refresh token to use instead of the policy's own grant; null without.</param>
    /// <param name="now">The time, UTC, for assertions.</param>
    public static HttpCallRequest Of(OAuthPolicy policy, Uri endpoint, string? refreshToken, DateTimeOffset now)
    {
        List<(string Name, string Value)> fields = [.. Grant(policy, refreshToken), .. Client(policy, endpoint, now)];
        if (policy.Scopes.Count > 0) fields.Add(("scope", string.Join(' ', policy.Scopes)));
        fields.AddRange(policy.Audiences.Select(static a => ("audience", a)));
        List<(string, string)> headers = [("Accept", "application/json")];
        if (policy.ClientAuthentication == "client_secret_basic") headers.Add(("Authorization", Basic(policy).ToString()));
        var body = policy.SendsJson ? Json(fields) : string.Join('&', fields.Select(static f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"));
        return new HttpCallRequest("POST", endpoint, headers)
        {
            Body = Encoding.UTF8.GetBytes(body),
            ContentType = policy.SendsJson ? "application/json" : "application/x-www-form-urlencoded",
        };
    }

    private static List<(string, string)> Grant(OAuthPolicy policy, string? refreshToken)
    {
        if (refreshToken is not null || policy.Grant == "refresh_token")
        {
            return [("grant_type", "refresh_token"), ("refresh_token", refreshToken ?? policy.SubjectToken!)];
        }

        List<(string, string)> fields = [("grant_type", policy.Grant)];
        if (policy.Grant == "password") fields.AddRange([("username", policy.Username!), ("password", policy.Password!)]);
        if (policy.Grant != OAuthPolicy.TokenExchange) return fields;
        fields.AddRange([("subject_token", policy.SubjectToken!), ("subject_token_type", policy.SubjectType!)]);
        if (policy.ActorToken is not null) fields.AddRange([("actor_token", policy.ActorToken), ("actor_token_type", policy.ActorType!)]);
        return fields;
    }

    private static IEnumerable<(string, string)> Client(OAuthPolicy policy, Uri endpoint, DateTimeOffset now) => policy.ClientAuthentication switch
    {
        "client_secret_basic" => [],
        "client_secret_post" => [("client_id", policy.ClientId!), ("client_secret", policy.ClientSecret!)],
        "client_secret_jwt" => Assertion(policy.ClientId!, SecretJwt(policy, endpoint, now)),
        "private_key_jwt" => Assertion(policy.ClientId!, policy.ClientAssertion!),
        _ => policy.ClientId is { } id ? [("client_id", id)] : [],
    };

    private static IEnumerable<(string, string)> Assertion(string clientId, string jwt) =>
        [("client_id", clientId), ("client_assertion_type", JwtBearer), ("client_assertion", jwt)];

    /// <summary>Id and secret are form-encoded before they are joined (RFC 6749 §2.3.1).</summary>
    private static AuthenticationHeaderValue Basic(OAuthPolicy policy) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $"{Uri.EscapeDataString(policy.ClientId!)}:{Uri.EscapeDataString(policy.ClientSecret!)}")));

    /// <summary>A JWT signed with the client's secret by HS256 (RFC 7523 §3).</summary>
    private static string SecretJwt(OAuthPolicy policy, Uri endpoint, DateTimeOffset now)
    {
        var header = JqValue.FromObject(("alg", JqValue.From("HS256")), ("typ", JqValue.From("JWT")));
        var claims = JqValue.FromObject(
            ("iss", JqValue.From(policy.ClientId)),
            ("sub", JqValue.From(policy.ClientId)),
            ("aud", JqValue.From(endpoint.AbsoluteUri)),
            ("jti", JqValue.From(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)))),
            ("iat", JqValue.From(now.ToUnixTimeSeconds())),
            ("exp", JqValue.From((now + AssertionLifetime).ToUnixTimeSeconds())));
        var signed = $"{Part(header)}.{Part(claims)}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(policy.ClientSecret!), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}";
    }

    private static string Part(JqValue json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJson()));

    private static string Json(IEnumerable<(string Name, string Value)> fields) => JqValue.FromObject(fields
        .GroupBy(static f => f.Name)
        .Select(static g => KeyValuePair.Create(g.Key, g.Count() == 1 ? JqValue.From(g.First().Value) : JqValue.FromArray(g.Select(static f => JqValue.From(f.Value)))))).ToJson();
}
