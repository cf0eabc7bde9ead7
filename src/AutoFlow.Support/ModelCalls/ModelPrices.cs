namespace AutoFlow.Support.ModelCalls;

/// <summary>What a deployment's tokens cost, per million, in one currency.</summary>
/// <param name="Input">Of input that was not cached.</param>
/// <param name="CachedInput">Of input that the service had cached.</param>
/// <param name="Output">Of output.</param>
/// <param name="Currency">ISO 4217, upper case.</param>
public sealed record ModelPrices(decimal Input, decimal CachedInput, decimal Output, string Currency)
{
    private const decimal Million = 1_000_000m;

    /// <summary>The exact cost; nothing is rounded, because one call costs fractions of a cent.</summary>
    public Money CostOf(TokenCount tokens)
    {
        // Never more cached than there were: a service that counts otherwise must not lower the sum.
        var cached = Math.Clamp(tokens.CachedInput, 0, tokens.Input);
        return new Money((((tokens.Input - cached) * Input) + (cached * CachedInput) + (tokens.Output * Output)) / Million, Currency);
    }
}
