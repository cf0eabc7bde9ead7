using AutoFlow.Support.Definitions;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Definitions;

internal sealed class DefinitionStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : IDefinitionStore
{
    public Task<Publications> PublishAsync(IReadOnlyList<NewDefinition> definitions, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var taken = await TakenAsync(db, definitions, ct);
            if (taken.Count > 0) return new Publications([], taken);
            var published = new List<Publication>();
            foreach (var definition in definitions)
            {
                var known = await db.Definitions.FindAsync([definition.Hash], ct);
                var row = known ?? db.Add(await RowAsync(db, definition, ct)).Entity;
                published.Add(new Publication(row.ToDefinition(), known is null));
            }

            return new Publications(published, []);
        },
        ct);

    public Task<IReadOnlyList<NewDefinition>> TakenAsync(IReadOnlyList<NewDefinition> definitions, CancellationToken ct) =>
        reader.ReadAsync(db => TakenAsync(db, definitions, ct), ct);

    public Task<IReadOnlyList<PublishedDefinition>> AfterAsync(long number, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<PublishedDefinition>>(
        async db => (await db.Definitions.Where(row => row.Seq > number).OrderBy(row => row.Seq).ToListAsync(ct)).ConvertAll(row => row.ToDefinition()), ct);

    public Task<PublishedDefinition?> FindAsync(string hash, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Definitions.SingleOrDefaultAsync(row => row.Hash == hash, ct))?.ToDefinition(), ct);

    public PublishedDefinition? Find(string hash) => reader.Read(db => db.Definitions.SingleOrDefault(row => row.Hash == hash)?.ToDefinition());

    /// <summary>Those with the identity of a published one, or of an earlier one among them, but another content.</summary>
    private static async Task<IReadOnlyList<NewDefinition>> TakenAsync(SupportDbContext db, IReadOnlyList<NewDefinition> definitions, CancellationToken ct)
    {
        var taken = new List<NewDefinition>();
        var among = new Dictionary<(string, string, string), string>();
        foreach (var one in definitions)
        {
            var published = await db.Definitions
                .Where(row => row.Namespace == one.Namespace && row.Name == one.Name && row.Version == one.Version)
                .Select(row => row.Hash)
                .SingleOrDefaultAsync(ct);
            var identity = (one.Namespace, one.Name, one.Version);
            among.TryAdd(identity, one.Hash);
            if ((published ?? among[identity]) != one.Hash || among[identity] != one.Hash) taken.Add(one);
        }

        return taken;
    }

    private async Task<DefinitionRow> RowAsync(SupportDbContext db, NewDefinition definition, CancellationToken ct) => new()
    {
        Hash = definition.Hash,
        Seq = await db.NextAsync("definitions", ct),
        Namespace = definition.Namespace,
        Name = definition.Name,
        Version = definition.Version,
        Text = definition.Text,
        Resources = Json.Write(definition.Resources),
        PublishedAt = clock.GetUtcNow(),
    };
}
