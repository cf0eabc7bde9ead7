namespace AutoFlow.Understanding.Entities;

/// <summary>Says whether a number's check digit is right.</summary>
/// <param name="number">Without spaces, upper case, of the shape that the rule is for.</param>
public delegate bool CheckDigitRule(ReadOnlySpan<char> number);

/// <summary>The check digit rules of parcel numbers, bank accounts and payment cards.</summary>
public static class CheckDigits
{
    /// <summary>UPU standard S10: two letters, eight digits, a check digit by weights modulo 11, two letters.</summary>
    public static bool S10(ReadOnlySpan<char> number)
    {
        if (number.Length != 13) return false;
        ReadOnlySpan<int> weights = [8, 6, 4, 2, 3, 5, 9, 7];
        var sum = 0;
        for (var i = 0; i < 8; i++) sum += Digit(number[i + 2]) * weights[i];
        var check = 11 - (sum % 11);
        return Digit(number[10]) == check switch { 10 => 0, 11 => 5, _ => check };
    }

    /// <summary>GS1 modulo 10: from the right, the data digits weigh 3, 1, 3, 1, … SSCC-18, USPS, Canada Post and others.</summary>
    public static bool Gs1(ReadOnlySpan<char> digits) => Complement(Gs1Sum(digits[..^1])) == Digit(digits[^1]);

    /// <summary>USPS numbers of 20 digits that are printed without their application identifier 91: it counts for the check digit all the same (USPS Publication 199).</summary>
    public static bool UspsWithoutIdentifier(ReadOnlySpan<char> digits)
    {
        if (digits.StartsWith("91")) return Gs1(digits);
        // Before 19 digits, 9 weighs 3 and 1 weighs 1.
        return Complement(Gs1Sum(digits[..^1]) + 28) == Digit(digits[^1]);
    }

    /// <summary>UPS 1Z and UPS waybill: after the prefix, every second sign counts double; a letter counts as its place after '?' modulo 10.</summary>
    /// <param name="number">Without its prefix.</param>
    public static bool Ups(ReadOnlySpan<char> number) => EverySecondDouble(number[..^1], 0) == Digit(number[^1]);

    /// <summary>OnTrac: like UPS; the service's digit (4 for C, 5 for D) stands before the serial number unless the serial number begins with it.</summary>
    public static bool OnTrac(ReadOnlySpan<char> number)
    {
        var service = number[0] == 'C' ? '4' : '5';
        var serial = number[1..^1];
        var check = serial[0] == service ? EverySecondDouble(serial, 0) : EverySecondDouble(serial, 1, Digit(service));
        return check == Digit(number[^1]);
    }

    /// <summary>DHL Express air waybill: the digits before the last, modulo 7.</summary>
    public static bool Modulo7(ReadOnlySpan<char> digits)
    {
        var rest = 0;
        foreach (var c in digits[..^1]) rest = ((rest * 10) + Digit(c)) % 7;
        return rest == Digit(digits[^1]);
    }

    /// <summary>FedEx Express: from the right, the data digits weigh 1, 3, 7 repeated; modulo 11, modulo 10.</summary>
    public static bool FedExExpress(ReadOnlySpan<char> digits)
    {
        ReadOnlySpan<int> weights = [1, 3, 7];
        var sum = 0;
        for (var i = 0; i < digits.Length - 1; i++) sum += Digit(digits[^(i + 2)]) * weights[i % 3];
        return sum % 11 % 10 == Digit(digits[^1]);
    }

    /// <summary>FedEx Ground 15: modulo 10, from the left the digits weigh 1, 3, 1, 3, …</summary>
    public static bool FedExGround(ReadOnlySpan<char> digits) => FromLeft(digits, 1, 3, 0);

    /// <summary>GLS 12: modulo 10 with weights 3, 1 from the left, and one added to the sum.</summary>
    public static bool Gls(ReadOnlySpan<char> digits) => FromLeft(digits, 3, 1, 1);

    /// <summary>DHL Identcode of 12 digits: modulo 10, from the left the digits weigh 4, 9, 4, 9, …</summary>
    public static bool Identcode(ReadOnlySpan<char> digits) => FromLeft(digits, 4, 9, 0);

    /// <summary>ISO/IEC 7812-1 annex B, called Luhn: payment cards, Purolator, Old Dominion.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length - 1; i++)
        {
            var value = Digit(digits[^(i + 2)]) * (i % 2 == 0 ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
        }
        return Complement(sum) == Digit(digits[^1]);
    }

    /// <summary>DPD: ISO 7064 modulo 37, 36; the check sign is a digit or a letter.</summary>
    public static bool Modulo37(ReadOnlySpan<char> number)
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

    /// <summary>IBAN: ISO 7064 modulo 97, 10, with the country and check digits moved to the end (ISO 13616-1).</summary>
    public static bool Iban(ReadOnlySpan<char> number)
    {
        if (number.Length < 5) return false;
        var rest = Modulo97(number[4..], 0);
        return Modulo97(number[..4], rest) == 1;
    }

    private static int Modulo97(ReadOnlySpan<char> signs, int rest)
    {
        foreach (var c in signs)
        {
            var value = Value36(c);
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }
        return rest;
    }

    private static int Gs1Sum(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += Digit(digits[^(i + 1)]) * (i % 2 == 0 ? 3 : 1);
        return sum;
    }

    private static bool FromLeft(ReadOnlySpan<char> digits, int even, int odd, int added)
    {
        var sum = added;
        for (var i = 0; i < digits.Length - 1; i++) sum += Digit(digits[i]) * (i % 2 == 0 ? even : odd);
        return Complement(sum) == Digit(digits[^1]);
    }

    private static int EverySecondDouble(ReadOnlySpan<char> signs, int place, int sum = 0)
    {
        foreach (var c in signs)
        {
            var value = char.IsAsciiDigit(c) ? Digit(c) : (c - '?') % 10;
            sum += place++ % 2 == 0 ? value : value * 2;
        }
        return Complement(sum);
    }

    private static int Complement(int sum) => (10 - (sum % 10)) % 10;

    private static int Digit(char c) => c - '0';

    private static int Value36(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
}
