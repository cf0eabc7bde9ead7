namespace AutoFlow.Connectors.Tests.Shop;

/// <summary>Check digits of the carriers in the sample, from their public rules.</summary>
internal static class CheckDigits
{
    /// <summary>Whether the number's check digit is right; null when its format has none.</summary>
    public static bool? Passes(string number) => number switch
    {
        { Length: 13 } when char.IsAsciiLetterUpper(number[0]) && char.IsAsciiLetterUpper(number[12]) => S10(number[2..11]),
        { Length: 18 } when number.StartsWith("1Z", StringComparison.Ordinal) => Ups(number[2..]),
        { Length: 18 } when number.StartsWith("YT", StringComparison.Ordinal) => null,
        { Length: 15 } => Mod37(number),
        { Length: 20 } => Gs1(number),
        { Length: 12 } => FedEx(number),
        { Length: 10 } => int.Parse(number[..9], System.Globalization.CultureInfo.InvariantCulture) % 7 == number[9] - '0',
        { Length: 24 } when number[0] == '6' => null,
        _ => false,
    };

    // UPU S10: weights 8 6 4 2 3 5 9 7, modulo 11; 10 becomes 0 and 11 becomes 5.
    private static bool S10(string digits)
    {
        int[] weights = [8, 6, 4, 2, 3, 5, 9, 7];
        var check = 11 - (weights.Select((weight, i) => weight * (digits[i] - '0')).Sum() % 11);
        return (check switch { 10 => 0, 11 => 5, _ => check }) == digits[8] - '0';
    }

    // UPS: letters count A=2, B=3, ... modulo 10; every second character doubled; the sum completed to a ten.
    private static bool Ups(string body)
    {
        var sum = body[..15].Select((c, i) => (char.IsAsciiDigit(c) ? c - '0' : (c - 63) % 10) * (i % 2 == 0 ? 1 : 2)).Sum();
        return (10 - (sum % 10)) % 10 == body[15] - '0';
    }

    // DPD: ISO/IEC 7064 MOD 37,36 over 14 characters; valid when the running product ends at 1.
    private static bool Mod37(string text)
    {
        const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var product = 36;
        foreach (var c in text[..14])
        {
            var sum = (product + Alphabet.IndexOf(c, StringComparison.Ordinal)) % 36;
            product = (sum == 0 ? 36 : sum) * 2 % 37;
        }

        return (product + Alphabet.IndexOf(text[14], StringComparison.Ordinal)) % 36 == 1;
    }

    // GS1 SSCC: 3 and 1 alternating from the right, the sum completed to a ten.
    private static bool Gs1(string digits)
    {
        var sum = digits[..^1].Reverse().Select((c, i) => (c - '0') * (i % 2 == 0 ? 3 : 1)).Sum();
        return (10 - (sum % 10)) % 10 == digits[^1] - '0';
    }

    // FedEx Express: weights 3 1 7 repeated, modulo 11, then modulo 10.
    private static bool FedEx(string digits)
    {
        int[] weights = [3, 1, 7];
        return digits[..11].Select((c, i) => (c - '0') * weights[i % 3]).Sum() % 11 % 10 == digits[11] - '0';
    }
}
