namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>Percentiles by nearest rank.</summary>
internal static class Percentiles
{
    /// <summary>The value that the given part of the values is not above.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <param name="part">Between 0 and 1.</param>
    public static double Of(IReadOnlyCollection<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
