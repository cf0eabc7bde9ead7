using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AutoFlow.Storage;

/// <summary>Times as text of one width in UTC, so that they sort and compare as text in any database.</summary>
internal static class UtcText
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) => DateTimeOffset.ParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    internal sealed class Converter() : ValueConverter<DateTimeOffset, string>(time => Write(time), text => Read(text));
}
