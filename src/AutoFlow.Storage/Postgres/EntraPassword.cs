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

    private readonly TokenRequestContext _request = new([scope]);
    private volatile Kept? _kept;

    public async ValueTask<string> NowAsync(CancellationToken ct)
    {
        if (Fresh() is { } fresh) return fresh;
        try
        {
            return Keep(await credential.GetTokenAsync(_request, ct));
        }
        catch (Exception exception) when (exception is not OperationCanceledException && Valid() is not null)
        {
            return Valid()!;
        }
    }

    /// <summary>For connections that are opened without awaiting.</summary>
    public string Now() => Fresh() ?? Keep(credential.GetToken(_request, CancellationToken.None));

    // Credentials say from when on another token may be had; before that, asking again gives the same one.
    private string? Fresh() => _kept is { } kept && time.GetUtcNow() < kept.RenewAt ? kept.Token : null;

    private string? Valid() => _kept is { } kept && time.GetUtcNow() < kept.EndsAt - Least ? kept.Token : null;

    private string Keep(AccessToken token)
    {
        var latest = token.ExpiresOn - Least;
        _kept = new Kept(token.Token, token.RefreshOn is { } refresh && refresh < latest ? refresh : latest, token.ExpiresOn);
        return token.Token;
    }

    private sealed record Kept(string Token, DateTimeOffset RenewAt, DateTimeOffset EndsAt);
}
