using AutoFlow.Support.Definitions;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>Published definitions in memory, as several hosts share them.</summary>
internal sealed class FakeDefinitionStore(FakeTime time) : IDefinitionStore
{
    private readonly List<PublishedDefinition> _stored = [];

    /// <summary>How often somebody asked for what is newer.</summary>
    public int Asked { get; private set; }

    public Task<Publications> PublishAsync(IReadOnlyList<NewDefinition> definitions, CancellationToken ct) => Task.FromResult(Publish(definitions));

    public Publications Publish(IReadOnlyList<NewDefinition> definitions)
    {
        if (Taken(definitions) is { Count: > 0 } taken) return new Publications([], taken);
        var published = new List<Publication>();
        foreach (var one in definitions)
        {
            var known = Find(one.Hash);
            var stored = known ?? new PublishedDefinition(one.Hash, one.Namespace, one.Name, one.Version, one.Text, one.Resources, _stored.Count + 1, time.Now);
            if (known is null) _stored.Add(stored);
            published.Add(new Publication(stored, known is null));
        }

        return new Publications(published, []);
    }

    public Task<IReadOnlyList<NewDefinition>> TakenAsync(IReadOnlyList<NewDefinition> definitions, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<NewDefinition>>(Taken(definitions));

    public Task<IReadOnlyList<PublishedDefinition>> AfterAsync(long number, CancellationToken ct)
    {
        Asked++;
        return Task.FromResult<IReadOnlyList<PublishedDefinition>>(_stored.FindAll(one => one.Number > number));
    }

    public Task<PublishedDefinition?> FindAsync(string hash, CancellationToken ct) => Task.FromResult(Find(hash));

    public PublishedDefinition? Find(string hash) => _stored.Find(one => one.Hash == hash);

    private List<NewDefinition> Taken(IReadOnlyList<NewDefinition> definitions) =>
        [.. definitions.Where(one => _stored.Exists(stored => Same(stored, one) && stored.Hash != one.Hash))];

    private static bool Same(PublishedDefinition stored, NewDefinition one) => (stored.Namespace, stored.Name, stored.Version) == (one.Namespace, one.Name, one.Version);
}
