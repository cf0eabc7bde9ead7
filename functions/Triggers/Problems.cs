using System.Globalization;
using AutoFlow.Functions.Messages;
using AutoFlow.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AutoFlow.Functions.Triggers;

/// <summary>What is answered when a request cannot be taken: problem details (RFC 9457), one clear sentence each.</summary>
internal static class Problems
{
    public static IActionResult BadEnvelope(IReadOnlyList<MessageEnvelope.Problem> problems, string title = "The message cannot be read") => Of(
        StatusCodes.Status400BadRequest,
        title,
        string.Join(" ", problems.Select(problem => problem.Field.StartsWith('/') ? $"{problem.Field}: {problem.Message}" : problem.Message)),
        problems.Select(problem => new { field = problem.Field, message = problem.Message }));

    public static IActionResult TooLarge(int limit) => Of(
        StatusCodes.Status413PayloadTooLarge, "The body is too large", $"At most {limit / 1024} KiB are taken; cut the body and send it again.");

    /// <summary>With <c>Retry-After</c> in whole seconds.</summary>
    public static IActionResult TooMany(HttpRequest request, string what, TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        request.HttpContext.Response.Headers.RetryAfter = seconds;
        return Of(StatusCodes.Status429TooManyRequests, "Too many wait", $"{what} Send it again in {seconds} seconds.");
    }

    public static IActionResult Refused(Failure failure) => Of(StatusCodes.Status400BadRequest, failure.Code, failure.Message);

    public static IActionResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "Not found", $"There is no {what}.");

    public static IActionResult Conflict(string what) => Of(StatusCodes.Status409Conflict, "Too late", what);

    public static IActionResult Of(int status, string title, string detail, object? errors = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail };
        if (errors is not null) problem.Extensions["errors"] = errors;
        return new ObjectResult(problem) { StatusCode = status, ContentTypes = { "application/problem+json" } };
    }
}
