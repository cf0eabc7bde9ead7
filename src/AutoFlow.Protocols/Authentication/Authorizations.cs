using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.Authentication;

/// <summary>Makes the credentials of a call from its authentication policy (OWS dsl-reference.md, "Authentication").</summary>
internal sealed class Authorizations(OAuthTokens tokens)
{
    /// <summary>The credentials; null when the call has no policy.</summary>
    /// <param name="policy">The policy as it stands in the arguments; <see cref="JqValue.Null"/> without.</param>
    /// <param name="secrets">Learns what must not come back in an output.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">The policy is incomplete or of no known kind.</exception>
    public IAuthorization? For(JqValue policy, RevealedSecrets secrets)
    {
        if (policy.IsNull) return null;
        if (policy.TryGetProperty("basic", out var basic))
            return new FixedHeader(Hidden(secrets, new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Part(basic, "basic", "username")}:{Part(basic, "basic", "password")}")))));
        if (policy.TryGetProperty("bearer", out var bearer))
            return new FixedHeader(Hidden(secrets, new("Bearer", Token(bearer))));
        if (policy.TryGetProperty("digest", out var digest))
            return new DigestAnswer(new NetworkCredential(Part(digest, "digest", "username"), Part(digest, "digest", "password")));
        foreach (var kind in new[] { "oauth2", "oidc" })
        {
            if (policy.TryGetProperty(kind, out var oauth)) return new OAuthHeader(tokens, OAuthPolicy.Read(kind, oauth), secrets);
        }

        throw Failures.Configuration("the authentication is none of basic, bearer, digest, oauth2 and oidc");
    }

    /// <summary>Whether a token can stand in a header.</summary>
    public static bool IsHeaderText(string text) => text.Length > 0 && text.All(static c => c is > ' ' and < '\x7f');

    private static string Token(JqValue bearer) => Part(bearer, "bearer", "token") is var token && IsHeaderText(token)
        ? token
        : throw Failures.Validation("the bearer token is empty or has a character that cannot stand in a header");

    private static string Part(JqValue properties, string kind, string name) =>
        properties[name].AsString() ?? throw Failures.Configuration($"the {kind} authentication has no text '{name}'");

    private static AuthenticationHeaderValue Hidden(RevealedSecrets secrets, AuthenticationHeaderValue header)
    {
        secrets.Hide(header.Parameter!);
        return header;
    }

    private sealed class FixedHeader(AuthenticationHeaderValue header) : IAuthorization
    {
        public ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellation) => new(header);

        public ValueTask<AuthenticationHeaderValue?> AnotherAsync(CancellationToken cancellation) => default;

        public ICredentials? Digest(Uri endpoint) => null;
    }

    private sealed class DigestAnswer(NetworkCredential credential) : IAuthorization
    {
        public ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellation) => default;

        public ValueTask<AuthenticationHeaderValue?> AnotherAsync(CancellationToken cancellation) => default;

        public ICredentials Digest(Uri endpoint) => new CredentialCache { { new Uri(endpoint, "/"), "Digest", credential } };
    }

    /// <summary>A token of an authority; a token that was kept is given up once when the service refuses it.</summary>
    private sealed class OAuthHeader(OAuthTokens tokens, OAuthPolicy policy, RevealedSecrets secrets) : IAuthorization
    {
        private OAuthToken? _sent;
        private bool _kept;

        public async ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellation)
        {
            (_sent, _kept) = await tokens.GetAsync(policy, cancellation);
            return Hidden(secrets, new(_sent.Type, _sent.Text));
        }

        public async ValueTask<AuthenticationHeaderValue?> AnotherAsync(CancellationToken cancellation)
        {
            if (!_kept || _sent is null) return null;
            tokens.Drop(policy, _sent);
            return await HeaderAsync(cancellation);
        }

        public ICredentials? Digest(Uri endpoint) => null;
    }
}
