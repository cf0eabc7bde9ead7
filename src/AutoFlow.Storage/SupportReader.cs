using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage;

/// <summary>Reads never wait for writers (write-ahead log) and track nothing.</summary>
internal sealed class SupportReader(IDbContextFactory<SupportDbContext> contexts)
{
    public async Task<T> ReadAsync<T>(Func<SupportDbContext, Task<T>> work, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await work(db);
    }
}
