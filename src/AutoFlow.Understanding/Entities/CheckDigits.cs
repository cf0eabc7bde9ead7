namespace AutoFlow.Understanding.Entities;

/// <summary>The check digit rules of parcel numbers. Each takes a number without spaces, upper case, and says whether its last sign fits.</summary>
public static class CheckDigits
{
    private static readonly int[] S10Weights = [8, 6, 4, 2, 3, 5, 9, 7];

    /// <summary>UPU standard S10: two letters, eight digits, a check digit by weights modulo 11, two letters.</summary>
    public static bool S10(string number)
    {
        if (number.Length != 13) return false;
        var sum = 0;
        for (var i = 0; i < 8; i++) sum += Digit(number[i + 2]) * S10Weights[i];
        var check = 11 - (sum % 11);
        return Digit(number[10]) == check switch { 10 => 0, 11 => 5, _ => check };
    }

    /// <summary>GS1 modulo 10: from the right, the data digits weigh 3, 1, 3, 1, … SSCC-18, USPS 20 and 22, and others.</summary>
    public static bool Gs1(string digits) => Alternating(digits[..^1], fromRight: 3, other: 1) == Digit(digits[^1]);

    /// <summary>UPS 1Z: after the prefix, every second sign counts double; a letter counts as its place after '?' modulo 10.</summary>
    public static bool Ups(string number)
    {
        var sum = 0;
        for (var i = 2; i < number.Length - 1; i++)
        {
            var value = char.IsAsciiDigit(number[i]) ? Digit(number[i]) : (number[i] - 63) % 10;
            sum += i % 2 == 0 ? value : value * 2;
        }
        return (10 - (sum % 10)) % 10 == Digit(number[^1]);
    }

    /// <summary>DHL Express air waybill: the digits before the last, modulo 7.</summary>
    public static bool Modulo7(string digits)
    {
        var rest = 0;
        foreach (var c in digits[..^1]) rest = ((rest * 10) + Digit(c)) % 7;
        return rest == Digit(digits[^1]);
    }

    /// <summary>FedEx 12: weights 3, 1, 7 repeated, modulo 11, modulo 10.</summary>
    public static bool FedEx12(string digits)
    {
        ReadOnlySpan<int> weights = [3, 1, 7];
        var sum = 0;
        for (var i = 0; i < digits.Length - 1; i++) sum += Digit(digits[i]) * weights[i % 3];
        return sum % 11 % 10 == Digit(digits[^1]);
    }

    /// <summary>FedEx Ground 15: modulo 10, from the left the digits weigh 1, 3, 1, 3, …</summary>
    public static bool FedExGround(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length - 1; i++) sum += Digit(digits[i]) * (i % 2 == 0 ? 1 : 3);
        return (10 - (sum % 10)) % 10 == Digit(digits[^1]);
    }

    /// <summary>GLS 12: modulo 10 with weights 3, 1 from the left, and one added to the sum.</summary>
    public static bool Gls(string digits)
    {
        var sum = 1;
        for (var i = 0; i < digits.Length - 1; i++) sum += Digit(digits[i]) * (i % 2 == 0 ? 3 : 1);
        return (10 - (sum % 10)) % 10 == Digit(digits[^1]);
    }

    /// <summary>DHL Identcode of 12 digits: modulo 10, from the left the digits weigh 4, 9, 4, 9, …</summary>
    public static bool Identcode(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length - 1; i++) sum += Digit(digits[i]) * (i % 2 == 0 ? 4 : 9);
        return (10 - (sum % 10)) % 10 == Digit(digits[^1]);
    }

    /// <summary>DPD: ISO 7064 modulo 37, 36; the check sign is a digit or a letter.</summary>
    public static bool Modulo37(string number)
    {
        var check = 36;
        foreach (var c in number[..^1])
        {
            check += Value36(c);
            if (check > 36) check -= 36;
            check *= 2;
            if (check > 36) check -= 37;
        }
        check = 37 - check;
        return (check == 36 ? 0 : check) == Value36(number[^1]);
    }

    private static int Alternating(string digits, int fromRight, int other)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += Digit(digits[^(i + 1)]) * (i % 2 == 0 ? fromRight : other);
        return (10 - (sum % 10)) % 10;
    }

    private static int Digit(char c) => c - '0';

    private static int Value36(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
}
