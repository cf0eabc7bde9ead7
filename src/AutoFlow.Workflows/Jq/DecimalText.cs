using System.Globalization;

namespace AutoFlow.Workflows.Jq;

/// <summary>An exact decimal as digits and a power of ten; only compared and printed, never computed with.</summary>
/// <param name="IsNegative">The sign.</param>
/// <param name="Digits">The coefficient without leading zeros; empty for zero.</param>
/// <param name="Exponent">The power of ten of the last digit.</param>
internal sealed record DecimalText(bool IsNegative, string Digits, long Exponent)
{
    /// <summary>Longer literals are rounded to a double: exactness is kept where it is cheap.</summary>
    private const int MaxLength = 400;

    public bool IsZero => Digits.Length == 0;

    /// <summary>The power of ten of the first digit.</summary>
    private long Magnitude => Exponent + Digits.Length - 1;

    public static DecimalText? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
            return null;
        var negative = text is ['-', ..];
        if (text is ['-' or '+', ..])
            text = text[1..];
        long exponent = 0;
        if (text.IndexOfAny('e', 'E') is var e and >= 0)
        {
            if (!long.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || Math.Abs(exponent) > int.MaxValue)
                return null;
            text = text[..e];
        }

        var digits = text.ToString();
        if (digits.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0)
        {
            exponent -= digits.Length - dot - 1;
            digits = digits.Remove(dot, 1);
        }

        return new DecimalText(negative, digits.TrimStart('0'), exponent);
    }

    public static int Compare(DecimalText a, DecimalText b)
    {
        if (a.IsZero || b.IsZero)
            return a.Sign().CompareTo(b.Sign());
        if (a.IsNegative != b.IsNegative)
            return a.IsNegative ? -1 : 1;
        var order = a.Magnitude.CompareTo(b.Magnitude);
        if (order == 0)
            order = string.CompareOrdinal(a.Digits.TrimEnd('0'), b.Digits.TrimEnd('0'));
        return a.IsNegative ? -order : order;
    }

    /// <summary>The General Decimal Arithmetic specification's "to-scientific-string", which jq prints.</summary>
    public override string ToString()
    {
        var sign = IsNegative ? "-" : "";
        var digits = IsZero ? "0" : Digits;
        if (Exponent == 0)
            return sign + digits;
        var magnitude = Exponent + digits.Length - 1;
        if (Exponent < 0 && magnitude >= -6)
        {
            if (magnitude < 0)
                return sign + "0." + new string('0', (int)(-magnitude - 1)) + digits;
            return sign + digits.Insert((int)magnitude + 1, ".");
        }

        var mantissa = digits.Length == 1 ? digits : digits.Insert(1, ".");
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}E{(magnitude < 0 ? "" : "+")}{magnitude}");
    }

    private int Sign() => IsZero ? 0 : IsNegative ? -1 : 1;
}
