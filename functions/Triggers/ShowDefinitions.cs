using AutoFlow.Functions.Definitions;
using AutoFlow.Support.Definitions;
using AutoFlow.Workflows.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AutoFlow.Functions.Triggers;

/// <summary>The published definitions, to read: every version stays.</summary>
public sealed class ShowDefinitions(IDefinitionStore store, WorkflowLibrary workflows)
{
    [Function("ShowDefinitions")]
    public async Task<IActionResult> All(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/definitions")] HttpRequest request, CancellationToken ct)
    {
        // Newest first is what people look for, and what runs next.
        var newest = (await workflows.NewestAsync(ct)).All.Select(one => one.Hash).ToHashSet(StringComparer.Ordinal);
        return new OkObjectResult((await store.AfterAsync(0, ct)).Reverse().Select(one => new
        {
            one.Namespace,
            one.Name,
            one.Version,
            one.Hash,
            newest = newest.Contains(one.Hash),
            one.PublishedAt,
        }));
    }

    [Function("ShowDefinition")]
    public async Task<IActionResult> One(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/definitions/{namespace}/{name}/{version}")] HttpRequest request,
        string @namespace, string name, string version, CancellationToken ct) =>
        await workflows.FindAsync(new WorkflowIdentity(@namespace, name, version), ct) is { } found
            ? await ByHash(request, found.Hash, ct)
            : Problems.NotFound($"definition {@namespace}/{name} in version {version}");

    [Function("ShowDefinitionByHash")]
    public async Task<IActionResult> ByHash(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/definitions/by-hash/{hash}")] HttpRequest request, string hash, CancellationToken ct)
    {
        if (await store.FindAsync(hash, ct) is not { } found) return Problems.NotFound($"definition with the hash {hash}");
        var tag = new EntityTagHeaderValue(new StringSegment($"\"{found.Hash}\""));
        request.HttpContext.Response.GetTypedHeaders().ETag = tag;
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))) return new StatusCodeResult(StatusCodes.Status304NotModified);
        return request.GetTypedHeaders().Accept.Any(media => media.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase))
            ? new OkObjectResult(new { found.Namespace, found.Name, found.Version, found.Hash, found.PublishedAt, found.Text, found.Resources })
            : new ContentResult { Content = found.Text, ContentType = "application/yaml; charset=utf-8", StatusCode = StatusCodes.Status200OK };
    }
}
