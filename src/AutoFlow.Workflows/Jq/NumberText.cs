using System.Globalization;

namespace AutoFlow.Workflows.Jq;

/// <summary>Doubles as jq prints them: the shortest digits that read back the same, in jq's choice of notation.</summary>
internal static class NumberText
{
    public static string Format(double value)
    {
        if (double.IsNaN(value))
            return "null";
        if (double.IsInfinity(value))
            return value > 0 ? "1.7976931348623157e+308" : "-1.7976931348623157e+308";
        if (value == 0)
            return double.IsNegative(value) ? "-0" : "0";
        if (Math.Abs(value) < 1e15 && value == Math.Truncate(value))
            return ((long)value).ToString(CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return shortest.Contains('E', StringComparison.Ordinal) ? Layout(shortest) : shortest;
    }

    /// <summary>Digits come from the round-trip text; the notation from their number and the decimal point's place.</summary>
    private static string Layout(string shortest)
    {
        var exact = DecimalText.Parse(shortest) ?? throw new FormatException(shortest);
        var digits = exact.Digits.TrimEnd('0');
        var sign = exact.IsNegative ? "-" : "";
        var point = (int)(exact.Exponent + exact.Digits.Length);
        if (point <= -4 || point > digits.Length + 15)
        {
            var exponent = point - 1;
            var mantissa = digits.Length == 1 ? digits : digits.Insert(1, ".");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (point <= 0)
            return sign + "0." + new string('0', -point) + digits;
        return point >= digits.Length ? sign + digits.PadRight(point, '0') : sign + digits.Insert(point, ".");
    }
}
