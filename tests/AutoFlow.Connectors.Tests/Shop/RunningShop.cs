using AutoFlow.Connectors.SeventeenTrack;
using AutoFlow.Connectors.Shop;
using AutoFlow.SampleShop;
using AutoFlow.Support.Health;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Shipments;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Connectors.Tests.Shop;

/// <summary>The real sample shop on a free port over a temporary folder, and the adapters as an app registers them.</summary>
public sealed class RunningShop : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly ManualTime time;

    private RunningShop(SampleShopServer server, ManualTime time, string folder, ServiceProvider services) =>
        (Server, this.time, Folder, this.services) = (server, time, folder, services);

    public SampleShopServer Server { get; }

    public string Folder { get; }

    public IShop Shop => services.GetRequiredService<IShop>();

    public DependencyHealth Health => services.GetRequiredService<DependencyHealth>();

    public ITracking Tracking => services.GetRequiredService<ITracking>();

    public static async Task<RunningShop> StartAsync(string? folder = null, Uri? webhook = null, string? trackingKey = null, string? token = null, TimeSpan? timeout = null)
    {
        var time = new ManualTime();
        folder ??= Directory.CreateTempSubdirectory("sample-shop-").FullName;
        var server = await SampleShopServer.StartAsync(new SampleShopOptions { DataFolder = folder, WebhookUrl = webhook }, time, CancellationToken.None);
        var services = Services(server.BaseAddress.ToString(), trackingKey ?? server.TrackingKey, token ?? server.ShopAccessToken, timeout ?? TimeSpan.FromSeconds(30));
        return new RunningShop(server, time, folder, services);
    }

    /// <summary>What an app would have, for any address.</summary>
    public static ServiceProvider Services(string address, string trackingKey, string token, TimeSpan timeout)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["SeventeenTrack:BaseUrl"] = address.TrimEnd('/') + "/track/v2.2",
            ["SeventeenTrack:ApiKey"] = trackingKey,
            ["SeventeenTrack:Timeout"] = timeout.ToString(),
            ["Shop:BaseUrl"] = address,
            ["Shop:AccessToken"] = token,
            ["Shop:Timeout"] = timeout.ToString(),
        }).Build();
        return new ServiceCollection().AddSeventeenTrack(configuration).AddShop(configuration).BuildServiceProvider();
    }

    /// <summary>Lets virtual time pass.</summary>
    public void Pass(TimeSpan virtualTime)
    {
        Server.Clock.Run(60);
        time.Advance(virtualTime / 60);
        Server.Clock.Run(0);
    }

    /// <summary>Real time passes, virtual time stands still.</summary>
    public void Wait(TimeSpan realTime) => time.Advance(realTime);

    /// <summary>A copy of what is on the disk now: what a kill -9 would leave behind.</summary>
    public string CopyOfFolder()
    {
        var copy = Directory.CreateTempSubdirectory("sample-shop-copy-").FullName;
        foreach (var file in Directory.GetFiles(Folder))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>One running shop for tests that only read.</summary>
public sealed class SharedShop : IAsyncLifetime
{
    public RunningShop Running { get; private set; } = null!;

    public async Task InitializeAsync() => Running = await RunningShop.StartAsync();

    public async Task DisposeAsync() => await Running.DisposeAsync();
}
