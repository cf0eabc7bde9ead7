using System.Text.Json.Nodes;
using AutoFlow.Support.Training;
using AutoFlow.Understanding.Training;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>The models, to read: which serves, which are proposed, and how each measures beside the one that was in use.</summary>
public sealed class ShowModels(IModelStore models, ServingModel serving)
{
    [Function(nameof(ShowModels))]
    public async Task<IActionResult> All(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/models")] HttpRequest request, CancellationToken ct)
    {
        var (page, problem) = Page.Of(request);
        if (page is null) return problem!;
        var inUse = (await serving.NowAsync(ct)).Intents.Version;
        return new OkObjectResult(new { serving = inUse, models = (await models.ListAsync(page.Skip, page.Take, ct)).Select(model => Row(model, inUse)) });
    }

    [Function("ShowModel")]
    public async Task<IActionResult> One(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/models/{version}")] HttpRequest request, string version, CancellationToken ct)
    {
        if (await models.FindAsync(version, ct) is not { } model) return Problems.NotFound($"model {version}");
        if (request.Query["format"] == "text" || request.GetTypedHeaders().Accept.FirstOrDefault()?.MediaType == "text/plain")
            return new ContentResult { Content = ComparisonTable.Of(model), ContentType = "text/plain; charset=utf-8", StatusCode = StatusCodes.Status200OK };
        var inUse = (await serving.NowAsync(ct)).Intents.Version;
        return new OkObjectResult(new
        {
            model = Row(model, inUse),
            comparedWith = model.Comparison?.With,
            before = Json(model.Comparison?.Before),
            after = Json(model.Evaluation),
            newCorrections = model.Comparison is not { } comparison ? null : new
            {
                count = comparison.NewCorrections,
                before = Json(comparison.OnCorrectionsBefore),
                afterHavingLearntThem = Json(comparison.OnCorrectionsAfter),
            },
        });
    }

    private static object Row(TrainedModel model, string inUse) => new
    {
        model.Version,
        model.State,
        serving = model.Version == inUse,
        model.SeedsVersion,
        model.Seeds,
        corrections = model.Lessons.Count,
        model.RequestedBy,
        model.RequestedAt,
        model.MeasuredAt,
        model.FrozenSet,
        model.Reasons,
        model.AdoptedAt,
        model.AdoptedBy,
    };

    private static JsonNode? Json(string? evaluation) => evaluation is null ? null : JsonNode.Parse(evaluation);
}
