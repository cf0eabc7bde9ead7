using System.Globalization;
using System.Numerics;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary>Exact arithmetic on JSON numbers: 0.0075 is a multiple of 0.0001, whatever binary fractions say.</summary>
internal static class Numbers
{
    /// <summary>Beyond this many digits apart a quotient is taken for no whole number.</summary>
    private const int MostDigits = 2_000;

    /// <summary>Whether the number has no fraction: 1.0 is whole.</summary>
    public static bool IsWhole(JqNumber number)
    {
        if (number.Exact is not { } exact) return double.IsFinite(number.Value) && Math.Floor(number.Value) == number.Value;
        return exact.Exponent >= 0 || exact.Digits.Length - exact.Digits.TrimEnd('0').Length >= -exact.Exponent;
    }

    public static bool IsMultiple(JqNumber number, JqNumber of)
    {
        if (Parts(number) is not { } a || Parts(of) is not { } b || b.IsZero) return false;
        if (a.IsZero) return true;
        var exponent = Math.Min(a.Exponent, b.Exponent);
        if (a.Exponent - exponent > MostDigits || b.Exponent - exponent > MostDigits) return a.Exponent > b.Exponent;
        return (Scaled(a, exponent) % Scaled(b, exponent)).IsZero;
    }

    public static bool IsPositive(JqNumber number) => number.Value > 0 || number.Exact is { IsNegative: false, IsZero: false };

    private static DecimalText? Parts(JqNumber number) =>
        number.Exact ?? (double.IsFinite(number.Value) ? DecimalText.Parse(number.Value.ToString("R", CultureInfo.InvariantCulture)) : null);

    private static BigInteger Scaled(DecimalText number, long exponent) =>
        BigInteger.Parse(number.Digits, CultureInfo.InvariantCulture) * BigInteger.Pow(10, (int)(number.Exponent - exponent));
}
