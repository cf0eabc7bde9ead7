using AutoFlow.Functions.Overview;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>The page at the root: what runs here, the sums, and a way to every endpoint. It shows no personal data, so it needs no key.</summary>
public sealed class ShowHome(HomePage page)
{
    // An empty route is not taken by the real host; an optional parameter of length 0 is.
    [Function(nameof(ShowHome))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{ignored:maxlength(0)?}")] HttpRequest request, CancellationToken ct) =>
        new ContentResult { Content = await page.RenderAsync(ct), ContentType = "text/html; charset=utf-8", StatusCode = StatusCodes.Status200OK };
}
