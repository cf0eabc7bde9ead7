namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>How the time of a sequence grows with its length.</summary>
internal static class Growth
{
    /// <summary>The slope of log(time) over log(steps), by least squares.</summary>
    public static double Exponent(IReadOnlyCollection<(int Steps, double Milliseconds)> measured)
    {
        var points = measured.Select(one => (X: Math.Log(one.Steps), Y: Math.Log(one.Milliseconds))).ToList();
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
