using System.Diagnostics;

namespace AutoFlow.EndToEnd.Tests.App;

/// <summary>Waits for what comes by itself: looks again and again until it is there or the deadline is over.</summary>
public static class Eventually
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Long: a busy machine must not fail a test.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(240);

    /// <summary>What <paramref name="look"/> finds, as soon as it finds something.</summary>
    /// <param name="what">What is awaited, for the message when it does not come.</param>
    public static async Task<T> FindAsync<T>(string what, Func<Task<T?>> look) where T : class
    {
        var since = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(Look);
        do
        {
            if (await look() is { } found) return found;
        }
        while (Stopwatch.GetElapsedTime(since) < Deadline && await pause.WaitForNextTickAsync());
        throw new TimeoutException($"Not within {Deadline.TotalSeconds} seconds: {what}.");
    }
}
