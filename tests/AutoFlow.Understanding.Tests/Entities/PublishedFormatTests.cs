using AutoFlow.Understanding.Entities;
using Xunit.Abstractions;

namespace AutoFlow.Understanding.Tests;

public class PublishedFormatTests(ITestOutputHelper output)
{
    private const int NumbersPerFormat = 60;

    private static IReadOnlyList<PublishedFormat> Formats => PublishedFormat.Read(TestData.Shared("data/tracking-formats")!);

    [SharedFact("data/tracking-formats")]
    public void Every_published_format_is_found_with_its_carrier()
    {
        var random = new Random(20_251_103);
        Assert.Equal(39, Formats.Count);
        foreach (var format in Formats)
        {
            for (var i = 0; i < NumbersPerFormat; i++)
            {
                var number = format.Make(random);
                foreach (var text in new[] { $"my tracking number is {number}", $"Sendungsnummer: {number}.", $"追跡番号は{number}です", $"my tracking number is {Spaced(number, random)} thanks" })
                {
                    var found = TrackingNumbers.Find(text);
                    Assert.True(found.Count == 1 && found[0].Number == number && found[0].Carriers.Contains(Carrier(format, number)),
                        $"{format.Courier} {format.Name}: '{text}' gave {string.Join("; ", found.Select(f => $"{f.Number} {string.Join(',', f.Carriers)}"))}");
                }
            }
            output.WriteLine($"{format.Courier}\t{format.Name}\t{string.Join(',', TrackingNumbers.Find($"tracking number {format.Make(random)}").SelectMany(f => f.Carriers))}");
        }
    }

    [SharedFact("data/tracking-formats")]
    public void A_wrong_check_digit_is_no_number_of_that_carrier()
    {
        var random = new Random(20_251_104);
        foreach (var format in Formats.Where(f => f.HasChecksum))
        {
            for (var i = 0; i < NumbersPerFormat; i++)
            {
                var number = format.Corrupt(format.Make(random), random);
                if (Formats.Any(f => f.Courier == format.Courier && f.Accepts(number))) continue;
                Assert.DoesNotContain(TrackingNumbers.Find($"my tracking number is {number}"), f => f.Number == number && f.Carriers.Contains(Carrier(format, number)));
            }
        }
    }

    // Signs at the ends of groups, as numbers are printed; a dash of the number's own stays.
    private static string Spaced(string number, Random random)
    {
        if (number.Any(c => !char.IsAsciiDigit(c)) && random.Next(2) == 0) return string.Join(' ', number.Replace("-", "", StringComparison.Ordinal).ToCharArray()) is var all && number.Contains('-', StringComparison.Ordinal) ? number : all;
        var groups = random.Next(3, 6);
        return number.Contains('-', StringComparison.Ordinal) || number.Any(char.IsAsciiLetter) ? number : string.Join(' ', number.Chunk(groups).Select(c => new string(c)));
    }

    private static string Carrier(PublishedFormat format, string number) => format.Courier switch
    {
        "s10" => PostalOperators.Of(number[^2..]),
        "dhl" => format.Name.Contains("Commerce", StringComparison.Ordinal) ? "dhl-ecommerce" : "dhl-express",
        var courier => courier.Replace('_', '-'),
    };
}
