namespace AutoFlow.Support.Shipments;

/// <summary>A push of the tracking service, stored as it came.</summary>
/// <param name="Key">Identifies the push: the same push delivered twice has the same key.</param>
/// <param name="Body">The raw body; its signature was checked before it was stored.</param>
/// <param name="StoredAt">UTC.</param>
public sealed record Push(string Key, string Body, DateTimeOffset StoredAt);

/// <summary>Pushes are stored here before they are acknowledged, so that none is lost between the answer and the work.</summary>
public interface IPushes
{
    /// <summary>Stores a push once per key; false when the key is known, whether done or not.</summary>
    Task<bool> AddAsync(string key, string body, CancellationToken ct);

    /// <summary>The push, or null when the key is unknown.</summary>
    Task<Push?> FindAsync(string key, CancellationToken ct);

    /// <summary>Marks a push as worked off. An unknown key, or one done already, changes nothing.</summary>
    Task MarkDoneAsync(string key, CancellationToken ct);

    /// <summary>Pushes not done that were stored before <paramref name="storedBefore"/> (UTC), oldest first: their queue message may be lost.</summary>
    Task<IReadOnlyList<Push>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct);
}
