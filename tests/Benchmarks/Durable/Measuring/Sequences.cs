namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>W4, whoever takes the steps.</summary>
internal static class Sequences
{
    private const int Repeats = 3;
    private static readonly int[] Lengths = [250, 500, 1_000, 2_000];

    /// <summary>The lengths after shrinking.</summary>
    public static IReadOnlyList<int> Scaled(WorkloadSettings settings) => [.. Lengths.Select(settings.Scaled)];

    /// <summary>Measures every length several times and takes the median.</summary>
    /// <param name="lengths">Steps.</param>
    /// <param name="run">Takes so many steps, and gives its milliseconds.</param>
    public static async Task<(string Name, double Value)[]> MeasureAsync(IReadOnlyList<int> lengths, Func<int, Task<double>> run)
    {
        var measured = new List<(int Steps, double Milliseconds)>();
        foreach (var length in lengths)
        {
            var times = new double[Repeats];
            for (var i = 0; i < Repeats; i++)
                times[i] = await run(length);
            measured.Add((length, Percentiles.Median(times)));
        }

        return
        [
            (Figure.MsPerStep, measured[^1].Milliseconds / measured[^1].Steps),
            (Figure.GrowthExponent, Growth.Exponent(measured)),
            .. measured.Select(one => ($"ms{one.Steps}", one.Milliseconds)),
        ];
    }
}
