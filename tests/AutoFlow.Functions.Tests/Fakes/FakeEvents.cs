using AutoFlow.Support.Events;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>Events and who wants them, in memory.</summary>
internal sealed class FakeEvents(FakeTime time) : IEvents, ISubscriptions
{
    private readonly List<StoredEvent> _stored = [];
    private readonly HashSet<(string Instance, string Type)> _subscribed = [];

    /// <summary>The events as JSON, oldest first.</summary>
    public IReadOnlyList<StoredEvent> Stored => _stored;

    /// <summary>Who subscribed to what, sorted.</summary>
    public IReadOnlyList<string> Subscribed => [.. _subscribed.Select(one => $"{one.Instance} {one.Type}").Order(StringComparer.Ordinal)];

    public Task<IReadOnlyList<bool>> AddAsync(IReadOnlyList<IncomingEvent> events, CancellationToken ct)
    {
        var added = new List<bool>();
        foreach (var one in events)
        {
            added.Add(!_stored.Exists(stored => stored.Key == one.Key));
            if (added[^1]) _stored.Add(new StoredEvent(one.Key, one.Source, one.Id, one.Type, one.Body, time.Now, false));
        }

        return Task.FromResult<IReadOnlyList<bool>>(added);
    }

    public Task<StoredEvent?> FindAsync(string key, CancellationToken ct) => Task.FromResult(_stored.Find(one => one.Key == key));

    public Task MarkDoneAsync(string key, CancellationToken ct)
    {
        if (_stored.FindIndex(one => one.Key == key) is >= 0 and var at) _stored[at] = _stored[at] with { IsDone = true };
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>>([.. _stored.Where(one => !one.IsDone && one.StoredAt < storedBefore).Take(limit).Select(one => one.Key)]);

    public Task<IReadOnlyList<StoredEvent>> ListAsync(string? type, int skip, int take, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<StoredEvent>>([.. _stored.AsEnumerable().Reverse().Where(one => type is null || one.Type == type).Skip(skip).Take(take)]);

    public Task ForgetAsync(DateTimeOffset doneBefore, CancellationToken ct) => Task.CompletedTask;

    public Task AddAsync(string instanceId, string type, CancellationToken ct)
    {
        _subscribed.Add((instanceId, type));
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string instanceId, CancellationToken ct)
    {
        _subscribed.RemoveWhere(one => one.Instance == instanceId);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string instanceId, string type, CancellationToken ct)
    {
        _subscribed.Remove((instanceId, type));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Subscription>> ToAsync(string type, CancellationToken ct) => Task.FromResult<IReadOnlyList<Subscription>>(
    [
        .. _subscribed.Where(one => one.Type == type || one.Type == ISubscriptions.AnyType)
            .GroupBy(one => one.Instance, one => one.Type, StringComparer.Ordinal)
            .Select(one => new Subscription(one.Key, [.. one])),
    ]);
}
