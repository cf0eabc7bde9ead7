using System.Diagnostics;
using System.Text.Json;
using AutoFlow.Support.Messages;
using AutoFlow.Understanding;
using AutoFlow.Understanding.Intents;

namespace AutoFlow.Benchmarks.Understanding;

/// <summary>What understanding costs: training, memory, and one message from its body to its entities on one core.</summary>
internal static class UnderstandingBenchmarks
{
    private const int Trained = 10_000;
    private const int Messages = 20_000;

    public static int Run()
    {
        var seeds = Seeds.Read(new UnderstandingOptions().SeedsFolder);
        var some = seeds.Where((_, i) => (long)i * Trained / seeds.Count != (long)(i + 1) * Trained / seeds.Count).ToList();
        IntentTraining.Train([.. some.Take(500)]);
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        IntentTraining.Train(some);
        Print(new { workload = "train", texts = some.Count, labels = some.Select(s => s.Label).Distinct().Count(), seconds = Seconds(start), cpuSeconds = Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, 2) });

        var file = Path.Combine(Path.GetTempPath(), $"benchmark-{Environment.ProcessId}.model");
        IntentModelFile.Write(IntentTraining.Train(seeds), file);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        start = Stopwatch.GetTimestamp();
        var model = new UnderstandingModel(IntentModelFile.Read(file)!, new AutoFlow.Understanding.Languages.LanguageModel());
        var understanding = new BuiltInUnderstanding(model, new UnderstandingOptions());
        understanding.Understand(Mail(seeds[0], 0));
        Print(new { workload = "load", seconds = Seconds(start), memoryMB = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1_000_000, fileMB = new FileInfo(file).Length / 1_000_000 });
        File.Delete(file);

        var mails = Enumerable.Range(0, Messages).Select(i => Mail(seeds[(int)(i * 7919L % seeds.Count)], i)).ToList();
        foreach (var mail in mails.Take(3_000)) understanding.Understand(mail);
        var times = new double[mails.Count];
        start = Stopwatch.GetTimestamp();
        for (var i = 0; i < mails.Count; i++)
        {
            var one = Stopwatch.GetTimestamp();
            understanding.Understand(mails[i]);
            times[i] = Stopwatch.GetElapsedTime(one).TotalMicroseconds;
        }
        var whole = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Array.Sort(times);
        Print(new
        {
            workload = "understand",
            messages = mails.Count,
            meanCharacters = (int)mails.Average(m => m.Text.Length + (m.Html?.Length ?? 0)),
            perSecond = (int)(mails.Count / whole),
            p50Microseconds = (int)times[times.Length / 2],
            p95Microseconds = (int)times[(int)(times.Length * 0.95)],
            p99Microseconds = (int)times[(int)(times.Length * 0.99)],
        });
        return 0;
    }

    // As mail comes: a third plain with a signature, a third in HTML with the old thread below, a third bare as in a chat.
    private static InboundMessage Mail(LabelledText seed, int i) => new()
    {
        Id = i.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Channel = i % 3 == 2 ? "chat" : "mail",
        From = "anna@customer.example",
        Subject = i % 3 == 2 ? null : "Re: your order",
        Text = (i % 3) switch
        {
            0 => $"{seed.Text}\n\nBest regards\nAnna Miller\n--\nTel. 030 1234567\nwww.miller.example",
            1 => "",
            _ => seed.Text,
        },
        Html = i % 3 != 1 ? null
            : $"<html><body><p>{System.Net.WebUtility.HtmlEncode(seed.Text)}</p><div class=\"gmail_quote\"><div>On Mon, 3 Nov 2025 Shop &lt;help@shop.example&gt; wrote:</div><blockquote><p>Thank you for your order.</p></blockquote></div></body></html>",
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    private static double Seconds(long start) => Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 2);

    private static void Print(object line) => Console.WriteLine(JsonSerializer.Serialize(line));
}
