using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoFlow.Workflows.Schemas.Formats;

/// <summary>Dates, times and durations (RFC 3339, section 5.6 and appendix A).</summary>
internal static partial class TimeFormats
{
    public static bool IsDateTime(string text) =>
        text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]);

    public static bool IsDate(string text) =>
        Date().IsMatch(text) && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>A leap second is one only at the end of a day in UTC.</summary>
    public static bool IsTime(string text)
    {
        if (Time().Match(text) is not { Success: true } match) return false;
        var (hour, minute, second) = (Number(match, 1), Number(match, 2), Number(match, 3));
        var (offsetHour, offsetMinute) = (Number(match, 5), Number(match, 6));
        if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false;
        if (second < 60) return true;
        var offset = ((offsetHour * 60) + offsetMinute) * (match.Groups[4].Value == "-" ? -1 : 1);
        const int day = 24 * 60;
        return ((((hour * 60) + minute - offset) % day) + day) % day == day - 1;
    }

    public static bool IsDuration(string text) => Duration().IsMatch(text);

    private static int Number(Match match, int group) =>
        match.Groups[group] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"^([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[zZ]|([+-])([0-9]{2}):([0-9]{2}))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(
        @"^P(?:[0-9]+W|(?=[0-9T])(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)?"
        + @"(?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))?)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
