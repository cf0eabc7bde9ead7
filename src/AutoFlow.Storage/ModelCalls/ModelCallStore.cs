using AutoFlow.Support;
using AutoFlow.Support.ModelCalls;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.ModelCalls;

internal sealed class ModelCallStore(SupportWriter writer, SupportReader reader) : IModelCalls
{
    public Task RecordAsync(ModelCall call, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (!await db.ModelCalls.AnyAsync(row => row.Id == call.Id, ct))
                db.Add(ModelCallRow.Of(call, await db.NextAsync("model_calls", ct)));
        },
        ct);

    public Task<IReadOnlyList<ModelCall>> ListAsync(int skip, int take, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<ModelCall>>(
        async db => (await db.ModelCalls.OrderByDescending(row => row.Seq).Skip(skip).Take(take).ToListAsync(ct)).ConvertAll(row => row.ToCall()), ct);

    public Task<IReadOnlyList<ModelCallSum>> SumsAsync(CancellationToken ct) => reader.ReadAsync<IReadOnlyList<ModelCallSum>>(
        async db =>
        {
            var groups = await db.ModelCalls
                .GroupBy(row => new { row.Deployment, row.Outcome })
                .Select(group => new
                {
                    group.Key.Deployment,
                    group.Key.Outcome,
                    Calls = group.Count(),
                    Input = group.Sum(row => row.InputTokens),
                    Cached = group.Sum(row => row.CachedTokens),
                    Output = group.Sum(row => row.OutputTokens),
                })
                .ToListAsync(ct);
            // Added here, row by row: exact decimals are text to SQLite, which cannot add them.
            var costs = new Dictionary<(string Deployment, ModelCallOutcome Outcome, string Currency), decimal>();
            var priced = db.ModelCalls.Where(row => row.Cost != null && row.Currency != null)
                .Select(row => new { row.Deployment, row.Outcome, row.Currency, row.Cost });
            await foreach (var row in priced.AsAsyncEnumerable().WithCancellation(ct))
            {
                var key = (row.Deployment, row.Outcome, row.Currency!);
                costs[key] = costs.GetValueOrDefault(key) + row.Cost!.Value;
            }

            return [.. groups
                .OrderBy(group => group.Deployment, StringComparer.Ordinal).ThenBy(group => group.Outcome.ToString(), StringComparer.Ordinal)
                .Select(group => new ModelCallSum(
                    group.Deployment, group.Outcome, group.Calls, new TokenCount(group.Input, group.Cached, group.Output),
                    [.. costs.Where(cost => cost.Key.Deployment == group.Deployment && cost.Key.Outcome == group.Outcome)
                        .OrderBy(cost => cost.Key.Currency, StringComparer.Ordinal)
                        .Select(cost => new Money(cost.Value, cost.Key.Currency))]))];
        },
        ct);
}
