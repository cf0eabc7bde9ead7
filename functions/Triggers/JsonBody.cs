using System.Text.Json;
using AutoFlow.Functions.Steps;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AutoFlow.Functions.Triggers;

/// <summary>Reads a small JSON body; what is wrong with it becomes one clear sentence.</summary>
internal static class JsonBody
{
    public static Task<(T? Value, IActionResult? Problem)> ReadAsync<T>(HttpRequest request, CancellationToken ct) where T : class => ReadAsync<T>(request, null, ct);

    /// <summary>Reads a body that may be left out.</summary>
    /// <param name="leftOut">What is meant then; null where there must be a body. No header tells whether there is one, so it is read.</param>
    public static async Task<(T? Value, IActionResult? Problem)> ReadAsync<T>(HttpRequest request, T? leftOut, CancellationToken ct) where T : class
    {
        if (await RequestBody.ReadAsync(request, RequestBody.LongestPush, ct) is not { } body) return (null, Problems.TooLarge(RequestBody.LongestPush));
        if (body.Length == 0 && leftOut is not null) return (leftOut, null);
        try
        {
            return JsonSerializer.Deserialize<T>(body, StepJson.Options) is { } value
                ? (value, null)
                : (null, Problems.Of(StatusCodes.Status400BadRequest, "The body is empty", "Send a JSON object."));
        }
        catch (JsonException exception)
        {
            var where = $"line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}, {exception.Path}";
            return (null, Problems.Of(StatusCodes.Status400BadRequest, "The body cannot be read", $"The JSON is wrong at {where}."));
        }
    }
}
