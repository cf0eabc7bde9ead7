using System.Security.Cryptography;
using System.Text;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Authentication;

/// <summary>How a token is asked for (OWS dsl-reference.md, "OAUTH2 Authentication", "OpenIdConnect Authentication").</summary>
internal sealed record OAuthPolicy
{
    /// <summary>The grant that exchanges one token for another (RFC 8693).</summary>
    public const string TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";

    private const string DiscoveryPath = "/.well-known/openid-configuration";
    private const string DefaultTokenPath = "/oauth2/token";
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private static readonly string[] ClientMethods = ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"];

    /// <summary>A digest of all properties, secrets among them: two policies with one key get one token.</summary>
    public required string Key { get; init; }

    /// <summary>Where the authority describes itself (OpenID Connect Discovery 1.0); null where the token endpoint is known without.</summary>
    public Uri? Discovery { get; init; }

    /// <summary>The token endpoint; null where discovery gives it.</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>The grant type.</summary>
    public required string Grant { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>A signed JWT, for <c>private_key_jwt</c>.</summary>
    public string? ClientAssertion { get; init; }

    /// <summary>How the client identifies itself, <c>client_secret_post</c> by default.</summary>
    public required string ClientAuthentication { get; init; }

    /// <summary>Whether the token request is JSON and not a form.</summary>
    public bool SendsJson { get; init; }

    /// <summary>The issuers that tokens may come from; every one when empty.</summary>
    public IReadOnlyList<string> Issuers { get; init; } = [];

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Audiences { get; init; } = [];

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? SubjectToken { get; init; }

    public string? SubjectType { get; init; }

    public string? ActorToken { get; init; }

    public string? ActorType { get; init; }

    /// <summary>Reads and checks a policy.</summary>
    /// <param name="kind"><c>oauth2</c> or <c>oidc</c>.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">It cannot give a token.</exception>
    public static OAuthPolicy Read(string kind, JqValue properties)
    {
        var authority = properties["authority"].AsString()?.TrimEnd('/');
        if (!Uri.TryCreate(authority, UriKind.Absolute, out _))
            throw Failures.Configuration($"the {kind} authentication has no absolute address as its 'authority'");
        var client = properties["client"];
        var discovers = kind == "oidc" || authority.Contains("/.well-known/", StringComparison.Ordinal);
        var encoding = properties["request"]["encoding"].AsString() ?? Form;
        var policy = new OAuthPolicy
        {
            Key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kind + properties.ToJson()))),
            Discovery = discovers ? new Uri(authority.Contains("/.well-known/", StringComparison.Ordinal) ? authority : authority + DiscoveryPath) : null,
            TokenEndpoint = discovers ? null : Below(authority, properties["endpoints"]["token"].AsString() ?? DefaultTokenPath),
            Grant = properties["grant"].AsString() ?? "",
            ClientId = client["id"].AsString(),
            ClientSecret = client["secret"].AsString(),
            ClientAssertion = client["assertion"].AsString(),
            ClientAuthentication = client["authentication"].AsString() ?? "client_secret_post",
            SendsJson = encoding == Json,
            Issuers = Texts(properties["issuers"]),
            Scopes = Texts(properties["scopes"]),
            Audiences = Texts(properties["audiences"]),
            Username = properties["username"].AsString(),
            Password = properties["password"].AsString(),
            SubjectToken = properties["subject"]["token"].AsString(),
            SubjectType = properties["subject"]["type"].AsString(),
            ActorToken = properties["actor"]["token"].AsString(),
            ActorType = properties["actor"]["type"].AsString(),
        };
        if (encoding is not (Json or Form)) throw Failures.Configuration($"'{encoding}' is no encoding of a token request; use {Form} or {Json}");
        return policy.Missing() is { } missing ? throw Failures.Configuration($"the {kind} authentication {missing}") : policy;
    }

    private static Uri Below(string authority, string path) => Uri.TryCreate(path, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https"
        ? new Uri(path)
        : new Uri($"{authority}/{path.TrimStart('/')}");

    private static IReadOnlyList<string> Texts(JqValue list) => [.. list.Items.Select(static i => i.AsString()).OfType<string>()];

    private string? Missing() => Grant switch
    {
        "authorization_code" => "has the grant 'authorization_code', which needs a person at a browser; use client_credentials, or refresh_token with the refresh token as subject.token",
        "password" when Username is null || Password is null => "has the grant 'password' and needs username and password",
        "refresh_token" when SubjectToken is null => "has the grant 'refresh_token' and needs the refresh token as subject.token",
        TokenExchange when SubjectToken is null || SubjectType is null => "exchanges a token and needs subject.token and subject.type",
        TokenExchange when ActorToken is null != ActorType is null => "needs both actor.token and actor.type, or neither",
        "client_credentials" or "password" or "refresh_token" or TokenExchange => MissingForClient(),
        _ => $"has no grant that is known: '{Grant}'",
    };

    private string? MissingForClient() => ClientAuthentication switch
    {
        "none" => null,
        _ when !ClientMethods.Contains(ClientAuthentication) => $"has no client.authentication that is known: '{ClientAuthentication}'",
        _ when ClientId is null => "needs client.id",
        "private_key_jwt" => ClientAssertion is null ? "uses private_key_jwt and needs client.assertion, a signed JWT" : null,
        _ when ClientSecret is null => $"uses {ClientAuthentication} and needs client.secret",
        _ => null,
    };
}
