using System.Collections.Concurrent;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Execution;
using Microsoft.Extensions.Options;

namespace AutoFlow.Protocols.Authentication;

/// <summary>Gets tokens and keeps them until shortly before they end. Tokens live in memory only and are never logged.</summary>
internal sealed class OAuthTokens(HttpExchange http, TimeProvider time, IOptions<ProtocolOptions> options)
{
    private const int MostPolicies = 500;

    /// <summary>Kept this long when the authority does not say how long a token is good.</summary>
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _kept = new(StringComparer.Ordinal);

    /// <summary>A token for the policy, and whether it had been kept from before. One request at a time is made for one policy.</summary>
    /// <exception cref="WorkflowErrorException">The authority gave none: an error of type authentication.</exception>
    public async Task<(OAuthToken Token, bool Kept)> GetAsync(OAuthPolicy policy, CancellationToken cancellation)
    {
        if (_kept.Count >= MostPolicies) Prune();
        var entry = _kept.GetOrAdd(policy.Key, static _ => new Entry());
        await entry.Turn.WaitAsync(cancellation);
        try
        {
            if (entry.Token is { } kept && time.GetUtcNow() < entry.Until) return (kept, true);
            var token = await RequestAsync(policy, entry.RefreshToken, cancellation);
            var lifetime = token.Lifetime ?? UnknownLifetime;
            entry.Token = token;
            entry.RefreshToken = token.RefreshToken ?? entry.RefreshToken;
            entry.Until = time.GetUtcNow() + (lifetime > 2 * Skew ? lifetime - Skew : lifetime / 2);
            return (token, false);
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    /// <summary>Forgets a token that a service refused.</summary>
    public void Drop(OAuthPolicy policy, OAuthToken token)
    {
        if (_kept.TryGetValue(policy.Key, out var entry) && ReferenceEquals(entry.Token, token)) entry.Token = null;
    }

    private async Task<OAuthToken> RequestAsync(OAuthPolicy policy, string? refreshToken, CancellationToken cancellation)
    {
        try
        {
            var endpoint = policy.TokenEndpoint ?? await DiscoverAsync(policy, cancellation);
            if (refreshToken is not null)
            {
                // A refresh token may have been used up or taken back; the policy's own grant is then still good.
                var refreshed = await SendAsync(TokenRequest.Of(policy, endpoint, refreshToken, time.GetUtcNow()), cancellation);
                if (refreshed.Status is >= 200 and <= 299) return TokenAnswer.Read(policy, refreshed);
            }

            return TokenAnswer.Read(policy, await SendAsync(TokenRequest.Of(policy, endpoint, null, time.GetUtcNow()), cancellation));
        }
        catch (WorkflowErrorException e) when (StandardErrors.SameType(e.Error.Type, StandardErrors.Communication.Type))
        {
            throw Failures.Authentication(e.Error.Status, $"no token could be had: {e.Error.Detail}");
        }
    }

    private async Task<Uri> DiscoverAsync(OAuthPolicy policy, CancellationToken cancellation)
    {
        var answer = await SendAsync(new HttpCallRequest("GET", policy.Discovery!, [("Accept", "application/json")]), cancellation);
        var json = answer.Status is >= 200 and <= 299 ? answer.TryJson() : null;
        if (json is null) throw Failures.Authentication(answer.Status >= 500 ? answer.Status : 401, $"the authority at {answer.Origin} gave no description of itself; it answered {answer.Status}");
        if (policy.Issuers.Count > 0 && json["issuer"].AsString() is { } issuer && !policy.Issuers.Contains(issuer, StringComparer.Ordinal))
            throw Failures.Authentication(401, $"the authority at {answer.Origin} is not among the policy's issuers");
        return Uri.TryCreate(json["token_endpoint"].AsString(), UriKind.Absolute, out var endpoint)
            ? endpoint
            : throw Failures.Authentication(401, $"the description of the authority at {answer.Origin} names no token_endpoint");
    }

    private Task<HttpCallAnswer> SendAsync(HttpCallRequest request, CancellationToken cancellation) =>
        http.SendAsync(request, null, options.Value.LargestAnswer, cancellation);

    private void Prune()
    {
        foreach (var (key, entry) in _kept)
        {
            if (entry.Token is null || time.GetUtcNow() >= entry.Until) _kept.TryRemove(key, out _);
        }

        if (_kept.Count >= MostPolicies) _kept.Clear();
    }

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public OAuthToken? Token { get; set; }

        public string? RefreshToken { get; set; }

        public DateTimeOffset Until { get; set; }
    }
}
