using System.Text.Json;
using AutoFlow.Functions.Steps;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AutoFlow.Functions.Triggers;

/// <summary>Reads a small JSON body; what is wrong with it becomes one clear sentence.</summary>
internal static class JsonBody
{
    public static async Task<(T? Value, IActionResult? Problem)> ReadAsync<T>(HttpRequest request, CancellationToken ct) where T : class
    {
        if (await RequestBody.ReadAsync(request, RequestBody.LongestPush, ct) is not { } body) return (null, Problems.TooLarge(RequestBody.LongestPush));
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
