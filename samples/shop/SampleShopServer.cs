using System.Net;
using System.Security.Cryptography;
using AutoFlow.SampleShop.Carrier;
using AutoFlow.SampleShop.Clock;
using AutoFlow.SampleShop.Data;
using AutoFlow.SampleShop.Orders;
using AutoFlow.SampleShop.Sample;
using AutoFlow.SampleShop.State;

namespace AutoFlow.SampleShop;

/// <summary>A running sample shop and carrier simulator: the shop's API, the tracking API and <c>/sample</c> on one loopback port.</summary>
public sealed class SampleShopServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly PushSender sender;
    private readonly HttpClient http;
    private readonly SampleKeys keys;
    private readonly IReadOnlyList<IAsyncDisposable> logs;
    private readonly CancellationTokenSource stopping = new();
    private Task pushing = Task.CompletedTask;

    private SampleShopServer(WebApplication app, PushSender sender, HttpClient http, SampleKeys keys, ShopClock clock, Faults faults, IReadOnlyList<IAsyncDisposable> logs)
    {
        (this.app, this.sender, this.http, this.keys, this.logs, Clock, Faults) = (app, sender, http, keys, logs, clock, faults);
        BaseAddress = new Uri(app.Urls.First());
    }

    /// <summary>Where it answers, for example <c>http://127.0.0.1:5080</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The sample's virtual time.</summary>
    public ShopClock Clock { get; }

    /// <summary>Faults on demand.</summary>
    public Faults Faults { get; }

    /// <summary>The tracking API's key; it signs the pushes too.</summary>
    public string TrackingKey => keys.TrackingKey;

    /// <summary>The shop API's access token.</summary>
    public string ShopAccessToken => keys.ShopAccessToken;

    /// <summary>Starts it. Throws <see cref="IOException"/> when the port is taken.</summary>
    /// <param name="time">Real time; the virtual time runs on it.</param>
    public static async Task<SampleShopServer> StartAsync(SampleShopOptions options, TimeProvider time, CancellationToken ct)
    {
        var data = SampleData.Load(options.Copies);
        var keys = Keys(options);
        var faults = new Faults();
        var clock = new ShopClock(File<ClockState>(options, "clock.json"), options.Epoch, time);
        var tracked = Log<TrackedChange>(options, "parcels.log");
        var deeds = Log<Deed>(options, "orders.log");
        var parcels = new TrackedParcels(tracked, File<TrackedState>(options, "parcels.json").Load(), data, clock);
        var book = new ShopBook(deeds, File<ShopState>(options, "orders.json").Load(), data, clock);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.MapCarrier(parcels, data, keys.TrackingKey, options.WebhookUrl is not null, faults);
        app.MapShop(book, data, new OrderJson(data, clock.Epoch), keys.ShopAccessToken, faults);
        app.MapSample(clock, book, parcels, faults);
        await app.StartAsync(ct);

        var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var sender = new PushSender(parcels, options.WebhookUrl, keys.TrackingKey, http, time);
        var server = new SampleShopServer(app, sender, http, keys, clock, faults, [tracked, deeds]);
        server.pushing = server.PushAsync(options.LookEvery, time);
        return server;
    }

    /// <summary>Queues and sends now what the loop would queue and send at its next look.</summary>
    public Task PushDueAsync(CancellationToken ct) => sender.PushDueAsync(ct);

    /// <summary>Runs until the process is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken ct) => app.WaitForShutdownAsync(ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await pushing;
        await app.DisposeAsync();
        foreach (var log in logs)
            await log.DisposeAsync();
        Clock.Dispose();
        sender.Dispose();
        http.Dispose();
        stopping.Dispose();
    }

    private async Task PushAsync(TimeSpan every, TimeProvider time)
    {
        try
        {
            using var timer = new PeriodicTimer(every, time);
            while (await timer.WaitForNextTickAsync(stopping.Token))
                await sender.PushDueAsync(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // An orderly stop: what is not sent stays on the disk.
        }
    }

    private static SampleKeys Keys(SampleShopOptions options)
    {
        var file = File<SampleKeys>(options, "keys.json");
        var stored = file.Load();
        var keys = new SampleKeys(options.TrackingKey ?? stored?.TrackingKey ?? Fresh(), options.ShopAccessToken ?? stored?.ShopAccessToken ?? Fresh());
        if (keys != stored)
            file.Save(keys);
        return keys;
    }

    private static AppendLog<T> Log<T>(SampleShopOptions options, string name) where T : class => new(Path.Combine(options.DataFolder, name));

    private static string Fresh() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static StateFile<T> File<T>(SampleShopOptions options, string name) where T : class => new(Path.Combine(options.DataFolder, name));
}
