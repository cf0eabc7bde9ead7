using AutoFlow.SampleShop;
using AutoFlow.SampleShop.Data;

// dotnet run --project samples/shop -- --port 5080 --data data/shop --webhook http://localhost:7071/api/carriers/17track --speed 60
var configuration = new ConfigurationBuilder().AddEnvironmentVariables("SAMPLE_SHOP_").AddCommandLine(args).Build();
if (!int.TryParse(configuration["port"] ?? "5080", out var port) || port is < 0 or > 65535)
{
    Console.Error.WriteLine("--port needs a number from 0 to 65535.");
    return 1;
}

if (!double.TryParse(configuration["speed"] ?? "0", System.Globalization.CultureInfo.InvariantCulture, out var speed) || !(speed >= 0 && speed <= AutoFlow.SampleShop.Clock.ShopClock.MaximumSpeed))
{
    Console.Error.WriteLine("--speed needs virtual seconds per real second, 0 to 100000.");
    return 1;
}

Uri? webhook = null;
if (configuration["webhook"] is { } address && !Uri.TryCreate(address, UriKind.Absolute, out webhook))
{
    Console.Error.WriteLine("--webhook needs an absolute URL.");
    return 1;
}

if (!int.TryParse(configuration["copies"] ?? "0", out var copies) || copies is < 0 or > SampleCopies.Most)
{
    Console.Error.WriteLine($"--copies needs a number from 0 to {SampleCopies.Most}: how often the sample's orders are there once more.");
    return 1;
}

var options = new SampleShopOptions { DataFolder = configuration["data"] ?? Path.Combine("data", "shop"), Port = port, WebhookUrl = webhook, Copies = copies };
await using var server = await SampleShopServer.StartAsync(options, TimeProvider.System, CancellationToken.None);
if (speed > 0)
    server.Clock.Run(speed);

var data = SampleData.Load();
Console.WriteLine($"""
    {data.Shop.Name}: {data.Orders.Count * (copies + 1)} orders, {data.Parcels.Count * (copies + 1)} parcels
    shop      {new Uri(server.BaseAddress, "/admin/api/2025-07/orders.json?status=any")}   X-Shopify-Access-Token: {server.ShopAccessToken}
    carriers  {new Uri(server.BaseAddress, "/track/v2.2/gettrackinfo")}   17token: {server.TrackingKey}
    state     {new Uri(server.BaseAddress, "/sample/state")}
    clock     {server.Clock.GetUtcNow():u}, {server.Clock.Speed} virtual seconds per second
    """);
await server.WaitForShutdownAsync(CancellationToken.None);
return 0;
