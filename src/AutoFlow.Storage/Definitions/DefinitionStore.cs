using AutoFlow.Support;
using AutoFlow.Support.Definitions;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Definitions;

internal sealed class DefinitionStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : IDefinitionStore
{
    public Task<Result<PublishedDefinition>> PublishAsync(
        string hash, string @namespace, string name, string version, string text, CancellationToken ct) => writer.WriteAsync<Result<PublishedDefinition>>(
        async db =>
        {
            if (await db.Definitions.SingleOrDefaultAsync(row => row.Hash == hash, ct) is { } known)
                return known.ToDefinition();
            if (await db.Definitions.AnyAsync(row => row.Namespace == @namespace && row.Name == name && row.Version == version, ct))
                return new Failure("version-taken", $"{@namespace}/{name} {version} is published already with another text: give the changed one a new version.");
            var published = new DefinitionRow
            {
                Hash = hash,
                Seq = await db.NextAsync("definitions", ct),
                Namespace = @namespace,
                Name = name,
                Version = version,
                Text = text,
                PublishedAt = clock.GetUtcNow(),
            };
            db.Add(published);
            return published.ToDefinition();
        },
        ct);

    public Task<IReadOnlyList<PublishedDefinition>> AllAsync(CancellationToken ct) => reader.ReadAsync<IReadOnlyList<PublishedDefinition>>(
        async db => (await db.Definitions.OrderBy(row => row.Seq).ToListAsync(ct)).ConvertAll(row => row.ToDefinition()), ct);

    public Task<PublishedDefinition?> FindAsync(string hash, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Definitions.SingleOrDefaultAsync(row => row.Hash == hash, ct))?.ToDefinition(), ct);
}
