using AutoFlow.Functions.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>Takes one message in as a CloudEvent. 202 means: stored, and it will be answered. 429 means: not taken, too many wait; send it again.</summary>
public sealed class ReceiveMessage(MessageIntake intake, IntakeLimit limit, TimeProvider time)
{
    [Function(nameof(ReceiveMessage))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/messages")] HttpRequest request, CancellationToken ct)
    {
        // Before the body: what is refused anyway costs no reading and no parsing.
        if (await limit.IsFullAsync(ct)) return Full(request);
        if (await RequestBody.ReadAsync(request, RequestBody.LongestMessage, ct) is not { } body)
            return Problems.TooLarge(RequestBody.LongestMessage);

        var (message, problems) = MessageEnvelope.Read(body, time.GetUtcNow());
        if (message is null) return Problems.BadEnvelope(problems);

        if (!await limit.TakeAsync(ct)) return Full(request);
        var (entry, added) = await intake.TakeAsync(message, ct);
        return new ObjectResult(new { id = entry.Id, state = added ? "stored" : "known", status = $"/api/inbox/{entry.Id}" })
        {
            StatusCode = StatusCodes.Status202Accepted,
        };
    }

    private static IActionResult Full(HttpRequest request) =>
        Problems.TooMany(request, "So many messages wait that this one was not taken.", IntakeLimit.Wait);
}
