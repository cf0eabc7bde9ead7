namespace AutoFlow.Support;

/// <summary>An amount in one currency. Two currencies are never added or compared.</summary>
/// <param name="Amount">In major units (12.50), as many decimals as the currency has.</param>
/// <param name="Currency">ISO 4217, upper case.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    public static Money Zero(string currency) => new(0m, currency);

    /// <summary>The sum. Throws <see cref="InvalidOperationException"/> when the currencies differ: that is a bug.</summary>
    public static Money operator +(Money left, Money right) => left with { Amount = left.Amount + Same(left, right).Amount };

    /// <summary>The difference. Throws <see cref="InvalidOperationException"/> when the currencies differ: that is a bug.</summary>
    public static Money operator -(Money left, Money right) => left with { Amount = left.Amount - Same(left, right).Amount };

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Amount:0.00} {Currency}");

    private static Money Same(Money left, Money right) => left.Currency == right.Currency
        ? right
        : throw new InvalidOperationException($"Cannot combine {left.Currency} with {right.Currency}.");
}
