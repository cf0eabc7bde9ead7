using Azure.Core;

namespace AutoFlow.Storage.Postgres;

/// <summary>
/// An Entra ID access token as the password of a new connection; an open connection outlives its token. Asked for when a
/// connection is opened, not by the clock: the service hands the same token out until shortly before it ends, so what was
/// fetched some time ago may be worth nothing now.
/// </summary>
internal sealed class EntraPassword(TokenCredential credential, string scope, TimeProvider time)
{
    /// <summary>A token that ends sooner is not worth opening a connection with.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(2);

    /// <summary>How long a connection waits for another token while the old one still serves.</summary>
    private static readonly TimeSpan LongestRenewal = TimeSpan.FromSeconds(3);

    /// <summary>So long after a failed renewal the old token serves unasked.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly TokenRequestContext _request = new([scope]);
    private volatile Kept? _kept;

    public async ValueTask<string> NowAsync(CancellationToken ct)
    {
        if (Fresh() is { } fresh) return fresh;
        if (Valid() is not { } valid) return Keep(await credential.GetTokenAsync(_request, ct));
        using var deadline = new CancellationTokenSource(LongestRenewal, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return Keep(await credential.GetTokenAsync(_request, either.Token));
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            return StayWith(valid);
        }
    }

    /// <summary>For connections that are opened without awaiting.</summary>
    public string Now()
    {
        if (Fresh() is { } fresh) return fresh;
        if (Valid() is not { } valid) return Keep(credential.GetToken(_request, CancellationToken.None));
        using var deadline = new CancellationTokenSource(LongestRenewal, time);
        try
        {
            return Keep(credential.GetToken(_request, deadline.Token));
        }
        catch (Exception)
        {
            return StayWith(valid);
        }
    }

    // Credentials say from when on another token may be had; before that, asking again gives the same one.
    private string? Fresh() => _kept is { } kept && time.GetUtcNow() < kept.RenewAt ? kept.Token : null;

    private Kept? Valid() => _kept is { } kept && time.GetUtcNow() < kept.EndsAt - Least ? kept : null;

    private string StayWith(Kept valid)
    {
        var (again, latest) = (time.GetUtcNow() + Pause, valid.EndsAt - Least);
        // Unless somebody else has had another meanwhile.
        Interlocked.CompareExchange(ref _kept, valid with { RenewAt = again < latest ? again : latest }, valid);
        return valid.Token;
    }

    private string Keep(AccessToken token)
    {
        var latest = token.ExpiresOn - Least;
        _kept = new Kept(token.Token, token.RefreshOn is { } refresh && refresh < latest ? refresh : latest, token.ExpiresOn);
        return token.Token;
    }

    private sealed record Kept(string Token, DateTimeOffset RenewAt, DateTimeOffset EndsAt);
}
