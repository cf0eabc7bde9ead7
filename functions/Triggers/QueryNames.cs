using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AutoFlow.Functions.Triggers;

/// <summary>Refuses what a query names and nobody reads: with a word misspelt something else would be done than was meant.</summary>
internal static class QueryNames
{
    // "code" is the key, "clientId" its name on Azure.
    private static readonly string[] Always = ["code", "clientId"];

    /// <summary>What is wrong with the names in a query; null for nothing.</summary>
    /// <param name="names">Those that there are.</param>
    public static IActionResult? Problem(HttpRequest request, params string[] names)
    {
        var unknown = Unknown(request, names).ToList();
        return unknown.Count == 0
            ? null
            : Problems.Of(StatusCodes.Status400BadRequest, "Unknown parameter", string.Join(' ', unknown.Select(name => $"'{name}' {Message(names)}")));
    }

    /// <summary>The names in a query that there are not.</summary>
    public static IEnumerable<string> Unknown(HttpRequest request, string[] names) =>
        request.Query.Keys.Where(key => !names.Concat(Always).Contains(key, StringComparer.OrdinalIgnoreCase));

    /// <summary>What is said after such a name.</summary>
    public static string Message(string[] names) => names switch
    {
        [] => "is no parameter here; there is none.",
        [var only] => $"is no parameter here; the only one is {only}.",
        _ => $"is no parameter here; those are {string.Join(", ", names)}.",
    };
}
