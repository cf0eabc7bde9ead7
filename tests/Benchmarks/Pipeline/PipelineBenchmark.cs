using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoFlow.Demo;
using AutoFlow.EndToEnd.Tests.Inbox;
using AutoFlow.SampleShop.Data;
using AutoFlow.Tests;

namespace AutoFlow.Benchmarks.Pipeline;

/// <summary>
/// Messages of as many customers through the whole pipeline: understanding, workflows, shop and carriers, outbox, channel. The app is
/// killed again and again meanwhile; at the end everything must be there once.
/// </summary>
internal sealed class PipelineBenchmark(PipelineOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Messages that must be taken between two kills. Time alone would not do: where the app takes all of it to start, it would never get
    /// on, and what is at work at five kills in a row is held for their cause and set aside.
    /// </summary>
    private const int LeastBetweenKills = 60;

    /// <summary>Longer than any wait between two tries of the app.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(5);

    private readonly SampleTraffic _traffic = new(SampleMessage.Load(Path.Combine(AppContext.BaseDirectory, "inbox")), SampleData.Load(), options.Messages);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly CancellationTokenSource _ended = new();
    private ReplyReceiver _channel = null!;
    private ChildProcess _shop = null!;
    private AppHost _app = null!;
    private MessageFeed? _feed;
    private long _lastChange;

    /// <summary>Runs it; the process's exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (options, mistake) = PipelineOptions.Read(args);
        if (options is null)
        {
            await Console.Error.WriteLineAsync(mistake);
            return 2;
        }

        await using var run = new PipelineBenchmark(options with { Data = Path.GetFullPath(options.Data) });
        return await run.RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (_app is not null) await _app.DisposeAsync();
        if (_shop is not null) await _shop.DisposeAsync();
        if (_channel is not null) await _channel.DisposeAsync();
        _http.Dispose();
        _ended.Dispose();
    }

    private async Task<int> RunAsync()
    {
        await StartAsync();
        using var shop = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ShopPort}") };
        var clock = (await shop.GetFromJsonAsync<JsonNode>(new Uri("/sample/clock", UriKind.Relative)))!;
        _feed = new MessageFeed(_http, _traffic, clock["epoch"]!.GetValue<DateTimeOffset>(), options.Rate);
        foreach (var one in _traffic.First(options.Seed)) _feed.Add(one);

        var (cpuBefore, shopBefore) = (_app.Cpu, _shop.Cpu());
        var began = Stopwatch.GetTimestamp();
        _lastChange = began;
        var feeding = _feed.RunAsync(options.InFlight, _ended.Token);
        await WorkAsync(feeding);
        var took = Stopwatch.GetElapsedTime(began, _lastChange);
        var (cpu, shopCpu) = (_app.Cpu - cpuBefore, _shop.Cpu() - shopBefore);
        await _ended.CancelAsync();
        await feeding;

        await Console.Error.WriteLineAsync("at rest; reading the books");
        var books = new PipelineBooks(_traffic, OutcomeFile.Read(Path.Combine(AppContext.BaseDirectory, "outcomes.json")));
        await books.CheckAsync(await PipelineBooks.ReadAsync(_http), [.. _feed.AcknowledgedAt.Keys], _channel, shop);
        Report(took, cpu, shopCpu, books);
        foreach (var fault in books.Faults) await Console.Error.WriteLineAsync(fault);
        return books.Faults.Count == 0 ? 0 : 1;
    }

    private int ShopPort { get; } = FreePort.Take();

    private async Task StartAsync()
    {
        if (Directory.Exists(options.Data)) Directory.Delete(options.Data, recursive: true);
        Directory.CreateDirectory(options.Data);
        _channel = await ReplyReceiver.StartAsync(Answered);
        var shopData = Path.Combine(options.Data, "shop");
        var appData = Path.Combine(options.Data, "app");
        var settings = new Dictionary<string, string> { ["AUTOFLOW_DATA"] = appData, ["AUTOFLOW_DEMO"] = "false", ["NO_COLOR"] = "1" };
        if (options.MostWaiting is { } most) settings["Messages__MostWaiting"] = most.ToString(CultureInfo.InvariantCulture);
        _app = new AppHost(Path.Combine(options.Program ?? Built("functions"), "AutoFlow.Functions.dll"), options.Data, settings);
        string[] args =
        [
            "--port", ShopPort.ToString(CultureInfo.InvariantCulture), "--data", shopData,
            "--copies", (_traffic.Copies - 1).ToString(CultureInfo.InvariantCulture), "--webhook", new Uri(_app.Address, "/api/carriers/17track").ToString(),
        ];
        _shop = new ChildProcess(Path.Combine(Built(Path.Combine("samples", "shop")), "AutoFlow.SampleShop.dll"), args, new Dictionary<string, string>(), options.Data, "clock");
        await _shop.ReadyAsync();
        var keys = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(shopData, "keys.json")))!;
        settings["Shop__BaseUrl"] = $"http://127.0.0.1:{ShopPort}";
        settings["Shop__AccessToken"] = keys["shopAccessToken"]!.GetValue<string>();
        settings["SeventeenTrack__BaseUrl"] = $"http://127.0.0.1:{ShopPort}/track/v2.2/";
        settings["SeventeenTrack__ApiKey"] = keys["trackingKey"]!.GetValue<string>();
        settings["Replies__Address"] = _channel.Address.ToString();
        await Console.Error.WriteLineAsync("starting the app; the first start trains the model");
        await _app.StartAsync();
        _http.BaseAddress = _app.Address;
        _http.DefaultRequestHeaders.Add("x-functions-key", _app.Key);
    }

    private void Answered(Received reply)
    {
        Volatile.Write(ref _lastChange, Stopwatch.GetTimestamp());
        if (!reply.Proactive && reply.InReplyTo is { } id && _traffic.Find(id) is { } answered && !_traffic.IsHeld(answered) && _traffic.After(answered) is { } next)
            _feed?.Add(next);
    }

    /// <summary>Kills until everything is acknowledged and nothing changes any more.</summary>
    private async Task WorkAsync(Task feeding)
    {
        var (lastKill, takenAtKill, lastSums, lastLine) = (Stopwatch.GetTimestamp(), 0, "", Stopwatch.GetTimestamp());
        var cpu = _app.Cpu;
        while (true)
        {
            await Task.Delay(Look);
            if (feeding.IsFaulted) await feeding;
            if (_app.HasDied) throw new InvalidOperationException($"The app has ended by itself: {_app.End}");
            var taken = _feed!.AcknowledgedAt.Count;
            if (options.KillEvery is { } every && Stopwatch.GetElapsedTime(lastKill) >= every && taken - takenAtKill >= LeastBetweenKills && !_feed.IsDone)
            {
                await _app.KillAsync();
                await _app.StartAsync();
                (lastKill, takenAtKill) = (Stopwatch.GetTimestamp(), taken);
                cpu = _app.Cpu;
                continue;
            }

            var busy = (_app.Cpu - cpu) / Look;
            cpu = _app.Cpu;
            // Reading the sums is work too: only where the app seems idle.
            if (_feed.IsDone && busy < 0.3 && await SumsAsync() is { } sums && sums != lastSums)
            {
                if (lastSums.Length > 0) Volatile.Write(ref _lastChange, Stopwatch.GetTimestamp());
                lastSums = sums;
            }

            var quiet = Stopwatch.GetElapsedTime(Volatile.Read(ref _lastChange));
            if (_feed.IsDone && busy < 0.3 && quiet > Quiet && (await IsAtRestAsync() || quiet > Stuck)) return;
            if (Stopwatch.GetElapsedTime(lastLine) < TimeSpan.FromSeconds(10)) continue;
            lastLine = Stopwatch.GetTimestamp();
            await Console.Error.WriteLineAsync(
                $"acknowledged {_feed.AcknowledgedAt.Count} of {options.Messages}, replies {_channel.ByKey.Count}, kills {_app.Kills}, cpu {_app.Cpu.TotalSeconds:0} s + shop {_shop.Cpu().TotalSeconds:0} s, {_app.MostMemory >> 20} MB");
        }
    }

    private async Task<string?> SumsAsync()
    {
        try
        {
            return await _http.GetStringAsync(new Uri("/api/sums", UriKind.Relative));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private async Task<bool> IsAtRestAsync()
    {
        var stories = await PipelineBooks.ReadAsync(_http);
        return stories.Stories.All(story => story.Settled) && stories.Replies.All(reply => reply.State != "Pending");
    }

    private void Report(TimeSpan took, TimeSpan cpu, TimeSpan shopCpu, PipelineBooks books)
    {
        var waits = _channel.ByKey.Values
            .Where(reply => !reply.Proactive && reply.InReplyTo is not null && _feed!.AcknowledgedAt.ContainsKey(reply.InReplyTo))
            .Select(reply => Stopwatch.GetElapsedTime(_feed!.AcknowledgedAt[reply.InReplyTo!], reply.At).TotalSeconds)
            .Order().ToArray();
        var messages = _feed!.AcknowledgedAt.Count;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            workload = "pipeline",
            messages,
            messagesPerSecond = Math.Round(messages / took.TotalSeconds, 1),
            minutes = Math.Round(took.TotalMinutes, 2),
            secondsToAnswerP50 = At(waits, 0.5),
            secondsToAnswerP99 = At(waits, 0.99),
            appCpuMsPerMessage = Math.Round(cpu.TotalMilliseconds / messages, 2),
            shopCpuMsPerMessage = Math.Round(shopCpu.TotalMilliseconds / messages, 2),
            kills = _app.Kills,
            secondsToStart = _app.Starts.Count > 1 ? Math.Round(_app.Starts.Skip(1).Average(start => start.TotalSeconds), 2) : (double?)null,
            replies = _channel.ByKey.Count,
            repeatedSends = _channel.Repeats,
            putOff = _feed.PutOff,
            sentAgain = _feed.Again,
            states = books.States,
            memoryMB = _app.MostMemory >> 20,
            databaseMB = Directory.EnumerateFiles(Path.Combine(options.Data, "app"), "*.db*").Order(StringComparer.Ordinal)
                .ToDictionary(file => Path.GetFileName(file), file => Math.Round(new FileInfo(file).Length / 1048576.0, 1), StringComparer.Ordinal),
            faults = books.Faults.Count,
        }));
    }

    private static double? At(double[] sorted, double share) => sorted.Length == 0 ? null : Math.Round(sorted[(int)((sorted.Length - 1) * share)], 3);

    /// <summary>The folder of a program, built in the same configuration as this one.</summary>
    private static string Built(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "AutoFlow.sln"))) root = root.Parent;
        return Path.Combine(root?.FullName ?? throw new InvalidOperationException("This program does not lie in the repository."), project, "bin", output.Parent!.Name, output.Name);
    }
}
