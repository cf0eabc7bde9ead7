using AutoFlow.Functions.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>Whether the process lives, and whether it can serve.</summary>
public sealed class ShowHealth(Readiness readiness)
{
    /// <summary>Touches nothing: a dependency that is down is no reason to kill the process.</summary>
    [Function("ShowHealth")]
    public static IActionResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request) =>
        new OkObjectResult(new { status = "ok", version = AppVersion.Text });

    /// <summary>503 when something is down that no message can do without.</summary>
    [Function("ShowReadiness")]
    public async Task<IActionResult> Ready(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/ready")] HttpRequest request, CancellationToken ct)
    {
        var report = await readiness.LookAsync(ct);
        return new ObjectResult(report)
        {
            StatusCode = report.State == DependencyState.Failed ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK,
        };
    }
}
