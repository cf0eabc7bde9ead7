using AutoFlow.Functions.Training;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>A person adopts a model, a proposed one or one that was in use before. 409 says why not.</summary>
public sealed class AdoptModel(ModelDesk desk)
{
    /// <summary>The body.</summary>
    public sealed record Word(string? By);

    [Function(nameof(AdoptModel))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/models/{version}/adopt")] HttpRequest request, string version, CancellationToken ct)
    {
        var (word, problem) = await JsonBody.ReadAsync<Word>(request, ct);
        if (word is null) return problem!;
        if (string.IsNullOrWhiteSpace(word.By)) return Problems.Of(StatusCodes.Status400BadRequest, "Who adopts it?", "Send {\"by\": \"who adopts it\"}.");

        return await desk.AdoptAsync(version, word.By.Trim(), ct) switch
        {
            AdoptionOutcome.Adopted { Model: var model } => new OkObjectResult(new { model.Version, model.State, model.AdoptedAt, model.AdoptedBy }),
            AdoptionOutcome.Refused refused => Problems.Of(
                StatusCodes.Status409Conflict, "Not adopted", string.Join(" ", [refused.Why, .. refused.Reasons.Select(reason => reason.Text)]), refused.Reasons),
            _ => Problems.NotFound($"model {version}"),
        };
    }
}
