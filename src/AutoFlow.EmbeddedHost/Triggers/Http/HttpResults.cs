using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.EmbeddedHost.Triggers.Http;

/// <summary>Writes what an HTTP function returned.</summary>
internal static class HttpResults
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Answers = new();

    /// <summary>Writes a result: an MVC or minimal-API result by its own executor, a text as text, nothing as 204, anything else as JSON.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="result">The result.</param>
    /// <param name="toQueue">Whether the result itself went to a queue and is no answer.</param>
    public static Task WriteAsync(HttpContext context, object? result, bool toQueue)
    {
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        return toQueue ? WriteValueAsync(context, null) : WriteValueAsync(context, Answer(result));
    }

    /// <summary>Writes a problem (RFC 9457).</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">What is wrong, in a line.</param>
    /// <param name="detail">What exactly; null for no more.</param>
    /// <param name="invocationId">The run's id for the log; null when nothing ran.</param>
    /// <param name="retryAfter">When the caller may try again; null where that is of no use.</param>
    public static Task WriteProblemAsync(HttpContext context, int status, string title, string? detail, string? invocationId, TimeSpan? retryAfter = null)
    {
        if (context.Response.HasStarted)
        {
            // Too late for another status: cutting the connection is the only way to tell that the answer is not whole.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        if (retryAfter is { } wait)
            context.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        var extensions = invocationId is null ? null : new Dictionary<string, object?> { ["invocationId"] = invocationId };
        return Results.Problem(detail, statusCode: status, title: title, extensions: extensions).ExecuteAsync(context);
    }

    private static Task WriteValueAsync(HttpContext context, object? value)
    {
        switch (value)
        {
            case IActionResult action:
                return action.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()));
            case IResult result:
                return result.ExecuteAsync(context);
            case null:
                // What the function set by itself stays.
                if (context.Response.StatusCode == StatusCodes.Status200OK)
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            case string text:
                return Results.Text(text).ExecuteAsync(context);
            default:
                return Results.Json(value).ExecuteAsync(context);
        }
    }

    private static object? Answer(object? result) =>
        result is not null && Answers.GetOrAdd(result.GetType(), AnswerProperty) is { } property ? property.GetValue(result) : result;

    private static PropertyInfo? AnswerProperty(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .FirstOrDefault(static property => property.GetCustomAttribute<HttpResultAttribute>() is not null);
}
