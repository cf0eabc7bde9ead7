using System.Globalization;
using AutoFlow.Functions.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AutoFlow.Functions.Instances;

/// <summary>Which part of a history a request means.</summary>
/// <param name="From">The number of the first event, from 0.</param>
/// <param name="Size">The most events.</param>
internal sealed record HistoryPage(int From, int Size)
{
    private const int Usual = 1_000;
    private const int Most = 5_000;

    /// <summary>The page; or what is wrong with it.</summary>
    public static (HistoryPage? Page, IActionResult? Problem) Of(HttpRequest request)
    {
        if (Number(request, "from", 0) is not { } from) return (null, Wrong("'from' is the number of an event, as the page before gave it as 'next'."));
        return Number(request, "pageSize", Usual) is { } size and > 0 and <= Most
            ? (new HistoryPage(from, size), null)
            : (null, Wrong($"'pageSize' is a whole number from 1 to {Most}."));
    }

    private static int? Number(HttpRequest request, string name, int usual) =>
        !request.Query.TryGetValue(name, out var given) ? usual
        : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    private static IActionResult Wrong(string detail) => Problems.Of(StatusCodes.Status400BadRequest, "Which page?", detail);
}
