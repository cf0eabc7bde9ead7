using AutoFlow.Functions.Messages;
using AutoFlow.Support.Outbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>A person's look at a held reply: let go as it is, let go edited, or discarded.</summary>
public sealed class ReviewReply(IOutbox outbox, WorkQueue queue)
{
    /// <summary>The body: <c>{"send": true, "text": "optional, edited"}</c> or <c>{"send": false, "reason": "why"}</c>.</summary>
    public sealed record Review(bool? Send, string? Text, string? Reason);

    [Function(nameof(ReviewReply))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/replies/review")] HttpRequest request, CancellationToken ct)
    {
        string? key = request.Query["key"];
        if (string.IsNullOrEmpty(key)) return Problems.Of(StatusCodes.Status400BadRequest, "Which reply?", "Add ?key= with the key that /api/replies shows.");
        var (review, problem) = await JsonBody.ReadAsync<Review>(request, ct);
        if (review is null) return problem!;
        if (review.Send is not { } send)
            return Problems.Of(StatusCodes.Status400BadRequest, "The review is incomplete", "Send {\"send\": true, \"text\": \"optional, edited\"} or {\"send\": false, \"reason\": \"why\"}.");

        if (await outbox.FindAsync(key, ct) is not { } entry) return Problems.NotFound($"reply {key}");
        if (entry.State != OutboxState.Held) return Problems.Conflict($"The reply is {entry.State} already.");

        var reviewed = send
            ? await outbox.ReleaseAsync(key, review.Text, ct)
            : await outbox.DiscardAsync(key, review.Reason ?? "discarded by a person", ct);
        if (reviewed is { State: OutboxState.Pending }) await queue.SendAsync(QueueNames.Outbox, key, ct);
        return new OkObjectResult(reviewed);
    }
}
