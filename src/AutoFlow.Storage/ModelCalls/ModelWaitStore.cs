using AutoFlow.Support.ModelCalls;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.ModelCalls;

internal sealed class ModelWaitStore(SupportWriter writer, SupportReader reader) : IModelWaits
{
    public Task<DateTimeOffset?> UntilAsync(string deployment, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.ModelWaits.SingleOrDefaultAsync(row => row.Deployment == deployment, ct))?.Until, ct);

    public Task BeginAsync(string deployment, DateTimeOffset until, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.ModelWaits.FindAsync([deployment], ct) is not { } row) db.Add(new ModelWaitRow { Deployment = deployment, Until = until });
            else if (row.Until < until) row.Until = until;
        },
        ct);
}
