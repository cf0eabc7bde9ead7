using AutoFlow.Understanding.Entities;

namespace AutoFlow.Understanding.Tests;

public class TrackingNumberTests
{
    [Theory]
    [InlineData("My parcel RR123456785DE is late", "RR123456785DE", "deutsche-post")]
    [InlineData("tracking lx 123 456 785 cn please", "LX123456785CN", "china-post")]
    [InlineData("1Z999AA10123456784", "1Z999AA10123456784", "ups")]
    [InlineData("tracking number 1z 999 aa1 01 2345 6784", "1Z999AA10123456784", "ups")]
    [InlineData("Sendungsnummer: 00340434161094042557", "00340434161094042557", "dhl")]
    [InlineData("JJD000390007882853412", "JJD000390007882853412", "dhl")]
    [InlineData("Amazon TBA123456789012", "TBA123456789012", "amazon")]
    [InlineData("YT2512345678901234 hasn't moved", "YT2512345678901234", "yunexpress")]
    [InlineData("zending 3SABCD1234567890", "3SABCD1234567890", "postnl")]
    [InlineData("numéro de suivi 6A12345678901", "6A12345678901", "la-poste")]
    [InlineData("DPD 01234567890123", "01234567890123", "dpd")]
    [InlineData("paczka 630012345678901234567890", "630012345678901234567890", "inpost")]
    public void A_parcel_number_is_found_with_its_carrier(string text, string number, string carrier)
    {
        var found = Assert.Single(TrackingNumbers.Find(text));
        Assert.Equal(number, found.Number);
        Assert.Contains(carrier, found.Carriers);
    }

    [Theory]
    [InlineData("RR123456784DE")]
    [InlineData("my parcel RR123456785ZQ")]
    [InlineData("1Z999AA10123456785")]
    [InlineData("tracking 00340434161094042558")]
    [InlineData("order 12345678901")]
    [InlineData("call +49 171 2345678901")]
    [InlineData("my phone is 4917123456789")]
    [InlineData("#123456789012")]
    [InlineData("on 12 May 2025 at 10:30")]
    public void What_is_no_parcel_number_is_not_claimed(string text) => Assert.Empty(TrackingNumbers.Find(text));

    [Fact]
    public void A_number_that_fits_several_carriers_names_them_all()
    {
        var both = Enumerable.Range(0, 2000).Select(i => (100000000000L + (i * 7919L)).ToString(System.Globalization.CultureInfo.InvariantCulture))
            .First(n => CheckDigits.FedExExpress(n) && CheckDigits.Gls(n));
        var found = Assert.Single(TrackingNumbers.Find($"tracking number {both}"));
        Assert.Contains("fedex", found.Carriers);
        Assert.Contains("gls", found.Carriers);
    }
}
