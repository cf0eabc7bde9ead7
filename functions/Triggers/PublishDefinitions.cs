using AutoFlow.Functions.Definitions;
using AutoFlow.Workflows.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// Publishes definitions: all of a request or none. 201 means stored and in effect, 200 that all of it was there before (or,
/// with <c>?dryRun=true</c>, that it could be published), 409 that an identity has another content, 422 that there are mistakes.
/// </summary>
public sealed class PublishDefinitions(DefinitionDesk desk, ScheduleKeeper schedules)
{
    [Function(nameof(PublishDefinitions))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/definitions")] HttpRequest request,
        [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        var (texts, problem) = await DefinitionBody.ReadAsync(request, ct);
        if (texts is null) return problem!;
        var dryRun = string.Equals(request.Query["dryRun"], "true", StringComparison.OrdinalIgnoreCase);
        switch (await desk.PublishAsync(texts, dryRun, ct))
        {
            case PublishOutcome.Refused refused:
                return Refused(refused.Findings, texts.Count);
            case PublishOutcome.Taken taken:
                return Taken(taken);
            case PublishOutcome.Stored stored:
                if (!dryRun) await schedules.KeepAsync(durable, ct);
                return Stored(stored, dryRun);
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other}.");
        }
    }

    private static IActionResult Refused(IReadOnlyList<Diagnostic> findings, int files)
    {
        var errors = findings.Count(finding => finding.Severity == DiagnosticSeverity.Error);
        return Problems.Of(
            StatusCodes.Status422UnprocessableEntity,
            "The definitions have mistakes",
            $"{errors} {(errors == 1 ? "error" : "errors")} in {files} {(files == 1 ? "definition" : "definitions")}. Nothing was published.",
            findings.Select(Finding));
    }

    private static IActionResult Taken(PublishOutcome.Taken taken) => Problems.Of(
        StatusCodes.Status409Conflict,
        "Published already with another content",
        "A published version never changes: raise document.version. Nothing was published.",
        taken.Clashes.Select(clash => new
        {
            clash.File,
            clash.Definition.Namespace,
            clash.Definition.Name,
            clash.Definition.Version,
            clash.Definition.Hash,
            message = $"{clash.Definition.Namespace}/{clash.Definition.Name}:{clash.Definition.Version} is already published with another content",
            hint = "raise document.version",
        }));

    private static ObjectResult Stored(PublishOutcome.Stored stored, bool dryRun)
    {
        var body = new
        {
            dryRun,
            definitions = stored.Definitions.Select(one => new
            {
                one.File,
                one.Definition.Namespace,
                one.Definition.Name,
                one.Definition.Version,
                one.Definition.Hash,
                state = !one.IsNew ? "unchanged" : dryRun ? "publishable" : "published",
            }),
            warnings = stored.Findings.Select(Finding),
        };
        if (dryRun || !stored.Definitions.Any(one => one.IsNew)) return new OkObjectResult(body);
        var first = stored.Definitions.First(one => one.IsNew).Definition;
        return new CreatedResult($"/api/definitions/{first.Namespace}/{first.Name}/{first.Version}", body);
    }

    private static object Finding(Diagnostic finding) => new
    {
        finding.File,
        finding.Position.Line,
        finding.Position.Column,
        severity = finding.Severity == DiagnosticSeverity.Error ? "error" : "warning",
        finding.Message,
        finding.Hint,
        text = finding.Format(),
    };
}
