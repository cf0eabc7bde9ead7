using System.Diagnostics;
using System.Globalization;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Harness;

/// <summary>
/// How long the random and the exhaustive tests go on. AUTOFLOW_LONG_MINUTES=30 makes each of them run that many minutes;
/// AUTOFLOW_SEED=n begins with the seed that a failure has printed. With CI=true the seed is always the same, so that a change is not called
/// wrong for what chance has found elsewhere.
/// </summary>
internal static class LongMode
{
    private const ulong SeedOfCI = 1;

    /// <summary>The time that was asked for; null in an ordinary run.</summary>
    public static TimeSpan? Length { get; } =
        double.TryParse(Environment.GetEnvironmentVariable("AUTOFLOW_LONG_MINUTES"), CultureInfo.InvariantCulture, out var minutes) && minutes > 0
            ? TimeSpan.FromMinutes(minutes)
            : null;

    /// <summary>The seed that was asked for, or one of chance (in CI always the same one).</summary>
    public static ulong Seed { get; } =
        ulong.TryParse(Environment.GetEnvironmentVariable("AUTOFLOW_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Environment.GetEnvironmentVariable("CI") == "true" ? SeedOfCI
            : (ulong)Random.Shared.Next();

    /// <summary>Runs something for the numbers given, one after the other on each processor; in the long mode again and again until the time is over.</summary>
    public static async Task ForAllAsync(IEnumerable<int> numbers, Func<int, int, Task> run)
    {
        var clock = Stopwatch.StartNew();
        var list = numbers.ToList();
        for (var round = 0; round == 0 || clock.Elapsed < Length; round++)
        {
            await Parallel.ForEachAsync(list, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (number, _) =>
            {
                if (round == 0 || clock.Elapsed < Length)
                    await run(number, round);
            });
        }
    }
}
