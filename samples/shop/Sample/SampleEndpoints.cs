using System.Text.Json;
using System.Text.Json.Nodes;
using AutoFlow.SampleShop.Carrier;
using AutoFlow.SampleShop.Clock;
using AutoFlow.SampleShop.Data;
using AutoFlow.SampleShop.Orders;

namespace AutoFlow.SampleShop.Sample;

/// <summary>What only a sample has: its clock, what was done so far, and faults on demand.</summary>
internal static class SampleEndpoints
{
    public static void MapSample(this IEndpointRouteBuilder routes, ShopClock clock, ShopBook book, TrackedParcels parcels, Faults faults)
    {
        routes.MapGet("/sample/clock", http => http.Response.WriteAsJsonAsync(Clock(clock), http.RequestAborted));
        routes.MapPost("/sample/clock", async http =>
        {
            if (await ReadAsync(http) is { } body && body["speed"] is JsonValue value && value.TryGetValue<double>(out var speed) && speed is >= 0 and <= ShopClock.MaximumSpeed)
                clock.Run(speed);
            else
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(Clock(clock), http.RequestAborted);
        });
        routes.MapGet("/sample/state", http => http.Response.WriteAsJsonAsync(State(clock, book, parcels), http.RequestAborted));
        routes.MapPost("/sample/faults", async http =>
        {
            var body = await ReadAsync(http);
            if (body?["clear"] is not null)
                faults.Clear();
            else if (body?["key"] is JsonValue key && key.TryGetValue<string>(out var name) && Enum.TryParse<Fault>(body["fault"]?.ToString(), ignoreCase: true, out var fault))
                faults.Plan(name, fault, body["times"] is JsonValue times && times.TryGetValue<int>(out var count) ? count : int.MaxValue);
            else
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
        });
    }

    private static JsonObject Clock(ShopClock clock) => new() { ["epoch"] = clock.Epoch, ["now"] = clock.GetUtcNow(), ["speed"] = clock.Speed };

    private static JsonObject State(ShopClock clock, ShopBook book, TrackedParcels parcels)
    {
        var deeds = book.Deeds.ToLookup(deed => deed.Kind);
        return new JsonObject
        {
            ["clock"] = Clock(clock),
            ["cancels"] = Rows(deeds["cancel"]),
            ["refunds"] = Rows(deeds["refund"]),
            ["reships"] = Rows(deeds["reship"]),
            ["registered"] = parcels.Registered,
            ["pendingPushes"] = parcels.Owed,
        };
    }

    private static JsonArray Rows(IEnumerable<Deed> deeds) => new([.. deeds.Select(deed => new JsonObject
    {
        ["key"] = deed.Key,
        ["order"] = deed.Order,
        ["amount"] = deed.Kind == "refund" ? deed.Amount : null,
        ["newOrder"] = deed.Reship?.Number,
    })]);

    private static async Task<JsonObject?> ReadAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFromJsonAsync<JsonObject>(SampleData.Json, http.RequestAborted);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
