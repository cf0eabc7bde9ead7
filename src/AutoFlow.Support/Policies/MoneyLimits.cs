using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>A limit per currency. A currency without a limit is never covered: nothing is converted.</summary>
public sealed record MoneyLimits(IReadOnlyDictionary<string, decimal> ByCurrency)
{
    /// <summary>True when the amount is at or below the limit of its currency; false above it, and when that currency has no limit.</summary>
    public bool Cover(Money amount) => ByCurrency.TryGetValue(amount.Currency, out var limit) && amount.Amount <= limit;

    internal static MoneyLimits Read(YamlMap map, string key)
    {
        var limits = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var limit in map.Items(key, Units.Money))
        {
            if (!limits.TryAdd(limit.Currency, limit.Amount)) map.Wrong(key, $"'{key}' has two limits in {limit.Currency}");
        }

        return new MoneyLimits(limits);
    }
}
