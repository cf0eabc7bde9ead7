using AutoFlow.Functions.Instances;
using AutoFlow.Functions.Orchestrations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Triggers;

/// <summary>Deletes finished instances with their histories: one, or those of a filter. What they did stays in the books.</summary>
public static class PurgeInstances
{
    [Function("PurgeInstance")]
    public static async Task<IActionResult> One(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/instances/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        if (QueryNames.Problem(request, "recursive") is { } unknown) return unknown;
        var (recursive, problem) = Recursive(request);
        if (problem is not null) return problem;
        if (await durable.FindAsync(id, payloads: false, ct) is not { } found) return InstanceCalls.Unknown(id);
        if (!found.RuntimeStatus.IsOver()) return InstanceCalls.WrongState(found.InstanceId, found.RuntimeStatus, "only a finished one can be purged; terminate it first");
        return await PurgeAsync(() => durable.PurgeInstanceAsync(found.InstanceId, new PurgeInstanceOptions(recursive), ct));
    }

    [Function(nameof(PurgeInstances))]
    public static async Task<IActionResult> Many(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/instances")] HttpRequest request, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        var (filter, problem) = InstanceFilter.OfPurge(request);
        if (filter is null) return problem!;
        var (recursive, wrong) = Recursive(request);
        if (wrong is not null) return wrong;
        return await PurgeAsync(() => durable.PurgeAllInstancesAsync(new PurgeInstancesFilter(filter.From, filter.To, filter.Statuses), new PurgeInstanceOptions(recursive), ct));
    }

    private static async Task<IActionResult> PurgeAsync(Func<Task<PurgeResult>> purge)
    {
        try
        {
            var result = await purge();
            return new OkObjectResult(new { purged = result.PurgedInstanceCount, complete = result.IsComplete });
        }
        catch (Exception exception) when (InstanceCalls.IsUnsupported(exception))
        {
            return InstanceCalls.Unsupported("purge instances");
        }
    }

    private static (bool Recursive, IActionResult? Problem) Recursive(HttpRequest request) =>
        !request.Query.TryGetValue("recursive", out var given) ? (false, null)
        : bool.TryParse(given, out var recursive) ? (recursive, null)
        : (false, Problems.Of(StatusCodes.Status400BadRequest, "Children too?", "'recursive' is true or false."));
}
