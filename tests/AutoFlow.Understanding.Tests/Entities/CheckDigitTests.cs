using AutoFlow.Understanding.Entities;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Understanding.Tests;

public class CheckDigitTests
{
    private const string Signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>A rule with a way of its own to the check sign of a serial number, and what the rule is known to notice.</summary>
    private sealed record Rule(string Name, CheckDigitRule Check, int SerialLength, Func<int[], int> Sign, bool EverySlip);

    // Written down from the definitions, not from the code: sums over the places from the left.
    private static readonly Rule[] Rules =
    [
        new("GS1, 17 places", CheckDigits.Gs1, 17, d => Ten(Sum(d, i => i % 2 == 0 ? 3 : 1)), true),
        new("GS1, 19 places", CheckDigits.Gs1, 19, d => Ten(Sum(d, i => i % 2 == 0 ? 3 : 1)), true),
        new("GS1, 21 places", CheckDigits.Gs1, 21, d => Ten(Sum(d, i => i % 2 == 0 ? 3 : 1)), true),
        new("USPS without 91", CheckDigits.UspsWithoutIdentifier, 19, d => Ten((d[0] == 9 && d[1] == 1 ? 0 : 27 + 1) + Sum(d, i => i % 2 == 0 ? 3 : 1)), false),
        new("UPS", CheckDigits.Ups, 15, d => Ten(Sum(d, i => i % 2 == 0 ? 1 : 2)), false),
        new("modulo 7", CheckDigits.Modulo7, 9, d => (int)(long.Parse(string.Concat(d), System.Globalization.CultureInfo.InvariantCulture) % 7), false),
        new("FedEx Express, 11 places", CheckDigits.FedExExpress, 11, d => Sum(d, i => new[] { 3, 1, 7 }[i % 3]) % 11 % 10, false),
        new("FedEx Express, 13 places", CheckDigits.FedExExpress, 13, d => Sum(d, i => new[] { 1, 7, 3 }[i % 3]) % 11 % 10, false),
        new("FedEx Ground", CheckDigits.FedExGround, 14, d => Ten(Sum(d, i => i % 2 == 0 ? 1 : 3)), true),
        new("GLS", CheckDigits.Gls, 11, d => Ten(1 + Sum(d, i => i % 2 == 0 ? 3 : 1)), true),
        new("Identcode", CheckDigits.Identcode, 11, d => Ten(Sum(d, i => i % 2 == 0 ? 4 : 9)), false),
        new("Luhn, 11 places", CheckDigits.Luhn, 11, Luhn, true),
        new("Luhn, 15 places", CheckDigits.Luhn, 15, Luhn, true),
        new("modulo 37, 36", CheckDigits.Modulo37, 14, Modulo37, true),
        new("modulo 37, 36, long", CheckDigits.Modulo37, 27, Modulo37, true),
    ];

    public static TheoryData<string> Names() => new(Rules.Select(r => r.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_all_check_signs_only_the_right_one_is_accepted(string name) => Prop.ForAll(Serials(name), serial =>
    {
        var rule = Named(name);
        return Signs.All(sign => rule.Check(string.Concat(serial) + sign) == (sign == Signs[rule.Sign(serial)]) || (!char.IsAsciiDigit(sign) && rule.Check != CheckDigits.Modulo37));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_digit_is_noticed_where_the_rule_promises_it(string name)
    {
        var rule = Named(name);
        if (!rule.EverySlip) return;
        Prop.ForAll(Serials(name), serial =>
        {
            var number = string.Concat(serial) + Signs[rule.Sign(serial)];
            return Enumerable.Range(0, serial.Length).All(at => "0123456789".Where(d => d != number[at]).All(d => !rule.Check($"{number[..at]}{d}{number[(at + 1)..]}")));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Luhn_notices_swapped_digits_unless_they_are_nought_and_nine() => Prop.ForAll(Serials("Luhn, 15 places"), serial =>
    {
        var number = string.Concat(serial) + Luhn(serial);
        return Enumerable.Range(0, 14).All(at => number[at] == number[at + 1] || (number[at] is '0' or '9' && number[at + 1] is '0' or '9')
            || !CheckDigits.Luhn($"{number[..at]}{number[at + 1]}{number[at]}{number[(at + 2)..]}"));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void S10_accepts_one_check_digit_for_every_serial_number() => Prop.ForAll(Digits(8), serial =>
    {
        int[] weights = [8, 6, 4, 2, 3, 5, 9, 7];
        var rest = 11 - (Sum(serial, i => weights[i]) % 11);
        var right = rest == 10 ? 0 : rest == 11 ? 5 : rest;
        return Enumerable.Range(0, 10).All(check => CheckDigits.S10($"RR{string.Concat(serial)}{check}DE") == (check == right));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void OnTrac_counts_the_services_digit_unless_the_serial_number_begins_with_it() => Prop.ForAll(Digits(13), Gen.Elements('C', 'D').ToArbitrary(), (serial, service) =>
    {
        var digit = service == 'C' ? 4 : 5;
        int[] counted = serial[0] == digit ? serial : [digit, .. serial];
        var right = Ten(Sum(counted, i => i % 2 == 0 ? 1 : 2));
        return Enumerable.Range(0, 10).All(check => CheckDigits.OnTrac($"{service}{string.Concat(serial)}{check}") == (check == right));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_IBAN_with_one_wrong_sign_or_two_swapped_is_refused() => Prop.ForAll(Digits(18), serial =>
    {
        // D = 13, E = 14, then the check digits at the end.
        var bban = string.Concat(serial);
        var check = 98 - (int)(System.Numerics.BigInteger.Parse($"{bban}131400", System.Globalization.CultureInfo.InvariantCulture) % 97);
        var iban = $"DE{check:00}{bban}";
        return CheckDigits.Iban(iban)
            && Enumerable.Range(2, 20).All(at => "0123456789".Where(d => d != iban[at]).All(d => !CheckDigits.Iban($"{iban[..at]}{d}{iban[(at + 1)..]}")))
            && Enumerable.Range(4, 17).All(at => iban[at] == iban[at + 1] || !CheckDigits.Iban($"{iban[..at]}{iban[at + 1]}{iban[at]}{iban[(at + 2)..]}"));
    }).QuickCheckThrowOnFailure();

    private static Rule Named(string name) => Rules.Single(r => r.Name == name);

    private static Arbitrary<int[]> Serials(string name) => Digits(Named(name).SerialLength);

    private static Arbitrary<int[]> Digits(int count) => Gen.ArrayOf(Gen.Choose(0, 9), count).ToArbitrary();

    private static int Sum(int[] digits, Func<int, int> weight) => digits.Select((d, i) => d * weight(i)).Sum();

    private static int Ten(int sum) => (10 - (sum % 10)) % 10;

    private static int Luhn(int[] digits) => Ten(digits.Reverse().Select((d, i) => i % 2 == 0 ? (d * 2 / 10) + (d * 2 % 10) : d).Sum());

    // ISO 7064, 8.2: hybrid system, "P" starts at 36.
    private static int Modulo37(int[] digits)
    {
        var p = 36;
        foreach (var d in digits)
        {
            var s = (p + d) % 36;
            p = (s == 0 ? 36 : s) * 2 % 37;
        }
        return (37 - p) % 36;
    }
}
