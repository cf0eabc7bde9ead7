using System.Globalization;

namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>
/// How long a service asks to wait: <c>retry-after-ms</c> and <c>x-ms-retry-after-ms</c> in milliseconds, which Azure OpenAI
/// sends beside <c>Retry-After</c> in seconds or as a date (RFC 9110, section 10.2.3).
/// </summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <param name="header">A header's value by its name; null when it did not come.</param>
    /// <param name="now">UTC; dates count from here.</param>
    /// <returns>From nothing to a day; null when no header says it, or none in a way that can be read.</returns>
    public static TimeSpan? Of(Func<string, string?> header, DateTimeOffset now) =>
        Number(header("retry-after-ms"), 1) ?? Number(header("x-ms-retry-after-ms"), 1) ?? Number(header("Retry-After"), 1000) ?? Date(header("Retry-After"), now);

    private static TimeSpan? Number(string? text, double milliseconds) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? Within(number * milliseconds)
            : null;

    private static TimeSpan? Date(string? text, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Within((date - now).TotalMilliseconds) : null;

    private static TimeSpan Within(double milliseconds) => TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, Longest.TotalMilliseconds));
}
