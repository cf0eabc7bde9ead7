using System.Text.Json;
using AutoFlow.Functions.Events;
using AutoFlow.Support.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>Takes CloudEvents in and shows them. 202 means: stored, and whoever waits for them will get them.</summary>
public sealed class ReceiveEvents(EventIntake intake, IEvents events)
{
    /// <summary>1 MiB; a batch may fill it.</summary>
    private const int Longest = 1024 * 1024;

    [Function(nameof(ReceiveEvents))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/events")] HttpRequest request, CancellationToken ct)
    {
        if (await RequestBody.ReadAsync(request, Longest, ct) is not { } body) return Problems.TooLarge(Longest);
        var (incoming, problems) = EventEnvelope.Read(request.ContentType, request.Headers, body);
        if (incoming is null) return Problems.BadEnvelope(problems, "The events cannot be read");

        var added = await intake.TakeAsync(incoming, ct);
        var taken = incoming.Zip(added, (one, isNew) => new { one.Source, one.Id, one.Type, state = isNew ? "stored" : "known" });
        return new ObjectResult(new { events = taken }) { StatusCode = StatusCodes.Status202Accepted };
    }

    [Function("ShowEvents")]
    public async Task<IActionResult> Show(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/events")] HttpRequest request, CancellationToken ct)
    {
        var (page, problem) = Page.Of(request);
        if (page is null) return problem!;
        var found = await events.ListAsync(request.Query["type"], page.Skip, page.Take, ct);
        return new OkObjectResult(found.Select(one => new { one.StoredAt, routed = one.IsDone, @event = JsonSerializer.Deserialize<JsonElement>(one.Body) }));
    }
}
