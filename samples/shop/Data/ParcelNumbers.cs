using System.Globalization;

namespace AutoFlow.SampleShop.Data;

/// <summary>Parcel numbers after one of the sample: its digits counted on, and the check digit made right again.</summary>
internal static class ParcelNumbers
{
    private const int MostDigits = 8;
    private const string Signs37 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The number that is <paramref name="steps"/> after <paramref name="number"/>, with the same letters and the same length.</summary>
    public static string After(string number, int steps) => number switch
    {
        // UPU S10, with two letters on both sides.
        { Length: 13 } when char.IsAsciiLetter(number[^1]) => number[..2] + Checked(Count(number[2..10], steps), S10) + number[^2..],
        ['1', 'Z', ..] => Checked(Count(number[..^1], steps), Ups),
        { Length: 15 } when number[0] == '0' => Checked(Count(number[..^1], steps), Modulo37),
        { Length: 12 } => Checked(Count(number[..^1], steps), FedEx),
        { Length: 10 } => Checked(Count(number[..^1], steps), Modulo7),
        { Length: 20 } => Checked(Count(number[..^1], steps), Gs1),
        _ => Count(number, steps),
    };

    private static string Count(string number, int steps)
    {
        var from = number.Length;
        while (from > 0 && number.Length - from < MostDigits && char.IsAsciiDigit(number[from - 1])) from--;
        var digits = number.Length - from;
        var next = (long.Parse(number.AsSpan(from), CultureInfo.InvariantCulture) + steps) % (long)Math.Pow(10, digits);
        return number[..from] + next.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    private static string Checked(string body, Func<string, char> check) => body + check(body);

    private static char S10(string digits)
    {
        ReadOnlySpan<int> weights = [8, 6, 4, 2, 3, 5, 9, 7];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * (digits[i] - '0');
        return Digit((11 - (sum % 11)) switch { 10 => 0, 11 => 5, var check => check });
    }

    private static char Ups(string number)
    {
        var sum = 0;
        for (var i = 2; i < number.Length; i++)
        {
            var value = char.IsAsciiDigit(number[i]) ? number[i] - '0' : (number[i] - 63) % 10;
            sum += i % 2 == 0 ? value : 2 * value;
        }

        return Digit((10 - (sum % 10)) % 10);
    }

    private static char FedEx(string digits)
    {
        ReadOnlySpan<int> weights = [3, 1, 7];
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += weights[i % 3] * (digits[i] - '0');
        return Digit(sum % 11 % 10);
    }

    private static char Modulo7(string digits) => Digit((int)(long.Parse(digits, CultureInfo.InvariantCulture) % 7));

    private static char Gs1(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 3 : 1);
        return Digit((10 - (sum % 10)) % 10);
    }

    /// <summary>ISO 7064, MOD 37,36: what DPD prints behind its numbers.</summary>
    private static char Modulo37(string signs)
    {
        var product = 36;
        foreach (var sign in signs)
        {
            var sum = (product + Signs37.IndexOf(sign, StringComparison.Ordinal)) % 36;
            product = (sum == 0 ? 36 : sum) * 2 % 37;
        }

        return Signs37[(37 - product) % 36];
    }

    private static char Digit(int value) => (char)('0' + value);
}
