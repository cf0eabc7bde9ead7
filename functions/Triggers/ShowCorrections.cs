using System.Text;
using AutoFlow.Support.Training;
using AutoFlow.Understanding.Training;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>The corrections, to read; or, as <c>?format=tsv</c>, to move into the seeds: <c>label TAB text</c>, by language.</summary>
public sealed class ShowCorrections(ICorrections corrections)
{
    [Function(nameof(ShowCorrections))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/corrections")] HttpRequest request, CancellationToken ct)
    {
        switch ((string?)request.Query["format"])
        {
            case null or "" or "json":
                var (page, problem) = Page.Of(request);
                return problem ?? new OkObjectResult(await corrections.ListAsync(page!.Skip, page.Take, ct));
            case "tsv":
                var tsv = Tsv(await corrections.AllAsync(ct), request.Query["language"]);
                return new ContentResult { Content = tsv, ContentType = "text/tab-separated-values; charset=utf-8", StatusCode = StatusCodes.Status200OK };
            default:
                return Problems.Of(StatusCodes.Status400BadRequest, "Which format?", "format is json or tsv.");
        }
    }

    // One language is a file as it is; all of them are parted by comments that name the file.
    private static string Tsv(IReadOnlyList<Correction> all, string? language)
    {
        var text = new StringBuilder();
        var examples = all.Select(LearningTexts.Of).Where(one => one.Text.Length > 0 && (string.IsNullOrEmpty(language) || one.Language == language)).Distinct();
        foreach (var file in examples.GroupBy(one => one.Language).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (string.IsNullOrEmpty(language)) text.Append("# ").Append(file.Key).Append(".tsv\n");
            foreach (var one in file.OrderBy(one => one.Label, StringComparer.Ordinal)) text.Append(one.Label).Append('\t').Append(one.Text).Append('\n');
        }

        return text.ToString();
    }
}
