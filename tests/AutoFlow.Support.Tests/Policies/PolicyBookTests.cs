using AutoFlow.Support.Policies;

namespace AutoFlow.Support.Tests.Policies;

public sealed class PolicyBookTests
{
    private static readonly string Shipped = Repository.Folder("workflows", "policies");

    [Fact]
    public void The_shipped_policies_load()
    {
        var result = PolicyBook.Load(Shipped);
        Assert.Equal("", string.Join('\n', result.Errors));
        Assert.True(result.Book!.Delivery.NoMovementAfter.Domestic > TimeSpan.Zero);
        Assert.InRange(result.Book.Routing.ActFrom, 0.01, 0.99);
        Assert.Contains("care", result.Book.Departments.Departments.Keys);
    }

    [Theory]
    [InlineData("delivery.yaml", "overdueGrace: 1 day ", "overdueGrace: 1 dya ", "19:15", "unknown unit of time 'dya'", "did you mean 'day'?")]
    [InlineData("delivery.yaml", "overdueGrace: 1 day ", "overdueGrace: 1 ", "19:15", "'1' has no unit", "write a number and a unit, for example '7 days' or '48 hours'")]
    [InlineData("delivery.yaml", "overdueGrace: 1 day ", "overdueGrace: -1 day ", "19:15", "'-1 day' is negative", "a duration is zero or more")]
    [InlineData("delivery.yaml", "overdueGrace: 1 day ", "overdueGrace: soon ", "19:15", "'soon' is no duration", "write a number and a unit, for example '7 days' or '48 hours'")]
    [InlineData("delivery.yaml", "overdueGrace:", "overdueGarce:", "19:1", "unknown key 'overdueGarce'", "did you mean 'overdueGrace'?")]
    [InlineData("delivery.yaml", "  domestic: 12 days\n", "", "13:3", "missing key 'domestic' in 'lostAfter'", null)]
    [InlineData("delivery.yaml", "shipsFrom: DE", "shipsFrom: Germany", "5:12", "'Germany' is no country code", "two capital letters, for example DE (ISO 3166-1 alpha-2)")]
    [InlineData("delivery.yaml", "  domestic: 12 days", "  domestic: 2 days", "13:3", "lostAfter is shorter than noMovementAfter for domestic parcels", null)]
    [InlineData("compensation.yaml", "[150 EUR,", "[150 ERU,", "5:19", "unknown currency 'ERU'", "did you mean 'EUR'?")]
    [InlineData("compensation.yaml", "[150 EUR,", "[150,", "5:19", "'150' has no currency", "write an amount and a currency, for example '150 EUR'")]
    [InlineData("compensation.yaml", "[150 EUR,", "[-150 EUR,", "5:19", "'-150 EUR' is negative", "an amount is zero or more")]
    [InlineData("compensation.yaml", "[150 EUR, 130 GBP,", "[150 EUR, 130 EUR,", "5:18", "'automaticRefund' has two limits in EUR", null)]
    [InlineData("compensation.yaml", "lost: reship", "lost: reshp", "11:9", "unknown word 'reshp' for 'lost'", "did you mean 'reship'?")]
    [InlineData("cancellation.yaml", "OfferReturnWhenShipped: true", "OfferReturnWhenShipped: yes", "5:25", "unknown word 'yes' for 'offerReturnWhenShipped'", "known here: false, true")]
    [InlineData("review.yaml", "intentProbabilityBelow: 60 %", "intentProbabilityBelow: 60", "6:27", "'60' has no unit", "write a percentage from '0 %' to '100 %'")]
    [InlineData("review.yaml", "sentimentBelow: -0.6", "sentimentBelow: -6", "5:19", "'-6' is no number from -1 to 1", null)]
    [InlineData("departments.yaml", "fallback: care", "fallback: cares", "51:11", "unknown word 'cares' for 'fallback'", "did you mean 'care'?")]
    [InlineData("departments.yaml", "  approval: finance", "  approval: finances", "26:13", "unknown word 'finances' for 'approval'", "did you mean 'finance'?")]
    [InlineData("routing.yaml", "actFrom: 50 %", "actFrom: 150 %", "4:10", "'150 %' is out of range", "write a percentage from '0 %' to '100 %'")]
    [InlineData("routing.yaml", "sameText: 3 ", "sameText: 0 ", "11:13", "'0' is no whole number from 1 to 100000", null)]
    [InlineData("routing.yaml", "  quiet: 4 seconds", "  quite: 4 seconds", "17:3", "unknown key 'quite' in 'burst'", "did you mean 'quiet'?")]
    public void A_mistake_is_told_with_its_place_and_a_hint(string file, string from, string to, string at, string message, string? hint)
    {
        using var folder = new FolderCopy(Shipped);
        folder.Replace(file, from.Replace("OfferR", "offerR", StringComparison.Ordinal), to.Replace("OfferR", "offerR", StringComparison.Ordinal));
        var result = PolicyBook.Load(folder.Path);
        Assert.Null(result.Book);
        var error = Assert.Single(result.Errors);
        Assert.Equal((folder.File(file), at, message, hint), (error.File, $"{error.Line}:{error.Column}", error.Message, error.Hint));
    }

    [Fact]
    public void All_mistakes_come_out_at_once()
    {
        using var folder = new FolderCopy(Shipped);
        folder.Replace("delivery.yaml", "4 days", "4 dayz");
        folder.Replace("delivery.yaml", "answerWithin: 7 days", "answerWithin: 7 EUR");
        folder.Replace("routing.yaml", "handOver:", "handover:");
        File.Delete(folder.File("review.yaml"));
        File.WriteAllText(folder.File("departments.yaml"), "a: [");
        var errors = PolicyBook.Load(folder.Path).Errors;
        Assert.Equal(
            ["delivery.yaml", "delivery.yaml", "review.yaml", "departments.yaml", "routing.yaml"],
            errors.Select(error => Path.GetFileName(error.File)));
        Assert.Equal("did you mean 'handOver'?", errors[^1].Hint);
    }

    [Fact]
    public void Policies_from_before_bursts_and_counting_read_as_shipped()
    {
        using var folder = new FolderCopy(Shipped);
        var text = File.ReadAllText(folder.File("routing.yaml"));
        File.WriteAllText(folder.File("routing.yaml"), text[..text.IndexOf("tooMany:", StringComparison.Ordinal)]);
        var (old, shipped) = (PolicyBook.Load(folder.Path).Book!.Routing, PolicyBook.Load(Shipped).Book!.Routing);

        Assert.Equivalent(shipped.TooMany, old.TooMany);
        Assert.Equivalent(shipped.Burst, old.Burst);
    }

    [Fact]
    public void A_key_written_twice_is_refused()
    {
        using var folder = new FolderCopy(Shipped);
        File.AppendAllText(folder.File("routing.yaml"), "actFrom: 40 %\n");
        Assert.Contains("actFrom", Assert.Single(PolicyBook.Load(folder.Path).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_reads_like_a_compilers() => Assert.Equal(
        $"a.yaml:3:7: error: wrong{Environment.NewLine}  hint: right", new Yaml.FileError("a.yaml", 3, 7, "wrong", "right").ToString());

    [Fact]
    public void Limits_hold_per_currency_and_include_the_amount()
    {
        var limits = new MoneyLimits(new Dictionary<string, decimal> { ["EUR"] = 10 });
        Assert.True(limits.Cover(new Money(10, "EUR")));
        Assert.False(limits.Cover(new Money(10.01m, "EUR")));
        Assert.False(limits.Cover(new Money(1, "USD")));
    }
}
