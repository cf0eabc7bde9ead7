namespace AutoFlow.Support.Events;

/// <summary>A CloudEvent to keep. Its source and id together are unique (CloudEvents 1.0.2, "id").</summary>
/// <param name="Body">The event as JSON in the structured mode's form.</param>
public sealed record IncomingEvent(string Source, string Id, string Type, string Body)
{
    /// <summary>Names the event: the same for the same source and id.</summary>
    public string Key => EventKey.Of(Source, Id);
}

/// <summary>A CloudEvent as it is kept.</summary>
/// <param name="StoredAt">UTC.</param>
/// <param name="IsDone">True once it was routed.</param>
public sealed record StoredEvent(string Key, string Source, string Id, string Type, string Body, DateTimeOffset StoredAt, bool IsDone);

/// <summary>Events are stored here before they are acknowledged, so that none is lost between the answer and the routing.</summary>
public interface IEvents
{
    /// <summary>Stores events in one go, each once per source and id.</summary>
    /// <returns>For each event whether it is new; false when it is known, whether routed or not.</returns>
    Task<IReadOnlyList<bool>> AddAsync(IReadOnlyList<IncomingEvent> events, CancellationToken ct);

    /// <summary>The event, or null when the key is unknown.</summary>
    Task<StoredEvent?> FindAsync(string key, CancellationToken ct);

    /// <summary>Marks an event as routed. An unknown key, or one done already, changes nothing.</summary>
    Task MarkDoneAsync(string key, CancellationToken ct);

    /// <summary>Keys of events not routed that were stored before <paramref name="storedBefore"/> (UTC), oldest first.</summary>
    Task<IReadOnlyList<string>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct);

    /// <summary>The latest events, newest first; of one type where <paramref name="type"/> is given.</summary>
    Task<IReadOnlyList<StoredEvent>> ListAsync(string? type, int skip, int take, CancellationToken ct);

    /// <summary>Forgets events that were routed before a time (UTC); an event that comes again afterwards counts as new.</summary>
    Task ForgetAsync(DateTimeOffset doneBefore, CancellationToken ct);
}
