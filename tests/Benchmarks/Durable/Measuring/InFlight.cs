namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>Many instances, so many at once.</summary>
internal static class InFlight
{
    /// <summary>Runs them; each place takes the next when its last is completed.</summary>
    public static Task RunAsync(int count, int places, Func<int, Task> one) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = places }, async (number, _) => await one(number));
}
