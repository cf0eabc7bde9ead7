using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoFlow.Support.Yaml;

/// <summary>A value read from text, or what is wrong with the text.</summary>
internal readonly record struct Parsed<T>(T Value, string? Error = null, string? Hint = null)
{
    public static Parsed<T> Wrong(string error, string? hint = null) => new(default!, error, hint);
}

/// <summary>Reads values with units as people write them.</summary>
internal static partial class Units
{
    private static readonly Dictionary<string, TimeSpan> Durations = new(StringComparer.Ordinal)
    {
        ["second"] = TimeSpan.FromSeconds(1),
        ["seconds"] = TimeSpan.FromSeconds(1),
        ["minute"] = TimeSpan.FromMinutes(1),
        ["minutes"] = TimeSpan.FromMinutes(1),
        ["hour"] = TimeSpan.FromHours(1),
        ["hours"] = TimeSpan.FromHours(1),
        ["day"] = TimeSpan.FromDays(1),
        ["days"] = TimeSpan.FromDays(1),
        ["week"] = TimeSpan.FromDays(7),
        ["weeks"] = TimeSpan.FromDays(7),
    };

    // ISO 4217 codes of the currencies that shops sell in.
    private static readonly string[] Currencies =
        ("EUR GBP USD PLN CHF SEK NOK DKK CZK HUF RON BGN ISK TRY UAH RSD GEL JPY CNY HKD TWD KRW SGD MYR THB IDR PHP VND INR PKR " +
        "AUD NZD CAD MXN BRL ARS CLP COP PEN UYU ZAR ILS AED SAR QAR KWD EGP MAD NGN KES").Split(' ');

    /// <summary>For example <c>7 days</c>, <c>48 hours</c>.</summary>
    public static Parsed<TimeSpan> Duration(string text)
    {
        const string Example = "write a number and a unit, for example '7 days' or '48 hours'";
        if (Split(text) is not var (number, unit)) return Parsed<TimeSpan>.Wrong($"'{text}' is no duration", Example);
        if (unit.Length == 0) return Parsed<TimeSpan>.Wrong($"'{text}' has no unit", Example);
        if (!Durations.TryGetValue(unit, out var length))
            return Parsed<TimeSpan>.Wrong($"unknown unit of time '{unit}'", NearestWord.Hint(unit, Durations.Keys));
        if (number < 0) return Parsed<TimeSpan>.Wrong($"'{text}' is negative", "a duration is zero or more");
        return number > 36_500 ? Parsed<TimeSpan>.Wrong($"'{text}' is too long", Example) : new(length * (double)number);
    }

    /// <summary>For example <c>150 EUR</c>.</summary>
    public static Parsed<Money> Money(string text)
    {
        const string Example = "write an amount and a currency, for example '150 EUR'";
        if (Split(text) is not var (number, currency)) return Parsed<Money>.Wrong($"'{text}' is no amount of money", Example);
        if (currency.Length == 0) return Parsed<Money>.Wrong($"'{text}' has no currency", Example);
        if (!Currencies.Contains(currency))
            return Parsed<Money>.Wrong($"unknown currency '{currency}'", NearestWord.Suggestion(currency, Currencies) ?? "use an ISO 4217 code such as EUR");
        return number < 0 ? Parsed<Money>.Wrong($"'{text}' is negative", "an amount is zero or more") : new(new Money(number, currency));
    }

    /// <summary>For example <c>30 %</c>; the value is 0 to 1.</summary>
    public static Parsed<double> Percentage(string text)
    {
        const string Example = "write a percentage from '0 %' to '100 %'";
        if (Split(text) is not var (number, unit)) return Parsed<double>.Wrong($"'{text}' is no percentage", Example);
        if (unit != "%") return Parsed<double>.Wrong(unit.Length == 0 ? $"'{text}' has no unit" : $"wrong unit '{unit}'", Example);
        return number is < 0 or > 100 ? Parsed<double>.Wrong($"'{text}' is out of range", Example) : new((double)number / 100);
    }

    private static (decimal Number, string Unit)? Split(string text) =>
        Shape().Match(text) is { Success: true } match && decimal.TryParse(match.Groups[1].ValueSpan, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? (number, match.Groups[2].Value)
            : null;

    [GeneratedRegex(@"^\s*(-?[0-9]+(?:\.[0-9]+)?)\s*([^\s0-9.][^\s]*)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
