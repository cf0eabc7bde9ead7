using System.Text.Json;
using System.Text.Json.Serialization;
using AutoFlow.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// An operator ends an instance, stops it, lets it go on, or takes a failed one back. 202 means that it is asked for and kept; the instance
/// follows when its turn comes.
/// </summary>
public static class ControlInstances
{
    private const string Unsaid = "by an operator";
    private const int LongestReason = 1_000;

    /// <summary>The body, which may be left out.</summary>
    /// <param name="Reason">Why; kept in the history.</param>
    /// <param name="Recursive">Of an end: whether the children are ended too.</param>
    public sealed record Wish(string? Reason, bool? Recursive)
    {
        /// <summary>What else the body names.</summary>
        [JsonExtensionData]
        public IDictionary<string, JsonElement>? Others { get; init; }
    }

    [Function("TerminateInstance")]
    public static Task<IActionResult> Terminate(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/instances/{id}/terminate")] HttpRequest request, string id, [DurableClient] DurableTaskClient durable, CancellationToken ct) =>
        WithWishAsync(request, true, wish => durable.AskAsync(
            id, "terminate", instance => durable.TerminateInstanceAsync(instance, new TerminateInstanceOptions(wish.Reason ?? Unsaid, wish.Recursive ?? false), ct), ct), ct);

    [Function("SuspendInstance")]
    public static Task<IActionResult> Suspend(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/instances/{id}/suspend")] HttpRequest request, string id, [DurableClient] DurableTaskClient durable, CancellationToken ct) =>
        WithWishAsync(request, false, wish => durable.AskAsync(id, "suspend", instance => durable.SuspendInstanceAsync(instance, wish.Reason ?? Unsaid, ct), ct), ct);

    [Function("ResumeInstance")]
    public static Task<IActionResult> Resume(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/instances/{id}/resume")] HttpRequest request, string id, [DurableClient] DurableTaskClient durable, CancellationToken ct) =>
        WithWishAsync(request, false, wish => durable.AskAsync(id, "resume", instance => durable.ResumeInstanceAsync(instance, wish.Reason ?? Unsaid, ct), ct), ct);

    [Function("RewindInstance")]
    public static Task<IActionResult> Rewind(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/instances/{id}/rewind")] HttpRequest request, string id, [DurableClient] DurableTaskClient durable, CancellationToken ct) =>
        WithWishAsync(request, false, wish => durable.RewindAsync(id, wish.Reason ?? Unsaid, ct), ct);

    private static async Task<IActionResult> WithWishAsync(HttpRequest request, bool hasChildren, Func<Wish, Task<IActionResult>> act, CancellationToken ct)
    {
        if (QueryNames.Problem(request) is { } unknown) return unknown;
        var (wish, problem) = await JsonBody.ReadAsync(request, new Wish(null, null), ct);
        if (wish is null) return problem!;
        // A word misspelt would do something else than was meant: end an instance without its children.
        string[] others = [.. wish.Others?.Keys ?? [], .. wish.Recursive is null || hasChildren ? Array.Empty<string>() : ["recursive"]];
        if (others.Length > 0)
        {
            return Problems.Of(
                StatusCodes.Status400BadRequest, "Unknown field", $"'{string.Join("', '", others)}' is no field here; {(hasChildren ? "those are reason and recursive" : "the only one is reason")}.");
        }

        return wish.Reason?.Length > LongestReason
            ? Problems.Of(StatusCodes.Status400BadRequest, "The reason is too long", $"'reason' has at most {LongestReason} characters.")
            : await act(wish with { Reason = string.IsNullOrWhiteSpace(wish.Reason) ? null : wish.Reason });
    }
}
