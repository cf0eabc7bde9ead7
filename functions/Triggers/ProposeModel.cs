using AutoFlow.Functions.Training;
using AutoFlow.Support.Training;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>Asks for a model of the seeds and all corrections. 202: it is being trained and measured; 200: it was, or there is nothing new.</summary>
public sealed class ProposeModel(ModelDesk desk)
{
    /// <summary>The body; it may be left out.</summary>
    public sealed record Wish(string? By);

    [Function(nameof(ProposeModel))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/models/proposals")] HttpRequest request, CancellationToken ct)
    {
        var (wish, problem) = await JsonBody.ReadAsync(request, new Wish(null), ct);
        if (wish is null) return problem!;
        var by = string.IsNullOrWhiteSpace(wish.By) ? "a person" : wish.By.Trim();
        return await desk.ProposeAsync(by, ct) switch
        {
            ProposalOutcome.Stored { Model: { State: ModelState.Training } model } => new ObjectResult(Told(model)) { StatusCode = StatusCodes.Status202Accepted },
            ProposalOutcome.Stored { Model: var model } => new OkObjectResult(Told(model)),
            ProposalOutcome.NothingNew { Version: var version } => new OkObjectResult(new { version, state = "serving", note = "The model in use has learnt all of this." }),
            ProposalOutcome.Broken broken => Problems.Of(StatusCodes.Status409Conflict, "No model can be trained", broken.Why),
            var other => throw new InvalidOperationException($"A proposal ended as {other}."),
        };
    }

    private static object Told(TrainedModel model) => new { model.Version, model.State, corrections = model.Lessons.Count, status = $"/api/models/{model.Version}" };
}
