using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AutoFlow.Functions.Triggers;

/// <summary>A page of a list: <c>?skip=0&amp;take=100</c>.</summary>
internal sealed record Page(int Skip, int Take)
{
    private const int Usual = 100;

    /// <summary>What can be taken at the most where nothing else is said.</summary>
    public const int Most = 500;

    /// <summary>The page that a request means; or what is wrong with it.</summary>
    /// <param name="usual">What is taken where nothing is said.</param>
    /// <param name="most">What can be taken at the most.</param>
    public static (Page? Page, IActionResult? Problem) Of(HttpRequest request, int usual = Usual, int most = Most)
    {
        var skip = Number(request, "skip", 0);
        return skip is >= 0 && TakeOf(request, usual, most) is { } take
            ? (new Page(skip.Value, take), null)
            : (null, Problems.Of(StatusCodes.Status400BadRequest, "Which page?", $"skip is 0 or more, take is 1 to {most}, both whole numbers."));
    }

    /// <summary>How many are taken; null where that cannot be read, or is not from 1 to <paramref name="most"/>.</summary>
    public static int? TakeOf(HttpRequest request, int usual = Usual, int most = Most) =>
        Number(request, "take", usual) is { } take and > 0 && take <= most ? take : null;

    private static int? Number(HttpRequest request, string name, int otherwise) =>
        !request.Query.TryGetValue(name, out var given) ? otherwise
        : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;
}
