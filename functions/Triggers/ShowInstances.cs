using System.Text.Json;
using AutoFlow.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Triggers;

/// <summary>The durable instances, to read: lists hold no payloads, one instance and its history do.</summary>
public static class ShowInstances
{
    /// <summary>A filter by name is ours, not the backend's: so many of its pages are looked through for one of ours.</summary>
    private const int MostPages = 50;

    private const int UsualEvents = 1_000;
    private const int MostEvents = 5_000;

    [Function(nameof(ShowInstances))]
    public static async Task<IActionResult> All(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/instances")] HttpRequest request, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        var (filter, problem) = InstanceFilter.OfList(request);
        if (filter is null) return problem!;
        var query = new OrchestrationQuery(
            filter.From, filter.To, filter.Statuses, TaskHubNames: null, filter.Prefix, filter.Take, FetchInputsAndOutputs: false, filter.Token);
        try
        {
            return new OkObjectResult(await PageAsync(durable, query, filter, ct));
        }
        catch (Exception exception) when (filter.Token is not null && exception is ArgumentException or FormatException or JsonException)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "Which page?", "'token' is what the page before gave as 'next'; this one is none of it.");
        }
    }

    [Function("ShowInstance")]
    public static async Task<IActionResult> One(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/instances/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        if (QueryNames.Problem(request) is { } unknown) return unknown;
        return await durable.FindAsync(id, payloads: true, ct) is { } found ? new OkObjectResult(InstanceDetail.Of(found)) : InstanceCalls.Unknown(id);
    }

    [Function("ShowInstanceHistory")]
    public static async Task<IActionResult> History(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/instances/{id}/history")] HttpRequest request, string id, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        if (QueryNames.Problem(request, "skip", "take") is { } unknown) return unknown;
        var (page, problem) = Page.Of(request, UsualEvents, MostEvents);
        if (page is null) return problem!;
        if (await durable.FindAsync(id, payloads: false, ct) is not { } found) return InstanceCalls.Unknown(id);
        try
        {
            return await durable.HistoryAsync(found.InstanceId, page, ct) is { } history ? new OkObjectResult(history) : InstanceCalls.Unknown(id);
        }
        catch (Exception exception) when (InstanceCalls.IsUnsupported(exception))
        {
            return InstanceCalls.Unsupported("show histories");
        }
    }

    private static async Task<InstancePage> PageAsync(DurableTaskClient durable, OrchestrationQuery query, InstanceFilter filter, CancellationToken ct)
    {
        string? next = null;
        var looked = 0;
        await foreach (var page in durable.GetAllInstancesAsync(query).AsPages(filter.Token, filter.Take).WithCancellation(ct))
        {
            next = string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken;
            var rows = page.Values
                .Where(instance => filter.Orchestrator is not { } name || string.Equals(instance.Name, name, StringComparison.OrdinalIgnoreCase))
                .Select(InstanceRow.Of)
                .ToList();
            if (rows.Count > 0 || next is null || ++looked == MostPages) return new InstancePage(rows, next);
        }

        return new InstancePage([], next);
    }
}
