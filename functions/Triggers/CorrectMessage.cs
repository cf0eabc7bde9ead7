using AutoFlow.Functions.Training;
using AutoFlow.Support.Training;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>A person says what a message asks for. It becomes an example to learn from; what was done with the message stays.</summary>
public sealed class CorrectMessage(CorrectionDesk desk, ICorrections corrections)
{
    /// <summary>The body.</summary>
    public sealed record Word(string? Intent, string? By, string? Note);

    [Function(nameof(CorrectMessage))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/inbox/{id}/correction")] HttpRequest request, string id, CancellationToken ct)
    {
        var (word, problem) = await JsonBody.ReadAsync<Word>(request, ct);
        if (word is null) return problem!;
        if (string.IsNullOrWhiteSpace(word.Intent) || string.IsNullOrWhiteSpace(word.By))
            return Problems.Of(StatusCodes.Status400BadRequest, "The correction is incomplete", "Send {\"intent\": \"return_item\", \"by\": \"who says so\", \"note\": \"optional\"}.");

        return await desk.CorrectAsync(id, word.Intent.Trim(), word.By.Trim(), word.Note, ct) switch
        {
            CorrectionOutcome.Kept kept => new OkObjectResult(kept.Correction),
            CorrectionOutcome.UnknownIntent unknown => Problems.Of(
                StatusCodes.Status400BadRequest, "Unknown intent", $"'{word.Intent.Trim()}' is no intent; {unknown.Hint}"),
            CorrectionOutcome.NotNow not => Problems.Of(StatusCodes.Status409Conflict, "Nothing to correct", not.Why),
            _ => Problems.NotFound($"message {id}"),
        };
    }

    [Function("TakeCorrectionBack")]
    public async Task<IActionResult> TakeBack(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/inbox/{id}/correction")] HttpRequest request, string id, CancellationToken ct) =>
        await corrections.TakeBackAsync(id, ct) ? new NoContentResult() : Problems.NotFound($"correction of message {id}");
}
