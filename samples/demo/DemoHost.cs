using AutoFlow.SampleShop;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AutoFlow.Demo;

/// <summary>
/// The sample shop and the carrier simulator beside the app, on a port of their own. The app reaches them over HTTP through
/// its real adapters; only the addresses in its configuration differ.
/// </summary>
public sealed class DemoHost : IAsyncDisposable
{
    private readonly SampleShopServer? _shop;

    private DemoHost(SampleShopServer? shop) => _shop = shop;

    /// <summary>
    /// Starts the demo when <c>AUTOFLOW_DEMO</c> says so; else does nothing. Null when a setting makes no sense: then that has
    /// been printed to the error output.
    /// </summary>
    /// <param name="args">The command line: what stands there was meant, what the environment holds may be another program's.</param>
    public static async Task<DemoHost?> StartAsync(IHostApplicationBuilder builder, IReadOnlyList<string> args, CancellationToken ct = default)
    {
        DemoOptions? options;
        try
        {
            options = DemoOptions.Read(builder.Configuration);
        }
        catch (FormatException mistake)
        {
            await Console.Error.WriteLineAsync(mistake.Message);
            return null;
        }

        if (options is null && DemoOptions.AskForTrace(args))
        {
            await Console.Error.WriteLineAsync("--trace shows the way of a sample message, and the demo is off: set AUTOFLOW_DEMO=true.");
            return null;
        }

        if (options is null) return new DemoHost(null);

        var app = AppAddress(builder.Configuration);
        var shop = await SampleShopServer.StartAsync(
            new SampleShopOptions { DataFolder = options.DataFolder, WebhookUrl = new Uri(app, "/api/carriers/17track") }, TimeProvider.System, ct);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["SeventeenTrack:BaseUrl"] = new Uri(shop.BaseAddress, "/track/v2.2").ToString(),
            ["SeventeenTrack:ApiKey"] = shop.TrackingKey,
            ["Shop:BaseUrl"] = shop.BaseAddress.ToString(),
            ["Shop:AccessToken"] = shop.ShopAccessToken,
        });
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(shop);
        builder.Services.AddHttpClient<AppClient>(http => http.BaseAddress = app);
        builder.Services.AddHostedService<DemoRunner>();
        return new DemoHost(shop);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _shop?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The Functions host tells its workers the name it is reached by; in Azure it is reached by HTTPS.
    private static Uri AppAddress(IConfiguration configuration) => configuration["WEBSITE_HOSTNAME"] is { Length: > 0 } name
        ? new Uri(new Uri($"http://{name}") is { IsLoopback: true } here ? here.ToString() : $"https://{name}")
        : new Uri($"http://localhost:{configuration["port"] ?? configuration["AUTOFLOW_PORT"] ?? "7071"}");
}
