using System.Globalization;
using AutoFlow.Functions.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Primitives;

namespace AutoFlow.Functions.Instances;

/// <summary>Which instances a request means.</summary>
/// <param name="Statuses">Null for any; of a purge never null.</param>
/// <param name="From">Created then or later; null for any time.</param>
/// <param name="To">Created then or earlier; null for any time.</param>
/// <param name="Prefix">What ids begin with; null for any.</param>
/// <param name="Orchestrator">The orchestrator's name, whatever its case; null for any.</param>
/// <param name="Take">The most instances of a page.</param>
/// <param name="Token">Where the page begins; null for the first.</param>
internal sealed record InstanceFilter(
    IReadOnlyList<OrchestrationRuntimeStatus>? Statuses, DateTimeOffset? From, DateTimeOffset? To, string? Prefix, string? Orchestrator, int Take, string? Token)
{
    private static readonly string[] OfLists = ["status", "from", "to", "prefix", "orchestrator", "take", "token"];
    private static readonly string[] OfPurges = ["status", "from", "to", "recursive"];

    // Whoever reads these refuses them empty, and says what they can be.
    private static readonly string[] RefusedByReader = ["take", "recursive"];

    // ISO 8601 only: in other forms month and day can change places, and a time without a date is one of today.
    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    // Told to the backend always: what a purge without a status takes differs among them, live instances too on some.
    private static readonly OrchestrationRuntimeStatus[] Finished =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    private static readonly OrchestrationRuntimeStatus[] All =
    [
        OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended,
    ];

    /// <summary>The filter of a list; or what is wrong with it.</summary>
    public static (InstanceFilter? Filter, IActionResult? Problem) OfList(HttpRequest request) => Read(request, OfLists, All);

    /// <summary>The filter of a purge, which takes finished instances only and names at least something; or what is wrong with it.</summary>
    public static (InstanceFilter? Filter, IActionResult? Problem) OfPurge(HttpRequest request)
    {
        var (filter, problem) = Read(request, OfPurges, Finished);
        return filter switch
        {
            null => (null, problem),
            { Statuses: null, From: null, To: null } => (null, Problems.Of(
                StatusCodes.Status400BadRequest, "Which instances?", "Say which are purged: status (Completed, Failed or Terminated), from and to, or some of them.")),
            { Statuses: null } => (filter with { Statuses = Finished }, null),
            _ => (filter, null),
        };
    }

    private static (InstanceFilter? Filter, IActionResult? Problem) Read(HttpRequest request, string[] names, OrchestrationRuntimeStatus[] allowed)
    {
        var query = request.Query;
        var errors = new List<(string Field, string Message)>();
        foreach (var unknown in QueryNames.Unknown(request, names)) errors.Add((unknown, QueryNames.Message(names)));
        // An empty variable of a script would widen what is meant, and a purge takes all that it means.
        foreach (var empty in names.Except(RefusedByReader).Where(name => query.TryGetValue(name, out var value) && value.ToString().Trim(',', ' ').Length == 0))
            errors.Add((empty, $"is empty; leave it out for {(empty == "token" ? "the first page" : "any")}."));
        var statuses = ReadStatuses(query["status"], allowed, errors);
        var from = ReadTime(query["from"], "from", errors);
        var to = ReadTime(query["to"], "to", errors);
        if (from > to) errors.Add(("to", "is before 'from'."));
        var given = Page.TakeOf(request);
        if (given is null) errors.Add(("take", $"is a whole number from 1 to {Page.Most}."));
        if (given is { } take && errors.Count == 0) return (new InstanceFilter(statuses, from, to, Some(query["prefix"]), Some(query["orchestrator"]), take, Some(query["token"])), null);
        return (null, Problems.Of(
            StatusCodes.Status400BadRequest,
            "The filter cannot be read",
            string.Join(" ", errors.Select(error => $"'{error.Field}' {error.Message}")),
            errors.Select(error => new { field = error.Field, message = $"'{error.Field}' {error.Message}" })));
    }

    private static List<OrchestrationRuntimeStatus>? ReadStatuses(StringValues given, OrchestrationRuntimeStatus[] allowed, List<(string Field, string Message)> errors)
    {
        string[] words = [.. given.SelectMany(part => (part ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        var known = new List<OrchestrationRuntimeStatus>();
        foreach (var word in words)
        {
            if (allowed.Where(status => string.Equals(status.ToString(), word, StringComparison.OrdinalIgnoreCase)).ToList() is [var status]) known.Add(status);
            else errors.Add(("status", $"is one of {string.Join(", ", allowed)}, or several with commas; not '{word}'."));
        }

        return known.Count == 0 ? null : known;
    }

    private static DateTimeOffset? ReadTime(StringValues given, string name, List<(string Field, string Message)> errors)
    {
        if (Some(given) is not { } text) return null;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, utc, out var time)) return time;
        errors.Add((name, $"is a time as 2026-01-05T09:00:00Z, or a day as 2026-01-05; not '{text}'."));
        return null;
    }

    private static string? Some(StringValues given) => given.ToString() is { Length: > 0 } text ? text : null;
}
