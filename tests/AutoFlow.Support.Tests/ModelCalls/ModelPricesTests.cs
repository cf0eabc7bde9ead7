using AutoFlow.Support.ModelCalls;

namespace AutoFlow.Support.Tests.ModelCalls;

public sealed class ModelPricesTests
{
    private static readonly ModelPrices Mini = new(Input: 0.15m, CachedInput: 0.075m, Output: 0.60m, "USD");

    [Theory]
    [InlineData(0, 0, 0, "0")]
    [InlineData(1_000_000, 0, 0, "0.15")]
    [InlineData(1_000_000, 1_000_000, 0, "0.075")]
    [InlineData(0, 0, 1_000_000, "0.60")]
    [InlineData(1_500, 1_024, 40, "0.0001722")]
    [InlineData(1, 0, 0, "0.00000015")]
    // A service that counts more cached tokens than there were does not make the call cheaper than that.
    [InlineData(100, 200, 0, "0.0000075")]
    [InlineData(100, -5, 0, "0.000015")]
    public void A_call_costs_its_tokens_by_the_million_unrounded(long input, long cached, long output, string cost) =>
        Assert.Equal(new Money(decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture), "USD"), Mini.CostOf(new TokenCount(input, cached, output)));
}
