using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AutoFlow.Benchmarks.Durable.Engine;
using AutoFlow.Benchmarks.Durable.Measuring;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Benchmarks.Durable;

/// <summary>
/// Whether the file stays bounded where what is finished is purged: W1's instances for very many history events, with a purge beside
/// that keeps only the newest.
/// </summary>
internal static class GrowthBenchmark
{
    /// <summary>Of one instance: its start, five calls, five results, its end.</summary>
    private const int EventsPerInstance = 2 + (2 * Workload.Steps);
    private const int Marks = 20;

    /// <summary>Instances of one purge: it holds the writer up for some milliseconds only.</summary>
    private const int Bite = 250;

    public static readonly string[] Flags = ["--data", "--events", "--smaller!", "--keep", "--in-flight"];

    public static async Task<int> RunAsync(Flags flags)
    {
        var count = (int)Math.Ceiling(flags.Number("--events", flags.Has("--smaller") ? 200_000 : 10_000_000) / EventsPerInstance);
        if (count < 4 * Bite)
            throw new BadArgumentException($"durable growth: so few --events show nothing; take at least {4 * Bite * EventsPerInstance}");
        var kept = Math.Max(Bite, (int)(count * Math.Min(1, flags.Number("--keep", 0.05))));
        var inFlight = flags.Count("--in-flight", Workload.InFlight);
        using var folder = new DataFolder(flags.Text("--data", Path.GetTempPath()));
        await using var run = await EngineRun.StartAsync(folder.Database);
        var retention = new Retention(run.Client, kept, Bite);
        var sizes = new List<long>();
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        using var over = new CancellationTokenSource();
        var purging = retention.RunAsync(over.Token);
        await InFlight.RunAsync(count, inFlight, async number =>
        {
            retention.Starts(number);
            await run.CompleteAsync(BenchmarkFunctions.Steps, Workload.Steps, number.ToString("D8", CultureInfo.InvariantCulture));
            var finished = Interlocked.Increment(ref done);
            if ((long)finished * Marks / count > (finished - 1L) * Marks / count)
                Mark(finished);
        });
        await over.CancelAsync();
        await purging;

        // Full after the first fifth: from there on it may not grow.
        var (early, late) = (sizes.Take(Marks / 5).Max(), sizes.Skip(Marks / 5).Max());
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        ResultLine.Of(
            ResultLine.Embedded,
            "growth",
            folder,
            [("instances", count), ("kept", kept), ("inFlight", inFlight)],
            ("events", (double)count * EventsPerInstance),
            ("eventsPerSecond", (double)count * EventsPerInstance / seconds),
            ("purged", retention.Purged),
            ("firstFifthMaxMB", early / 1e6),
            ("laterMaxMB", late / 1e6),
            ("lastMB", sizes[^1] / 1e6),
            ("laterAgainstFirstFifth", (double)late / early)).Print();
        return late < 2 * early ? 0 : 1;

        void Mark(int finished)
        {
            lock (sizes)
            {
                sizes.Add(DataFolder.SizeOf(folder.Database));
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    percent = (int)(100L * finished / count),
                    events = (long)finished * EventsPerInstance,
                    seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 1),
                    fileMB = Math.Round(sizes[^1] / 1e6, 1),
                    purged = retention.Purged,
                }));
            }
        }
    }

    /// <summary>Purges what was created before the newest so many, in small bites, as fast as they come.</summary>
    private sealed class Retention(DurableTaskClient client, int kept, int bite)
    {
        private readonly System.Threading.Channels.Channel<DateTimeOffset> _marks = System.Threading.Channels.Channel.CreateUnbounded<DateTimeOffset>();
        private readonly Queue<DateTimeOffset> _old = new();

        public long Purged { get; private set; }

        /// <summary>An instance of that number is about to start.</summary>
        public void Starts(int number)
        {
            if (number % bite == 0)
                _marks.Writer.TryWrite(DateTimeOffset.UtcNow);
        }

        public async Task RunAsync(CancellationToken over)
        {
            try
            {
                await foreach (var mark in _marks.Reader.ReadAllAsync(over))
                {
                    _old.Enqueue(mark);
                    if (_old.Count > kept / bite)
                        Purged += (await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(null, _old.Dequeue()), over)).PurgedInstanceCount;
                }
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                // The load is over.
            }
        }
    }
}
